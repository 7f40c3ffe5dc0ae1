using Microsoft.Extensions.Time.Testing;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using Xunit;

namespace ProPartHub.Tests.Leads;

public sealed class LeadInputValidatorTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly LeadInputValidator _validator = new(new FakeTimeProvider(Now), new LeadOptionBook());

    public static LeadInput Valid => new() { ClientName = "Олена Гнатюк", Phone = "+380501234567" };

    [Fact]
    public void Check_NameAndPhone_IsEnough() => Assert.Empty(_validator.Check(Valid.Normalised()));

    [Fact]
    public void Check_EveryFieldFilled_IsFine()
    {
        var input = Valid with
        {
            SecondPhone = "+971501112233",
            Email = "Olena@Example.com",
            Company = "Вулик 🐝",
            Telegram = "@olena_g",
            Messenger = "telegram",
            BirthDate = new DateOnly(1984, 2, 29),
            BudgetFrom = 200_000,
            BudgetTo = 500_000,
            Country = "Дубай",
            PurchaseGoal = "для себя",
            PropertyType = "офф-план",
            ObjectType = "вилла",
            Language = "украинский",
            Source = "сайт",
            RefusalReason = "риелтор",
            Notes = "שלום\nдругий рядок",
        };

        Assert.Empty(_validator.Check(input.Normalised()));
    }

    public static TheoryData<string, string, Action<LeadInput>> Faults =>
        new()
        {
            { nameof(LeadField.ClientName), FieldErrorCode.Required, lead => lead.ClientName = "   " },
            { nameof(LeadField.ClientName), FieldErrorCode.TooShort, lead => lead.ClientName = "О" },
            { nameof(LeadField.ClientName), FieldErrorCode.TooLong, lead => lead.ClientName = new string('я', 201) },
            { nameof(LeadField.ClientName), FieldErrorCode.UnreadableText, lead => lead.ClientName = "Оле\0на" },
            { nameof(LeadField.ClientName), FieldErrorCode.UnreadableText, lead => lead.ClientName = "Олена \ud83d" },
            { nameof(LeadField.Phone), FieldErrorCode.Required, lead => lead.Phone = null },
            { nameof(LeadField.Phone), FieldErrorCode.InvalidPhone, lead => lead.Phone = "+38050" },
            { nameof(LeadField.SecondPhone), FieldErrorCode.InvalidPhone, lead => lead.SecondPhone = "abc" },
            { nameof(LeadField.SecondPhone), FieldErrorCode.SamePhoneTwice, lead => lead.SecondPhone = "0501234567" },
            { nameof(LeadField.Email), FieldErrorCode.InvalidEmail, lead => lead.Email = "olena@" },
            { nameof(LeadField.Email), FieldErrorCode.InvalidEmail, lead => lead.Email = "Olena <o@example.com>" },
            { nameof(LeadField.Email), FieldErrorCode.InvalidEmail, lead => lead.Email = "o@localhost" },
            {
                nameof(LeadField.Email),
                FieldErrorCode.TooLong,
                lead => lead.Email = new string('o', 250) + "@example.com"
            },
            { nameof(LeadField.Telegram), FieldErrorCode.InvalidTelegram, lead => lead.Telegram = "олена" },
            { nameof(LeadField.BirthDate), FieldErrorCode.InvalidDate, lead => lead.BirthDate = new(2026, 3, 3) },
            { nameof(LeadField.BirthDate), FieldErrorCode.InvalidDate, lead => lead.BirthDate = new(1899, 12, 31) },
            { nameof(LeadField.BudgetFrom), FieldErrorCode.OutOfRange, lead => lead.BudgetFrom = -1 },
            { nameof(LeadField.BudgetTo), FieldErrorCode.OutOfRange, lead => lead.BudgetTo = 1_000_000_001 },
            {
                nameof(LeadField.BudgetTo),
                FieldErrorCode.BudgetReversed,
                lead => (lead.BudgetFrom, lead.BudgetTo) = (500, 200)
            },
            { nameof(LeadField.Country), FieldErrorCode.UnknownOption, lead => lead.Country = "Атлантида" },
            { nameof(LeadField.Currency), FieldErrorCode.UnknownOption, lead => lead.Currency = "XXX" },
            { nameof(LeadField.Notes), FieldErrorCode.TooLong, lead => lead.Notes = new string('n', 4001) },
        };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public void Check_OneFault_IsToldAtItsField(string field, string code, Action<LeadInput> spoil)
    {
        var input = Valid;
        spoil(input);

        var error = Assert.Single(_validator.Check(input.Normalised()));

        Assert.Equal((field, code), (error.Field, error.Code));
    }

    [Fact]
    public void Check_OnlySomeFields_LeavesOldFaultsAlone()
    {
        var input = Valid with { Phone = "as HubSpot had it", Company = "Вулик" };

        Assert.Empty(_validator.Check(input.Normalised(), new HashSet<LeadField> { LeadField.Company }));
        Assert.NotEmpty(_validator.Check(input.Normalised(), new HashSet<LeadField> { LeadField.Phone }));
    }

    [Fact]
    public void Normalised_TypedText_IsAsStored()
    {
        var stored = new LeadInput
        {
            ClientName = "  Олена\r\nГнатюк ",
            Phone = "050 123-45-67",
            Email = " Olena@Example.COM ",
            Telegram = "@olena_g",
            Company = "   ",
            Notes = " рядок\nдругий ",
            BudgetFrom = 200_000.00m,
        }.Normalised();

        Assert.Equal(
            ("Олена Гнатюк", "+380501234567", "olena@example.com", "olena_g", null, "рядок\nдругий"),
            (stored.ClientName, stored.Phone, stored.Email, stored.Telegram, stored.Company, stored.Notes)
        );
        Assert.Equal("200000", LeadFields.Read(stored, LeadField.BudgetFrom));
    }
}
