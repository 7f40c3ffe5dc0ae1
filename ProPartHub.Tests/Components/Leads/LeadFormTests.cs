using Bunit;
using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Tests.Web;
using ProPartHub.Web.Components.Leads;
using Xunit;

namespace ProPartHub.Tests.Components.Leads;

/// <summary>What the validator says stands at the field it is about, in the reader's words.</summary>
public sealed class LeadFormTests : ComponentTest
{
    public static TheoryData<LeadField, string?, string> Faults =>
        new()
        {
            { LeadField.ClientName, null, "Заповніть це поле." },
            { LeadField.ClientName, "Я", "Щонайменше 2 символи." },
            { LeadField.ClientName, new string('я', 201), "Не більше ніж 200 символів." },
            { LeadField.Phone, null, "Заповніть це поле." },
            { LeadField.Phone, "12", "Це не номер телефону. Почніть із + та коду країни: +380 50 123 45 67." },
            { LeadField.SecondPhone, "abc", "Це не номер телефону. Почніть із + та коду країни: +380 50 123 45 67." },
            { LeadField.SecondPhone, "+380501234567", "Такий самий номер уже вказано вище." },
            { LeadField.Email, "olena@", "Це не адреса електронної пошти." },
            { LeadField.Email, new string('a', 260) + "@example.com", "Не більше ніж 254 символів." },
            { LeadField.Company, new string('k', 201), "Не більше ніж 200 символів." },
            { LeadField.Telegram, "ні", "Від 3 до 32 латинських літер, цифр або підкреслень." },
            { LeadField.BirthDate, "1899-12-31", "День між 1900 роком і сьогодні." },
            { LeadField.BirthDate, "2026-12-01", "День між 1900 роком і сьогодні." },
            { LeadField.BudgetFrom, "-1", "Сума від 0 до 1 000 000 000." },
            { LeadField.BudgetTo, "1000000001", "Сума від 0 до 1 000 000 000." },
            { LeadField.BudgetTo, "99999", "Менше за нижню межу." },
            { LeadField.Notes, new string('n', 4001), "Не більше ніж 4000 символів." },
            { LeadField.Notes, "кома\u0007нда", "Містить символи, які неможливо зберегти. Введіть текст заново." },
            { LeadField.Country, "Атлантида", "Виберіть зі списку." },
            { LeadField.Currency, "XXX", "Виберіть зі списку." },
            { LeadField.Messenger, "icq", "Виберіть зі списку." },
            { LeadField.Language, "латина", "Виберіть зі списку." },
            { LeadField.Source, "ворожка", "Виберіть зі списку." },
            { LeadField.PurchaseGoal, "?", "Виберіть зі списку." },
            { LeadField.PropertyType, "?", "Виберіть зі списку." },
            { LeadField.ObjectType, "?", "Виберіть зі списку." },
        };

    [Fact]
    public void FirstFault_IsGoneTo_AndMendingItLeavesThePersonWhereTheyAre()
    {
        var input = new LeadInput { ClientName = "Олена", Phone = "12" };
        LeadFields.Write(input, LeadField.Email, "нема");
        var form = Show(input, []);
        var phone = form.Find("#lead-Phone").GetAttribute("blazor:elementreference");
        JSInterop.VerifyNotInvoke("Blazor._internal.domWrapper.focus");

        var errors = new LeadInputValidator(Clock, new LeadOptionBook()).Check(input.Normalised());
        form.Render(parameters => parameters.Add(field => field.Errors, errors));
        form.Render(parameters => parameters.Add(field => field.Errors, [.. errors.Skip(1)]));

        Assert.Equal(2, errors.Count);
        var gone = Assert.IsType<ElementReference>(JSInterop.VerifyFocusAsyncInvoke().Arguments[0]);
        Assert.Equal(phone, gone.Id);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Fault_StandsAtItsField_AndNowhereElse(LeadField field, string? value, string message)
    {
        var input = new LeadInput
        {
            ClientName = "Олена",
            Phone = "+380501234567",
            BudgetFrom = 100_000m,
        };
        LeadFields.Write(input, field, value);
        var errors = new LeadInputValidator(Clock, new LeadOptionBook()).Check(input.Normalised());

        var form = Show(input, errors);

        Assert.Equal(message, form.Find($"#lead-{field}-error").TextContent.Trim());
        Assert.Single(form.FindAll(".field-error"));
        var control = form.Find($"#lead-{field}");
        Assert.Equal("true", control.GetAttribute("aria-invalid"));
        Assert.Equal($"lead-{field}-error", control.GetAttribute("aria-describedby"));
    }

    [Fact]
    public void EveryRuleOfTheValidator_HasATextInBothLanguages()
    {
        var codes = typeof(FieldErrorCode).GetFields().Select(field => (string)field.GetRawConstantValue()!);
        foreach (var language in new[] { "uk", "en" })
        {
            Speak(language);
            foreach (var code in codes)
            {
                var form = Show(new LeadInput(), [new FieldError(nameof(LeadField.Phone), code, 7)]);
                Assert.DoesNotContain("Fault_", form.Find(".field-error").TextContent, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData(LeadField.BirthDate, "31.12.1990", "День між 1900 роком і сьогодні.")]
    [InlineData(LeadField.BudgetFrom, "багато", "Сума від 0 до 1 000 000 000.")]
    [InlineData(LeadField.BudgetTo, "1e400", "Сума від 0 до 1 000 000 000.")]
    public void ForgedValue_ThatIsNoDateOrAmount_IsToldAtTheField(LeadField field, string value, string message)
    {
        var form = Show(new LeadInput(), []);

        form.Find($"#lead-{field}").Change(value);

        Assert.Equal(message, form.Find($"#lead-{field}-error").TextContent.Trim());
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("'; DROP TABLE leads; --")]
    [InlineData("👩‍👩‍👧‍👦 🏡")]
    [InlineData("\u202Eשלום عليكم")]
    public void AnyText_IsKeptAndShownAsText(string text)
    {
        var input = new LeadInput { ClientName = text, Notes = text };

        var form = Show(input, []);

        Assert.Equal(text, form.Find("#lead-ClientName").GetAttribute("value"));
        Assert.Equal(text, form.Find("#lead-Notes").GetAttribute("value"));
        Assert.Empty(form.FindAll("script"));
    }

    [Theory]
    [InlineData(0, null, "200000")]
    [InlineData(1, "200000", "500000")]
    [InlineData(2, "500000", "1000000")]
    [InlineData(3, "1000000", null)]
    public void Preset_SetsBothEndsInDollars(int band, string? from, string? to)
    {
        var input = new LeadInput { Currency = "EUR", BudgetTo = 5 };
        var edited = new List<LeadField>();
        var form = Render<LeadForm>(parameters =>
            parameters.Add(form => form.Input, input).Add(form => form.OnEdited, edited.Add)
        );

        form.FindAll(".chip")[band].Click();

        Assert.Equal(from, LeadFields.Read(input, LeadField.BudgetFrom));
        Assert.Equal(to, LeadFields.Read(input, LeadField.BudgetTo));
        Assert.Equal("USD", input.Currency);
        Assert.Equal([LeadField.BudgetFrom, LeadField.BudgetTo, LeadField.Currency], edited);
        Assert.Equal("true", form.FindAll(".chip")[band].GetAttribute("aria-pressed"));
    }

    private IRenderedComponent<LeadForm> Show(LeadInput input, IReadOnlyList<FieldError> errors) =>
        Render<LeadForm>(parameters => parameters.Add(form => form.Input, input).Add(form => form.Errors, errors));
}
