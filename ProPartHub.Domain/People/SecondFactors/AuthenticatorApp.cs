using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ProPartHub.Domain.People.SecondFactors;

/// <summary>An app that shows a new code every thirty seconds (TOTP, RFC 6238), tied to an account.</summary>
public sealed class AuthenticatorApp
{
    /// <summary>Whose; one app a person.</summary>
    public Guid UserId { get; init; }

    /// <summary>The shared secret, encrypted with the hub's data-protection keys.</summary>
    public required string ProtectedSecret { get; set; }

    /// <summary>When its owner proved to have it (UTC); until then it guards nothing.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>Number of the thirty seconds of the last code taken: each code opens once (ASVS 5.0, 6.5.1).</summary>
    public long LastStep { get; set; }
}

/// <summary>A code for the day the phone is lost; it opens once and is gone.</summary>
public sealed class RecoveryCode
{
    /// <summary>Key, made by the application (UUIDv7).</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Whose.</summary>
    public Guid UserId { get; init; }

    /// <summary>SHA-256 of the code. A code has 120 random bits, so that no slow hash is needed (ASVS 5.0, 6.5.2).</summary>
    public required byte[] Hash { get; init; }
}

internal sealed class SecondFactorConfiguration
    : IEntityTypeConfiguration<AuthenticatorApp>,
        IEntityTypeConfiguration<RecoveryCode>
{
    public void Configure(EntityTypeBuilder<AuthenticatorApp> builder)
    {
        builder.ToTable("authenticator_apps");
        builder.HasKey(app => app.UserId);
        builder.Property(app => app.UserId).ValueGeneratedNever();
        builder
            .HasOne<HubUser>()
            .WithOne()
            .HasForeignKey<AuthenticatorApp>(app => app.UserId)
            .OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<RecoveryCode> builder)
    {
        builder.ToTable("recovery_codes");
        builder.Property(code => code.Id).ValueGeneratedNever();
        builder.HasOne<HubUser>().WithMany().HasForeignKey(code => code.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(code => new { code.UserId, code.Hash }).IsUnique();
    }
}
