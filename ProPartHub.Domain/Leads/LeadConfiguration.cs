using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ProPartHub.Domain.Leads;

internal sealed class LeadConfiguration
    : IEntityTypeConfiguration<Lead>,
        IEntityTypeConfiguration<Stage>,
        IEntityTypeConfiguration<Pipeline>
{
    /// <summary>The column by which a Telegram name is found.</summary>
    internal const string TelegramKey = "TelegramKey";

    private const string NotArchived = "archived_at IS NULL";

    public void Configure(EntityTypeBuilder<Lead> builder)
    {
        builder.ToTable("leads");
        builder.Property(lead => lead.Id).ValueGeneratedNever();
        builder.Property(lead => lead.Number).UseIdentityAlwaysColumn().HasIdentityOptions(startValue: 10001);
        builder.Property(lead => lead.Version).IsRowVersion();
        builder.Property(lead => lead.ClientName).HasMaxLength(LeadLimits.ClientName).UseCollation("uk-x-icu");
        builder.Property(lead => lead.Phone).HasMaxLength(LeadLimits.Phone);
        builder.Property(lead => lead.SecondPhone).HasMaxLength(LeadLimits.Phone);
        builder.Property(lead => lead.Email).HasMaxLength(LeadLimits.Email);
        builder.Property(lead => lead.Company).HasMaxLength(LeadLimits.Company).UseCollation("uk-x-icu");
        builder.Property(lead => lead.Telegram).HasMaxLength(LeadLimits.Telegram);
        builder.Property(lead => lead.Currency).HasMaxLength(3);
        builder.Property(lead => lead.BudgetFrom).HasPrecision(15, 2);
        builder.Property(lead => lead.BudgetTo).HasPrecision(15, 2);
        foreach (var option in LeadLimits.OptionFields)
        {
            builder.Property(option).HasMaxLength(LeadLimits.Option).UseCollation("uk-x-icu");
        }

        builder.Property(lead => lead.WorkedAt).HasDefaultValueSql("now()");
        builder.Property(lead => lead.AssignedAt).HasDefaultValueSql("now()");
        builder.Property(lead => lead.AwaitsAssignment).HasDefaultValue(false);
        builder.Property(lead => lead.Notes).HasMaxLength(LeadLimits.Notes);
        builder.Property(lead => lead.ConsentNote).HasMaxLength(LeadLimits.ConsentNote);
        builder.Property(lead => lead.ConsentBy).HasMaxLength(People.HubUser.DisplayNameLength);
        builder
            .HasOne(lead => lead.Agent)
            .WithMany()
            .HasForeignKey(lead => lead.AgentId)
            .OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<People.Team>().WithMany().HasForeignKey(lead => lead.TeamId).OnDelete(DeleteBehavior.Restrict);
        builder
            .HasOne(lead => lead.Stage)
            .WithMany()
            .HasForeignKey(lead => lead.StageId)
            .OnDelete(DeleteBehavior.Restrict);

        builder.HasOne<Lead>().WithMany().HasForeignKey(lead => lead.MergedIntoId).OnDelete(DeleteBehavior.SetNull);
        builder.HasIndex(lead => lead.MergedIntoId).HasFilter("merged_into_id IS NOT NULL");

        // Telegram's names are the same in any case; people type them in each.
        builder.Property<string?>(TelegramKey).HasComputedColumnSql("lower(telegram)", stored: true);
        builder.HasIndex(TelegramKey, nameof(Lead.Id));

        builder.HasIndex(lead => lead.Number).IsUnique();
        builder.HasIndex(lead => new { lead.Phone, lead.Id });
        builder.HasIndex(lead => new { lead.SecondPhone, lead.Id });
        builder.HasIndex(lead => new { lead.Email, lead.Id });
        builder.HasIndex(lead => lead.SearchText).HasMethod("gin").HasOperators("gin_trgm_ops");
        builder.HasIndex(lead => lead.Attention).HasFilter("attention <> 0");

        // One index for each offered sort over everything, then the same for the two narrower views; the sorts that
        // an agent's few hundred leads need are left to a plain sort.
        builder.HasIndex(lead => new { lead.UpdatedAt, lead.Id }).HasFilter(NotArchived);
        builder.HasIndex(lead => new { lead.ClientName, lead.Id }).HasFilter(NotArchived);
        builder.HasIndex(lead => new { lead.Status, lead.Id }).HasFilter(NotArchived);
        builder.HasIndex(lead => new { lead.CreatedAt, lead.Id });
        builder.HasIndex(lead => new { lead.StageChangedAt, lead.Id }).HasFilter(NotArchived);
        builder.HasIndex(lead => new
        {
            lead.AgentId,
            lead.UpdatedAt,
            lead.Id,
        });
        builder.HasIndex(lead => new { lead.AgentId, lead.Number });
        builder.HasIndex(lead => new
        {
            lead.TeamId,
            lead.UpdatedAt,
            lead.Id,
        });
        builder.HasIndex(lead => new { lead.TeamId, lead.Number });
        builder
            .HasIndex(lead => lead.Number, "archive")
            .HasDatabaseName("ix_leads_archived_number")
            .HasFilter("archived_at IS NOT NULL");
        builder
            .HasIndex(lead => lead.ArchivedAt)
            .HasDatabaseName("ix_leads_archived_at")
            .HasFilter("archived_at IS NOT NULL AND erased_at IS NULL");
        builder.HasIndex(lead => lead.BudgetFrom).HasFilter($"currency = 'USD' AND {NotArchived}");
        builder.HasIndex(lead => lead.BudgetTo).HasFilter($"currency = 'USD' AND {NotArchived}");
        builder
            .HasIndex(lead => lead.Number, "no budget")
            .HasDatabaseName("ix_leads_no_budget_number")
            .HasFilter($"budget_from IS NULL AND budget_to IS NULL AND {NotArchived}");
        builder.HasIndex(lead => new { lead.Country, lead.Number }).HasFilter(NotArchived);
        builder.HasIndex(lead => new { lead.Source, lead.Number }).HasFilter(NotArchived);
        builder.HasIndex(lead => new { lead.Company, lead.Id }).HasFilter(NotArchived);
        builder.HasIndex(lead => new { lead.Messenger, lead.Id }).HasFilter(NotArchived);
        builder.HasIndex(lead => new { lead.Language, lead.Id }).HasFilter(NotArchived);
        builder.HasIndex(lead => new { lead.PurchaseGoal, lead.Id }).HasFilter(NotArchived);
        builder.HasIndex(lead => new { lead.PropertyType, lead.Id }).HasFilter(NotArchived);
        builder.HasIndex(lead => new { lead.ObjectType, lead.Id }).HasFilter(NotArchived);

        // Figures of the start page: how many came in a week or month, and how many were handed on.
        builder
            .HasIndex(lead => lead.CreatedAt, "created")
            .HasDatabaseName("ix_leads_created_at")
            .HasFilter(NotArchived);
        builder
            .HasIndex(lead => new { lead.AgentId, lead.TeamId })
            .HasDatabaseName("ix_leads_transferred")
            .HasFilter($"transferred_at IS NOT NULL AND {NotArchived}");

        // What sums in dollars leave out, counted wherever they stand.
        builder
            .HasIndex(lead => new { lead.AgentId, lead.TeamId }, "otherwise")
            .HasDatabaseName("ix_leads_other_currency")
            .HasFilter($"currency <> 'USD' AND {NotArchived}");

        // What service levels look for: leads whose agent owes the first answer, leads gone quiet; and what awaits an agent.
        builder
            .HasIndex(lead => new { lead.AssignedAt, lead.Id })
            .HasFilter("answered_at IS NULL AND agent_id IS NOT NULL AND status < 4 AND archived_at IS NULL");
        builder
            .HasIndex(lead => new { lead.WorkedAt, lead.Id })
            .HasFilter("agent_id IS NOT NULL AND status < 4 AND archived_at IS NULL");
        builder
            .HasIndex(lead => new { lead.CreatedAt, lead.Id }, "awaiting")
            .HasDatabaseName("ix_leads_awaits_assignment")
            .HasFilter("awaits_assignment");

        // The board: cards of one stage, the newest arrivals first.
        builder
            .HasIndex(lead => new
            {
                lead.StageId,
                lead.StageChangedAt,
                lead.Id,
            })
            .HasFilter(NotArchived);
        builder
            .HasIndex(lead => new
            {
                lead.TeamId,
                lead.StageId,
                lead.StageChangedAt,
                lead.Id,
            })
            .HasFilter(NotArchived);
        builder
            .HasIndex(lead => new
            {
                lead.AgentId,
                lead.StageId,
                lead.StageChangedAt,
                lead.Id,
            })
            .HasFilter(NotArchived);
    }

    public void Configure(EntityTypeBuilder<Stage> builder)
    {
        builder.ToTable("stages");
        builder.Property(stage => stage.Id).ValueGeneratedNever();
        builder.Property(stage => stage.HubSpotId).HasMaxLength(64);
        builder.Property(stage => stage.Label).HasMaxLength(200);
        builder.HasIndex(stage => new { stage.PipelineId, stage.HubSpotId }).IsUnique();
        builder.HasOne(stage => stage.Pipeline).WithMany(pipeline => pipeline.Stages).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<Pipeline> builder)
    {
        builder.ToTable("pipelines");
        builder.Property(pipeline => pipeline.Id).ValueGeneratedNever();
        builder.Property(pipeline => pipeline.HubSpotId).HasMaxLength(64);
        builder.Property(pipeline => pipeline.Label).HasMaxLength(200);
        builder.HasIndex(pipeline => pipeline.HubSpotId).IsUnique();
    }
}
