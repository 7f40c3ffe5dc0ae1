using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Assignment;

/// <summary>To whom a rule gives leads.</summary>
public enum AssignmentTarget
{
    /// <summary>Nobody: they stay in the pool.</summary>
    Pool = 1,

    /// <summary>One person.</summary>
    Person = 2,

    /// <summary>The agents of a team, each in turn.</summary>
    RoundRobin = 3,

    /// <summary>The agent of a team with the fewest open leads.</summary>
    LeastBusy = 4,
}

/// <summary>
/// By which new leads in the pool come to agents. Rules are asked in their order; the first that fits a lead and has somebody
/// who can take it gives it. The last one, the default, fits every lead and cannot be deleted.
/// </summary>
public sealed class AssignmentRule
{
    /// <summary>Longest name, in characters.</summary>
    public const int NameLength = 80;

    /// <summary>Most rules.</summary>
    public const int Most = 100;

    /// <summary>Most values of one condition.</summary>
    public const int MostValues = 50;

    /// <summary>Key of the default rule, which every installation has.</summary>
    public static readonly Guid DefaultId = new("0190d0fa-0000-7000-8000-000000000001");

    /// <summary>Key, made by the application (UUIDv7).</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Place in the order, from the top; the default's is the last.</summary>
    public int Place { get; set; }

    /// <summary>What it is called; stands in the history of the leads it gave.</summary>
    public required string Name { get; set; }

    /// <summary>False while it is left out.</summary>
    public bool IsOn { get; set; } = true;

    /// <summary>Countries of interest that fit; empty for any.</summary>
    public IReadOnlyList<string> Countries { get; set; } = [];

    /// <summary>Sources that fit; empty for any.</summary>
    public IReadOnlyList<string> Sources { get; set; } = [];

    /// <summary>Languages of clients that fit; empty for any.</summary>
    public IReadOnlyList<string> Languages { get; set; } = [];

    /// <summary>Least budget that fits, in USD.</summary>
    public decimal? BudgetFrom { get; set; }

    /// <summary>Highest budget that fits, in USD.</summary>
    public decimal? BudgetTo { get; set; }

    /// <summary>To whom.</summary>
    public AssignmentTarget Target { get; set; } = AssignmentTarget.Pool;

    /// <summary>The person, for <see cref="AssignmentTarget.Person"/>.</summary>
    public Guid? PersonId { get; set; }

    /// <summary>The team, for turns and loads.</summary>
    public Guid? TeamId { get; set; }

    /// <summary>How many leads it has given in turn.</summary>
    public long Turns { get; set; }

    /// <summary>When it was deleted (UTC); it can be taken back.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>PostgreSQL's row version (<c>xmin</c>).</summary>
    public uint Version { get; private set; }

    /// <summary>True for the one that stands last and fits all.</summary>
    public bool IsDefault => Id == DefaultId;

    /// <summary>Whether a lead meets every condition. A lead whose budget is unknown or not in USD meets none on budgets.</summary>
    public bool Fits(Lead lead) =>
        IsAmong(Countries, lead.Country)
        && IsAmong(Sources, lead.Source)
        && IsAmong(Languages, lead.Language)
        && IsInBudget(lead);

    private static bool IsAmong(IReadOnlyList<string> values, string? value) =>
        values.Count == 0 || (value is not null && values.Contains(value));

    private bool IsInBudget(Lead lead)
    {
        if (BudgetFrom is null && BudgetTo is null)
        {
            return true;
        }

        var isKnown = lead.Currency == "USD" && (lead.BudgetFrom ?? lead.BudgetTo) is not null;
        return isKnown
            && (BudgetFrom is not { } from || (lead.BudgetTo ?? decimal.MaxValue) >= from)
            && (BudgetTo is not { } to || (lead.BudgetFrom ?? 0) <= to);
    }
}

/// <summary>When a person last had a turn under a rule.</summary>
public sealed class AssignmentTurn
{
    /// <summary>The rule.</summary>
    public Guid RuleId { get; init; }

    /// <summary>The person.</summary>
    public Guid UserId { get; init; }

    /// <summary>The rule's <see cref="AssignmentRule.Turns"/> at that time.</summary>
    public long Turn { get; set; }
}

internal sealed class AssignmentRuleConfiguration
    : IEntityTypeConfiguration<AssignmentRule>,
        IEntityTypeConfiguration<AssignmentTurn>
{
    public void Configure(EntityTypeBuilder<AssignmentRule> builder)
    {
        builder.ToTable("assignment_rules");
        builder.Property(rule => rule.Id).ValueGeneratedNever();
        builder.Property(rule => rule.Version).IsRowVersion();
        builder.Property(rule => rule.Name).HasMaxLength(AssignmentRule.NameLength);
        builder.Property(rule => rule.BudgetFrom).HasPrecision(15, 2);
        builder.Property(rule => rule.BudgetTo).HasPrecision(15, 2);
        builder.PrimitiveCollection(rule => rule.Countries);
        builder.PrimitiveCollection(rule => rule.Sources);
        builder.PrimitiveCollection(rule => rule.Languages);
        builder.HasOne<HubUser>().WithMany().HasForeignKey(rule => rule.PersonId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<Team>().WithMany().HasForeignKey(rule => rule.TeamId).OnDelete(DeleteBehavior.SetNull);
        builder.HasIndex(rule => rule.PersonId);
        builder.HasIndex(rule => rule.TeamId);
        builder.HasData(
            new AssignmentRule
            {
                Id = AssignmentRule.DefaultId,
                Name = "Default",
                Place = int.MaxValue,
            }
        );
    }

    public void Configure(EntityTypeBuilder<AssignmentTurn> builder)
    {
        builder.ToTable("assignment_turns");
        builder.HasKey(turn => new { turn.RuleId, turn.UserId });
        builder.HasOne<AssignmentRule>().WithMany().HasForeignKey(turn => turn.RuleId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<HubUser>().WithMany().HasForeignKey(turn => turn.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(turn => turn.UserId);
    }
}
