using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Audit;

/// <summary>
/// Writes <see cref="SecurityEvent"/>s. What belongs to a change is added in the change's own transaction by
/// <see cref="Entry"/>; what stands alone, such as a refused request, is recorded in a short one of its own.
/// </summary>
public sealed class SecurityLog(HubDatabase database, TimeProvider time)
{
    private const int NameLength = 256;
    private const int AddressLength = 64;

    /// <summary>Records something a known person did or was refused.</summary>
    /// <param name="kind">What happened.</param>
    /// <param name="actor">Who did it.</param>
    /// <param name="userId">The account it is about, when it is about one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="details">Further facts by name; never secrets.</param>
    public Task RecordAsync(
        SecurityEventKind kind,
        Actor actor,
        Guid? userId,
        CancellationToken cancellationToken,
        params (string Name, string? Value)[] details
    ) => RecordAsync(About(kind, actor, time, userId, null, details), cancellationToken);

    /// <summary>Records something nobody known did.</summary>
    /// <param name="kind">What happened.</param>
    /// <param name="typedName">What was typed as account name, if anything; cut to 256 characters.</param>
    /// <param name="address">Network address.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="details">Further facts by name; never secrets.</param>
    public Task RecordUnknownAsync(
        SecurityEventKind kind,
        string? typedName,
        string? address,
        CancellationToken cancellationToken,
        params (string Name, string? Value)[] details
    ) =>
        RecordAsync(
            new SecurityEvent
            {
                OccurredAt = time.GetUtcNow(),
                Kind = kind,
                // What was typed may be anything; the record of it must be stored all the same.
                ActorName = ReadableText.Cut(typedName, NameLength),
                Address = ReadableText.Cut(address, AddressLength),
                Details = Facts(details),
            },
            cancellationToken
        );

    /// <summary>A row for the caller's own transaction, which changes something.</summary>
    /// <exception cref="Errors.ForbiddenException">An admin only looks through the actor's eyes.</exception>
    internal static SecurityEvent Entry(
        SecurityEventKind kind,
        Actor actor,
        TimeProvider time,
        Guid? userId,
        params (string Name, string? Value)[] details
    ) => About(kind, actor.Writing(), time, userId, null, details);

    /// <summary>A row about a lead for the caller's own transaction.</summary>
    internal static SecurityEvent AboutLead(
        SecurityEventKind kind,
        Actor actor,
        TimeProvider time,
        Guid leadId,
        params (string Name, string? Value)[] details
    ) => About(kind, actor, time, null, leadId, details);

    /// <summary>A row about an account, a lead, or neither, of somebody who changes nothing by it.</summary>
    internal static SecurityEvent About(
        SecurityEventKind kind,
        Actor actor,
        TimeProvider time,
        Guid? userId,
        Guid? leadId,
        (string Name, string? Value)[] details
    ) =>
        new()
        {
            OccurredAt = time.GetUtcNow(),
            Kind = kind,
            UserId = userId,
            LeadId = leadId,
            // What is seen through somebody's eyes was seen by whoever looked.
            ActorId = actor.ViewerId ?? actor.StoredId,
            ActorName = ReadableText.Cut(actor.ViewerName ?? actor.Name, NameLength),
            Address = ReadableText.Cut(actor.Address, AddressLength),
            Details = Facts(actor.ViewerId is null ? details : [.. details, ("seen as", actor.Name)]),
        };

    /// <summary>A row for the caller's own transaction that says which setting was changed, from what to what.</summary>
    internal static SecurityEvent Setting(
        Actor actor,
        TimeProvider time,
        Guid? userId,
        string setting,
        string? before,
        string? after
    ) =>
        Entry(
            SecurityEventKind.SettingChanged,
            actor,
            time,
            userId,
            ("setting", setting),
            ("before", before),
            ("after", after)
        );

    private static Dictionary<string, string?> Facts((string Name, string? Value)[] details) =>
        details.ToDictionary(detail => detail.Name, detail => ReadableText.Cleaned(detail.Value));

    private Task RecordAsync(SecurityEvent entry, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            (db, _) =>
            {
                db.SecurityEvents.Add(entry);
                return Task.CompletedTask;
            },
            cancellationToken
        );
}
