using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.ServiceLevels;

/// <summary>What an agent owes.</summary>
public enum ServiceDuty
{
    /// <summary>To answer a lead within so many working hours after it came.</summary>
    FirstAnswer = 1,

    /// <summary>Not to leave a lead alone for so many whole days.</summary>
    KeepInTouch = 2,
}

/// <summary>What follows when an agent is late.</summary>
public enum ServiceAct
{
    /// <summary>The agent is reminded.</summary>
    Remind = 1,

    /// <summary>A follow-up is made.</summary>
    FollowUp = 2,

    /// <summary>The team's managers are told; admins where there are none.</summary>
    Escalate = 3,

    /// <summary>The lead goes to somebody else, by the rules of assignment; to the pool where they find nobody.</summary>
    Reassign = 4,

    /// <summary>The lead goes to the pool.</summary>
    Pool = 5,
}

/// <summary>A step of what follows.</summary>
/// <param name="Act">What is done.</param>
/// <param name="After">How much later than the limit: working hours for a first answer, days otherwise.</param>
public sealed record ServiceStep(ServiceAct Act, int After);

/// <summary>
/// What agents owe their leads, and what follows, step by step, when they are late. Made by managers for their team and by
/// admins for all or for one team.
/// </summary>
public sealed class ServiceLevel
{
    /// <summary>Longest name, in characters.</summary>
    public const int NameLength = 80;

    /// <summary>Highest limit: working hours or days.</summary>
    public const int MostUnits = 365;

    /// <summary>Most steps.</summary>
    public const int MostSteps = 6;

    /// <summary>Most service levels of a team, or of all.</summary>
    public const int Most = 30;

    /// <summary>Key, made by the application (UUIDv7).</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>What it is called; stands in the history of leads as who did it.</summary>
    public required string Name { get; set; }

    /// <summary>Whose leads; null for everybody's.</summary>
    public Guid? TeamId { get; init; }

    /// <summary>What is owed.</summary>
    public ServiceDuty Duty { get; set; } = ServiceDuty.FirstAnswer;

    /// <summary>Within how many working hours, or days.</summary>
    public int Limit { get; set; }

    /// <summary>Stages in which it holds; empty for every open stage.</summary>
    public IReadOnlyList<Guid> StageIds { get; set; } = [];

    /// <summary>What follows, in order.</summary>
    public IReadOnlyList<ServiceStep> Steps { get; set; } = [];

    /// <summary>Title of the follow-up that a step makes.</summary>
    public string? FollowUpTitle { get; set; }

    /// <summary>False while nothing follows.</summary>
    public bool IsOn { get; set; }

    /// <summary>When it was deleted (UTC); it can be taken back.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>PostgreSQL's row version (<c>xmin</c>).</summary>
    public uint Version { get; private set; }
}

/// <summary>That a step was taken for a lead. A new answer, or a new agent, begins another chain.</summary>
public sealed class ServiceStepTaken
{
    /// <summary>The service level.</summary>
    public Guid ServiceLevelId { get; init; }

    /// <summary>The lead.</summary>
    public Guid LeadId { get; init; }

    /// <summary>Since when the answer was owed (UTC): what makes the chain.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Which step, from 0.</summary>
    public int Step { get; init; }

    /// <summary>When (UTC).</summary>
    public DateTimeOffset TakenAt { get; init; }
}

internal sealed class ServiceLevelConfiguration
    : IEntityTypeConfiguration<ServiceLevel>,
        IEntityTypeConfiguration<ServiceStepTaken>
{
    public void Configure(EntityTypeBuilder<ServiceLevel> builder)
    {
        builder.ToTable("service_levels");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Version).IsRowVersion();
        builder.Property(row => row.Name).HasMaxLength(ServiceLevel.NameLength);
        builder.Property(row => row.FollowUpTitle).HasMaxLength(FollowUp.TitleLength);
        builder.PrimitiveCollection(row => row.StageIds);
        builder.Property(row => row.Steps).IsNamedJson();
        builder.HasOne<Team>().WithMany().HasForeignKey(row => row.TeamId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => row.TeamId);
    }

    public void Configure(EntityTypeBuilder<ServiceStepTaken> builder)
    {
        builder.ToTable("service_steps_taken");
        builder.HasKey(row => new
        {
            row.ServiceLevelId,
            row.LeadId,
            row.Since,
            row.Step,
        });
        builder
            .HasOne<ServiceLevel>()
            .WithMany()
            .HasForeignKey(row => row.ServiceLevelId)
            .OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Lead>().WithMany().HasForeignKey(row => row.LeadId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => row.LeadId);
    }
}
