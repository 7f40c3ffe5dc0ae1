using CsCheck;
using ProPartHub.Domain.HubSpot.Sync;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Sync;

public sealed class ThreeWayMergeTests
{
    private static readonly string?[] Values = [null, "a", "b", "c"];

    // Few values, so that equal ones meet often.
    private static readonly Gen<string?> Value = Gen.Int[0, 3].Select(place => Values[place]);
    private static readonly Gen<MergeBase> Base = Gen.Select(
        Gen.Bool,
        Value,
        (exists, value) => exists ? MergeBase.Of(value) : MergeBase.None
    );
    private static readonly Gen<MergePolicy> Policy = Gen.Bool.Select(hubSpot =>
        hubSpot ? MergePolicy.HubSpotWins : MergePolicy.PortalWins
    );

    [Theory]
    [InlineData("a", "a", "b", "b", false, false)]
    [InlineData("a", "b", "a", "b", true, false)]
    [InlineData("a", "b", "b", "b", false, false)]
    [InlineData("a", "b", "c", "c", false, true)]
    [InlineData("a", null, "a", null, true, false)]
    [InlineData("a", "a", null, null, false, false)]
    public void Merge_WithABase(
        string? agreed,
        string? ours,
        string? theirs,
        string? value,
        bool pushes,
        bool conflict
    ) =>
        Assert.Equal(
            new MergeOutcome(value, pushes, conflict),
            ThreeWayMerge.Merge(MergeBase.Of(agreed), ours, theirs, MergePolicy.HubSpotWins)
        );

    [Theory]
    [InlineData(null, "b", "b", false, false)]
    [InlineData("a", null, "a", true, false)]
    [InlineData("a", "b", "b", false, true)]
    public void Merge_WithoutABase_FillsBlanks(
        string? ours,
        string? theirs,
        string? value,
        bool pushes,
        bool conflict
    ) =>
        Assert.Equal(
            new MergeOutcome(value, pushes, conflict),
            ThreeWayMerge.Merge(MergeBase.None, ours, theirs, MergePolicy.HubSpotWins)
        );

    [Fact]
    public void Merge_WherePortalWins_KeepsOursAndTellsHubSpot() =>
        Assert.Equal(
            new MergeOutcome("b", Pushes: true, IsConflict: true),
            ThreeWayMerge.Merge(MergeBase.Of("a"), "b", "c", MergePolicy.PortalWins)
        );

    [Fact]
    public void Merge_NeverInventsAValue_AndNothingIsLostUnseen() =>
        Gen.Select(Base, Value, Value, Policy)
            .Sample(
                (agreed, ours, theirs, policy) =>
                {
                    var outcome = ThreeWayMerge.Merge(agreed, ours, theirs, policy);
                    Assert.True(outcome.Value == ours || outcome.Value == theirs);

                    // A value that somebody set and that does not stand is either the base or kept as a conflict.
                    var lost = outcome.Value == ours ? theirs : ours;
                    var wasSet = lost != outcome.Value && (agreed.Exists ? lost != agreed.Value : lost is not null);
                    Assert.Equal(wasSet, outcome.IsConflict);
                }
            );

    [Fact]
    public void Merge_AfterBothSidesTookTheOutcome_IsQuiet() =>
        Gen.Select(Base, Value, Value, Policy)
            .Sample(
                (agreed, ours, theirs, policy) =>
                {
                    var outcome = ThreeWayMerge.Merge(agreed, ours, theirs, policy);
                    var again = ThreeWayMerge.Merge(MergeBase.Of(outcome.Value), outcome.Value, outcome.Value, policy);
                    Assert.Equal(new MergeOutcome(outcome.Value, false, false), again);
                }
            );

    [Fact]
    public void Merge_PushesExactlyWhenHubSpotHoldsAnotherValue() =>
        Gen.Select(Base, Value, Value, Policy)
            .Sample(
                (agreed, ours, theirs, policy) =>
                {
                    var outcome = ThreeWayMerge.Merge(agreed, ours, theirs, policy);
                    Assert.Equal(outcome.Value != theirs, outcome.Pushes);
                }
            );
}
