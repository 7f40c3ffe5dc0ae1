using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.Leads;
using Xunit;
using static ProPartHub.Domain.HubSpot.Mapping.PropertyRef;

namespace ProPartHub.Tests.HubSpot.Mapping;

public sealed class FieldMapTests
{
    private static readonly LeadMap Map = Account.Map();

    [Fact]
    public void Phone_Unchanged_ComesFromTheMostTrustedProperty()
    {
        var values = Account.Values(
            Map,
            (Deal("phone_number"), "+380501111111"),
            (Contact("mobilephone"), "+380502222222"),
            (Contact("phone"), "+380503333333")
        );

        Assert.Equal("+380501111111", Theirs("Phone", values));
    }

    [Fact]
    public void Phone_ChangedInALessTrustedProperty_IsAChangeAllTheSame()
    {
        var values = Account.Values(Map, (Deal("phone_number"), "+380501111111"), (Contact("phone"), "+380503333333"));

        Assert.Equal("+380503333333", Theirs("Phone", values, null, Contact("phone")));
    }

    [Fact]
    public void Phone_OfOurs_GoesToTheWrittenPropertiesAndToThoseThatFollowed()
    {
        var theirs = Account.Values(
            Map,
            (Contact("mobilephone"), "+380501111111"),
            (Contact("phone"), "+380509999999")
        );

        var written = Map.Differences(Map.Field("Phone"), "+380502222222", "+380501111111", theirs);

        Assert.Equal(
            [Contact("mobilephone"), Contact("phone"), Deal("phone_number")],
            written.Keys.OrderBy(property => property.ToString(), StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Field_WhoseDateIsUnreadable_KeepsOurs()
    {
        var map = new LeadMap(
            new AccountSchema([], [new() { Name = "birthdate", Type = "string" }]),
            new StageIndex([Account.New]),
            new AgentDirectory([], new Dictionary<string, string>())
        );
        var values = Account.Values(map, (Deal("birthdate"), "in spring"));
        var field = map.Field("BirthDate");

        Assert.Equal("1990-05-01", field.Theirs(values, field.Properties.ToHashSet(), "1990-05-01"));
    }

    [Fact]
    public void Property_TheAccountLacks_IsNeitherReadNorWrittenAndHoldsNothing()
    {
        var map = Account.Map(without: "phone_number");

        Assert.DoesNotContain("phone_number", map.DealProperties);
        Assert.Equal(
            [Contact("phone")],
            map.Differences(map.Field("Phone"), "+380502222222", null, RecordPair.Empty).Keys
        );
        Assert.DoesNotContain(map.Fields, field => field.Name == "Country");
    }

    [Fact]
    public void ClonedProperty_IsTheOneWritten()
    {
        var written = Map.Differences(Map.Field("PurchaseGoal"), "для себя", null, RecordPair.Empty);

        Assert.Equal([Deal("purchase_reason__cloned_")], written.Keys);
    }

    [Theory]
    [InlineData("200000..500000", "350000", "200000..500000")]
    [InlineData("200000..500000", "200000", "200000..500000")]
    [InlineData("..200000", "0", "..200000")]
    [InlineData("1000000..", "2500000", "1000000..")]
    [InlineData("200000..500000", "600000", "600000..600000")]
    [InlineData(null, "600000", "600000..600000")]
    [InlineData("200000..500000", null, null)]
    [InlineData("200000..500000", "a lot", "200000..500000")]
    public void Budget_AmountInsideOurRange_ChangesNothing(string? ours, string? amount, string? expected) =>
        Assert.Equal(expected, Theirs("Budget", Account.Values(Map, (Deal("amount"), amount)), ours));

    [Theory]
    [InlineData("200000..500000", "350000")]
    [InlineData("..200000", "200000")]
    [InlineData("1000000..", "1000000")]
    [InlineData("450000..450000", "450000")]
    public void Budget_IsWrittenAsTheMiddleOrTheSoleEnd(string ours, string amount) =>
        Assert.Equal(amount, Map.Differences(Map.Field("Budget"), ours, null, RecordPair.Empty)[BudgetField.Amount]);

    [Fact]
    public void Budget_HubSpotHoldsAnAmountInside_IsNotWritten() =>
        Assert.Empty(
            Map.Differences(
                Map.Field("Budget"),
                "200000..500000",
                null,
                Account.Values(Map, (BudgetField.Amount, "210000"))
            )
        );

    [Fact]
    public void Budget_OldBandText_IsReadWhereThereIsNoAmount() =>
        Assert.Equal("200000..500000", Theirs("Budget", Account.Values(Map, (Deal("budget"), "200к-500к"))));

    [Fact]
    public void Name_ComesFromTheDealElseFromTheContact()
    {
        (PropertyRef, string?)[] contact = [(Contact("firstname"), "Іван"), (Contact("lastname"), "Петренко")];

        Assert.Equal("Іван Петренко", Theirs("ClientName", Account.Values(Map, contact)));
        Assert.Equal(
            "Вілла на Балі",
            Theirs("ClientName", Account.Values(Map, [.. contact, (Deal("dealname"), "Вілла на Балі")]))
        );
        Assert.Equal("Марія", Theirs("ClientName", RecordPair.Empty, "Марія"));
    }

    [Fact]
    public void Name_RenamesTheContactOnlyWhileItWasTheSame()
    {
        var same = Account.Values(Map, (Contact("firstname"), "Іван"), (Contact("lastname"), "Петренко"));
        var other = Account.Values(Map, (Contact("firstname"), "Ivan"));
        var field = Map.Field("ClientName");

        Assert.Equal(
            [("dealname", "Марія Мельник"), ("firstname", "Марія"), ("lastname", "Мельник")],
            field.Write("Марія Мельник", "Іван Петренко", same).Select(entry => (entry.Key.Name, entry.Value))
        );
        Assert.Equal(["dealname"], field.Write("Марія", "Іван Петренко", other).Select(entry => entry.Key.Name));
    }

    [Fact]
    public void Stage_NobodyKnows_KeepsOurs()
    {
        var values = Account.Values(Map, (Deal("dealstage"), "invented"), (Deal("pipeline"), "p1"));

        Assert.True(Map.Stage.IsUnknown(values));
        Assert.Equal(Account.Won.Id.ToString(), Theirs("Stage", values, Account.Won.Id.ToString()));
    }

    [Theory]
    [InlineData("801", null, "olena")]
    [InlineData("801", "taras", "olena")]
    [InlineData("999", "TARAS", "taras")]
    [InlineData(null, "ольона", "olena")]
    [InlineData(null, "Тарас", null)]
    [InlineData("999", null, null)]
    public void Agent_IsTheOwnerElseTheNamedOneNeverAGuess(string? owner, string? named, string? login)
    {
        var values = Account.Values(Map, (AgentField.Owner, owner), (Deal("responisble_agent"), named));
        var expected = new[] { Account.Olena, Account.Taras }.FirstOrDefault(user => user.UserName == login)?.Id;

        Assert.Equal(expected?.ToString(), Theirs("Agent", values));
        Assert.Equal(expected is null, Map.Agent.IsUnknown(values));
    }

    [Fact]
    public void Agent_WithoutOwnerId_TakesAnAgentOffTheDealButNotACoordinator()
    {
        var value = Account.Taras.Id.ToString();
        var ofAgent = Account.Values(Map, (AgentField.Owner, "801"));
        var ofCoordinator = Account.Values(Map, (AgentField.Owner, "999"));

        Assert.Null(Map.Differences(Map.Agent, value, null, ofAgent)[AgentField.Owner]);
        Assert.DoesNotContain(AgentField.Owner, Map.Differences(Map.Agent, value, null, ofCoordinator).Keys);
        Assert.Equal("taras", Map.Differences(Map.Agent, value, null, ofCoordinator)[Deal("responisble_agent")]);
    }

    [Fact]
    public void IncomingText_IsCutToWhatColumnsHoldAndLosesWhatNobodySees()
    {
        Assert.True(IncomingText.TryRead(LeadField.Company, $"\0{new string('я', 300)}", out var value));

        Assert.Equal(LeadLimits.Company, value!.Length);
        Assert.EndsWith("…", value, StringComparison.Ordinal);
        Assert.DoesNotContain('\0', value);
    }

    private static string? Theirs(string field, RecordPair values, string? ours = null, params PropertyRef[] changed) =>
        Map.Field(field)
            .Theirs(values, (changed.Length > 0 ? changed : [.. Map.Field(field).Properties]).ToHashSet(), ours);
}
