using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ProPartHub.Domain.Audit;

/// <summary>Which table an event of the audit lies in.</summary>
public enum AuditSource
{
    /// <summary><see cref="SecurityEvent"/>.</summary>
    Security = 1,

    /// <summary><see cref="Timeline.LeadEvent"/>.</summary>
    Lead = 2,
}

/// <summary>
/// A link of the chain over both tables of events: what the event held when it was sealed, as salted hashes, and a hash
/// over that and the link before. No key into the events: that one is missing must show, not be prevented.
/// </summary>
public sealed class AuditSeal
{
    /// <summary>Place in the chain, from 1 without gaps.</summary>
    public long Position { get; init; }

    /// <summary>The event's table.</summary>
    public AuditSource Source { get; init; }

    /// <summary>The event.</summary>
    public long EventId { get; init; }

    /// <summary>Hash of what says nothing of a person's own: ids, kind, time.</summary>
    public required byte[] Skeleton { get; init; }

    /// <summary>Salted hash of name and address of who did it.</summary>
    public required byte[] Who { get; init; }

    /// <summary>The salt of <see cref="Who"/>; erased together with name and address.</summary>
    public byte[]? WhoSalt { get; set; }

    /// <summary>Salted hash of the values or details.</summary>
    public required byte[] What { get; init; }

    /// <summary>The salt of <see cref="What"/>; erased together with the values.</summary>
    public byte[]? WhatSalt { get; set; }

    /// <summary>Hash of the link before, of the place and of the three hashes above.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>When (UTC).</summary>
    public DateTimeOffset SealedAt { get; init; }

    /// <summary>The <see cref="SecurityEvent"/> on record by which content was erased.</summary>
    public long? ErasureId { get; set; }
}

/// <summary>How far the chain has come, and what its last verification found; one row.</summary>
public sealed class AuditSealState
{
    /// <summary>Always 1.</summary>
    public int Id { get; init; } = 1;

    /// <summary>Every event of a transaction below is sealed.</summary>
    public ulong SealedBelow { get; set; }

    /// <summary>Place of the last link; 0 for none.</summary>
    public long Position { get; set; }

    /// <summary><see cref="AuditSeal.Hash"/> of the last link.</summary>
    public byte[] Head { get; set; } = [];

    /// <summary>When the last link was added (UTC).</summary>
    public DateTimeOffset? SealedAt { get; set; }

    /// <summary>When the chain was verified last (UTC).</summary>
    public DateTimeOffset? VerifiedAt { get; set; }

    /// <summary>Up to which place it was found intact then.</summary>
    public long VerifiedPosition { get; set; }

    /// <summary>What was wrong after that; null when nothing was.</summary>
    public string? Fault { get; set; }

    /// <summary>When content past its retention was erased last and the head was written to the log (UTC).</summary>
    public DateTimeOffset? KeptAt { get; set; }
}

internal sealed class AuditSealConfiguration
    : IEntityTypeConfiguration<AuditSeal>,
        IEntityTypeConfiguration<AuditSealState>
{
    public void Configure(EntityTypeBuilder<AuditSeal> builder)
    {
        builder.ToTable("audit_seals");
        builder.HasKey(seal => seal.Position);
        builder.Property(seal => seal.Position).ValueGeneratedNever();
        builder.HasIndex(seal => new { seal.Source, seal.EventId }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<AuditSealState> builder)
    {
        builder.ToTable("audit_seal_state", table => table.HasCheckConstraint("ck_audit_seal_state_one", "id = 1"));
        builder.Property(state => state.Id).ValueGeneratedNever();
        builder.Property(state => state.SealedBelow).HasColumnType("xid8");
        builder.Property(state => state.Fault).HasMaxLength(200);
    }
}
