using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Points;

/// <summary>How far somebody has come.</summary>
public enum Level
{
    /// <summary>Where everybody begins.</summary>
    Bronze = 1,

    /// <summary>The second.</summary>
    Silver = 2,

    /// <summary>The third.</summary>
    Gold = 3,

    /// <summary>The highest.</summary>
    Platinum = 4,
}

/// <summary>From when a level holds and what it brings.</summary>
/// <param name="Level">The level.</param>
/// <param name="From">Least points.</param>
/// <param name="Percent">Commission in percent for who has no personal rate.</param>
public sealed record LevelRule(Level Level, int From, decimal Percent);

/// <summary>What is given for what. One row; before an admin first changes anything there is none and this holds.</summary>
public sealed class PointRules
{
    /// <summary>Key of the only row.</summary>
    public const int OnlyId = 1;

    /// <summary>The levels as the agency began with them.</summary>
    public static IReadOnlyList<LevelRule> StandardLevels { get; } =
    [new(Level.Bronze, 0, 5), new(Level.Silver, 2_000, 7), new(Level.Gold, 5_000, 10), new(Level.Platinum, 10_000, 15)];

    /// <summary>Key.</summary>
    public int Id { get; init; } = OnlyId;

    /// <summary>False when there are no points at all: nothing is given or taken, and pages show none.</summary>
    public bool IsOn { get; set; } = true;

    /// <summary>Points for a lead registered in the portal.</summary>
    public int LeadCreated { get; set; } = 100;

    /// <summary>Points for a deal won.</summary>
    public int DealWon { get; set; } = 1_000;

    /// <summary>Points that everybody strives for.</summary>
    public int Goal { get; set; } = 10_000;

    /// <summary>The levels, lowest first.</summary>
    public IReadOnlyList<LevelRule> Levels { get; set; } = StandardLevels;

    /// <summary>The level of somebody with so many points; who has less than none is where everybody begins.</summary>
    public LevelRule LevelOf(int points) => Levels.LastOrDefault(level => level.From <= points) ?? Levels[0];

    /// <summary>The level after that one; null at the highest.</summary>
    public LevelRule? NextAfter(LevelRule level) => Levels.FirstOrDefault(next => next.From > level.From);
}

internal sealed class PointRulesConfiguration : IEntityTypeConfiguration<PointRules>
{
    public void Configure(EntityTypeBuilder<PointRules> builder)
    {
        builder.ToTable("point_rules", table => table.HasCheckConstraint("ck_point_rules_one_row", "id = 1"));
        builder.Property(rules => rules.Id).ValueGeneratedNever();
        builder.Property(rules => rules.Levels).IsJson();
    }
}
