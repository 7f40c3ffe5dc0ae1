using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ProPartHub.Domain.People.Sessions;

/// <summary>A device on which somebody is logged in, or was.</summary>
public sealed class UserSession
{
    /// <summary>Longest description of a device, in characters.</summary>
    public const int DeviceLength = 80;

    /// <summary>Longest network address, in characters.</summary>
    public const int AddressLength = 64;

    /// <summary>Key, made by the application (UUIDv7); the cookie carries it.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Who is logged in.</summary>
    public Guid UserId { get; init; }

    /// <summary>How the person proved who they are.</summary>
    public SessionMethod Method { get; init; }

    /// <summary>Browser and system, as far as the browser tells; null where it tells nothing.</summary>
    public string? Device { get; init; }

    /// <summary>Network address at the log-in.</summary>
    public string? Address { get; init; }

    /// <summary>When it began (UTC).</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it was last seen alive (UTC), to about five minutes.</summary>
    public DateTimeOffset SeenAt { get; set; }

    /// <summary>When it ended (UTC); null while it lives or was left to grow too old.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>How a person proved who they are.</summary>
public enum SessionMethod
{
    /// <summary>Password alone.</summary>
    Password = 1,

    /// <summary>Password and a code of an authenticator app.</summary>
    PasswordAndCode = 2,

    /// <summary>Password and a recovery code.</summary>
    PasswordAndRecoveryCode = 3,

    /// <summary>A passkey.</summary>
    Passkey = 4,

    /// <summary>The office's identity provider.</summary>
    SingleSignOn = 5,

    /// <summary>A demo person of a development database.</summary>
    Demo = 6,
}

internal sealed class UserSessionConfiguration : IEntityTypeConfiguration<UserSession>
{
    public void Configure(EntityTypeBuilder<UserSession> builder)
    {
        builder.ToTable("user_sessions");
        builder.Property(session => session.Id).ValueGeneratedNever();
        builder.Property(session => session.Device).HasMaxLength(UserSession.DeviceLength);
        builder.Property(session => session.Address).HasMaxLength(UserSession.AddressLength);
        builder.HasOne<HubUser>().WithMany().HasForeignKey(session => session.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(session => new { session.UserId, session.SeenAt });
    }
}
