using ProPartHub.Domain.Transfer.Legacy;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Web.Hosting;
using Xunit;

namespace ProPartHub.Tests.Transfer.Legacy;

/// <summary>How single values of the former portal are read.</summary>
public sealed class LegacyReadingTests
{
    [Theory]
    [InlineData("2025-07-01 12:00:00", "2025-07-01T12:00:00Z", "2025-07-01T09:00:00Z")]
    [InlineData("2025-01-01 12:00:00.5", "2025-01-01T12:00:00.5Z", "2025-01-01T10:00:00.5Z")]
    // The clocks go from three to four in spring; from four to three in autumn, the later of the two hours counts.
    [InlineData("2025-03-30 03:30:00", "2025-03-30T03:30:00Z", "2025-03-30T01:30:00Z")]
    [InlineData("2025-10-26 03:30:00", "2025-10-26T03:30:00Z", "2025-10-26T01:30:00Z")]
    // With its zone it means one moment, whoever wrote it.
    [InlineData("2025-07-01 12:00:00+03", "2025-07-01T09:00:00Z", "2025-07-01T09:00:00Z")]
    [InlineData("infinity", null, null)]
    [InlineData("0044-03-15 12:00:00 BC", null, null)]
    [InlineData(null, null, null)]
    public void Times_AreUtcOrKyivs_ByWhoSetThem(string? text, string? utc, string? local)
    {
        Assert.Equal(Moment(utc), LegacyClock.Utc(text));
        Assert.Equal(Moment(local), LegacyClock.Local(text));
    }

    [Theory]
    [InlineData("до 200к", null, "200000")]
    [InlineData("200k - 500K", "200000", "500000")]
    [InlineData("500к–1млн", "500000", "1000000")]
    [InlineData("1млн+", "1000000", null)]
    [InlineData("$350 000", "350000", "350000")]
    public void Budgets_AreBandsOrAmounts(string written, string? from, string? to)
    {
        Assert.True(LegacyBudget.TryRead(written, out var lower, out var upper));
        Assert.Equal((Amount(from), Amount(to)), (lower, upper));
    }

    [Theory]
    [InlineData("дорого")]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("99999999999999")]
    public void Budgets_ThatAreNone_AreNotGuessed(string written) =>
        Assert.False(LegacyBudget.TryRead(written, out _, out _));

    [Fact]
    public void Notes_ArePartedIntoPeoplesWordsAndHubSpots()
    {
        var notes = LegacyNotes.Of(
            "Перше\n  hubspot deal owner: A B\nДруге [Угода закрита 2025-07-01 15:00:00] далі\n\nHubSpot Responsible Agent: c\nКінець"
        );

        Assert.Equal("Перше\nДруге  далі\n\nКінець", notes.Rest);
        Assert.Equal(["hubspot deal owner: A B", "HubSpot Responsible Agent: c"], notes.HubSpotLines);
        Assert.True(notes.IsClosed);
        Assert.Equal(Moment("2025-07-01T12:00:00Z"), notes.ClosedAt);
        Assert.Equal(
            (null, false, null),
            LegacyNotes.Of(null) is var none ? (none.Rest, none.IsClosed, none.ClosedAt) : default
        );
    }

    [Theory]
    [InlineData("ivan_b", "ivan_b")]
    [InlineData("Іван Петренко", "ivan_petrenko")]
    [InlineData("a", "a_7")]
    [InlineData(" ", "user_7")]
    [InlineData("!!!", "user_7")]
    public void UserNames_ComeIntoTheHubsForm(string written, string fitting) =>
        Assert.Equal(fitting, LegacyAccountName.Fitting(written, 7));

    [Theory]
    [InlineData(
        "postgresql://old:se%40cret@db.example.com:5433/portal",
        "Host=db.example.com;Port=5433;Database=portal;Username=old;Password=se@cret"
    )]
    [InlineData("Host=db;Database=portal", "Host=db;Database=portal")]
    [InlineData("nonsense", null)]
    [InlineData(" ", null)]
    public void Address_IsTheOldPortalsOwnOrNpgsqls(string text, string? expected) =>
        Assert.Equal(expected, LegacyAddress.Read(text));

    [Fact]
    public void EveryRule_IsExplainedInTheDocuments()
    {
        var page = File.ReadAllText(Path.Combine(Checkout.Folder, "docs", "moving-in.md"));
        Assert.Equal(LegacyRule.All.Count, LegacyRule.All.DistinctBy(rule => rule.Name).Count());
        Assert.DoesNotContain(LegacyRule.All, rule => !page.Contains($"`{rule.Name}`", StringComparison.Ordinal));
    }

    private static DateTimeOffset? Moment(string? text) =>
        text is null ? null : DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static decimal? Amount(string? text) =>
        text is null ? null : decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
