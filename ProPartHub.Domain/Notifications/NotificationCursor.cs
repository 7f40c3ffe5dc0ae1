using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Notifications;

/// <summary>How far events were turned into notifications; one row.</summary>
public sealed class NotificationCursor
{
    /// <summary>Always 1.</summary>
    public int Id { get; init; } = 1;

    /// <summary>The events of all transactions below it were read.</summary>
    public ulong ReadBelow { get; set; }

    /// <summary>When old notifications were last removed (UTC).</summary>
    public DateTimeOffset? SweptAt { get; set; }
}

internal sealed class NotificationCursorConfiguration : IEntityTypeConfiguration<NotificationCursor>
{
    public void Configure(EntityTypeBuilder<NotificationCursor> builder)
    {
        builder.ToTable("notification_cursor");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.ReadBelow).HasColumnType("xid8");
    }
}

/// <summary>
/// Lets one instance at a time make notifications and mails of them. Held until the transaction ends, so that a holder that
/// stalls or dies can do nothing after another one has it.
/// </summary>
internal static class NotificationLock
{
    private const long Key = 0x50_50_48_4E_4F_54_49_43;

    /// <summary>Takes the lock if it is free.</summary>
    public static Task<bool> TryAsync(HubDbContext db, CancellationToken cancellationToken) =>
        db
            .Database.SqlQuery<bool>($"""SELECT pg_try_advisory_xact_lock({Key}) AS "Value" """)
            .SingleAsync(cancellationToken);
}
