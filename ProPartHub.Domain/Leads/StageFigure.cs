using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ProPartHub.Domain.Leads;

/// <summary>
/// Part of the figures of a stage: the leads of one agent in it that are not archived. A trigger appends a row for
/// each change of <c>leads</c>, in the same transaction, so the sums over all rows are exact at any time and nobody
/// waits for anybody; <see cref="StageFigureFolding"/> keeps the rows few.
/// </summary>
public sealed class StageFigure : IAssigned
{
    /// <summary>Key, given by the database.</summary>
    public long Id { get; init; }

    /// <summary>The stage.</summary>
    public Guid StageId { get; init; }

    /// <inheritdoc/>
    public Guid? AgentId { get; init; }

    /// <inheritdoc/>
    public Guid? TeamId { get; init; }

    /// <summary>Leads that came; negative for leads that went.</summary>
    public int Leads { get; init; }

    /// <summary>Their budgets in USD: the upper end, or the lower where it is open.</summary>
    public decimal BudgetSum { get; init; }
}

internal sealed class StageFigureConfiguration : IEntityTypeConfiguration<StageFigure>
{
    public void Configure(EntityTypeBuilder<StageFigure> builder)
    {
        builder.ToTable("stage_figures");
        builder.Property(figure => figure.Id).UseIdentityAlwaysColumn();
        builder.Property(figure => figure.BudgetSum).HasPrecision(20, 2);
        builder.HasIndex(figure => figure.AgentId);
        builder.HasIndex(figure => figure.TeamId);
    }
}
