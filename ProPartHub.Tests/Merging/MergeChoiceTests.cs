using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Merging;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Merging;

/// <summary>What a merged lead gets when nobody chooses: no amount without its currency, and no amount lost.</summary>
public sealed class MergeChoiceTests
{
    private static readonly DateTimeOffset Morning = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void LoneUpperAmount_IsNotLost_BesideALeadThatNamesNone()
    {
        var none = HubBed.Input(1) with { BudgetFrom = null, BudgetTo = null, Currency = "USD" };
        var upTo = none with { BudgetTo = 250_000, Currency = "EUR" };

        Assert.Equal((null, "250000", "EUR"), Budget(none, upTo, rightIsNewer: false));
        Assert.Equal((null, "250000", "EUR"), Budget(upTo, none, rightIsNewer: true));
    }

    [Fact]
    public void OfTwoBudgets_TheOneSaidLast_IsTakenWhole()
    {
        var least = HubBed.Input(1) with { BudgetFrom = 100_000, BudgetTo = null, Currency = "USD" };
        var upTo = least with { BudgetFrom = null, BudgetTo = 250_000, Currency = "EUR" };

        Assert.Equal((null, "250000", "EUR"), Budget(least, upTo, rightIsNewer: true));
        Assert.Equal(("100000", null, "USD"), Budget(least, upTo, rightIsNewer: false));
    }

    private static (string? From, string? To, string? Currency) Budget(
        LeadInput left,
        LeadInput right,
        bool rightIsNewer
    )
    {
        var fields = MergeChoice
            .Fields(left, right, _ => Morning, _ => rightIsNewer ? Morning.AddHours(1) : Morning.AddHours(-1))
            .ToDictionary(field => field.Field, field => field.Default);
        return (fields[LeadField.BudgetFrom], fields[LeadField.BudgetTo], fields[LeadField.Currency]);
    }
}
