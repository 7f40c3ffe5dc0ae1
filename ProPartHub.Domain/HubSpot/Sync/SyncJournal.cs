using ProPartHub.Domain.Data;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>What the sync writes down about itself: last parts of resource keys.</summary>
internal static class SyncJournal
{
    public const string DealCreated = nameof(DealCreated);
    public const string DealAdopted = nameof(DealAdopted);
    public const string DealUpdated = nameof(DealUpdated);
    public const string DealDeleted = nameof(DealDeleted);
    public const string DealRestored = nameof(DealRestored);
    public const string DealMerged = nameof(DealMerged);
    public const string ContactAdopted = nameof(ContactAdopted);
    public const string ContactMerged = nameof(ContactMerged);
    public const string ContactDeleted = nameof(ContactDeleted);
    public const string LeadImported = nameof(LeadImported);
    public const string LeadChanged = nameof(LeadChanged);
    public const string Parked = nameof(Parked);
    public const string GivenUp = nameof(GivenUp);
    public const string NoteCreated = nameof(NoteCreated);
    public const string TaskCreated = nameof(TaskCreated);
    public const string Compared = nameof(Compared);
    public const string StagesRead = nameof(StagesRead);
    public const string OptionsRead = nameof(OptionsRead);

    /// <summary>Writes a fact towards HubSpot.</summary>
    public static void Out(this HubDbContext db, DateTimeOffset at, Guid? leadId, string what, string? detail = null) =>
        db.Add(at, leadId, ChangeOrigin.HubSpot, what, detail, succeeded: what != Parked);

    /// <summary>Writes a fact from HubSpot.</summary>
    public static void In(this HubDbContext db, DateTimeOffset at, Guid? leadId, string what, string? detail = null) =>
        db.Add(at, leadId, ChangeOrigin.Portal, what, detail, succeeded: true);

    private static void Add(
        this HubDbContext db,
        DateTimeOffset at,
        Guid? leadId,
        ChangeOrigin towards,
        string what,
        string? detail,
        bool succeeded
    ) =>
        db.SyncLog.Add(
            new SyncLogEntry
            {
                At = at,
                LeadId = leadId,
                Towards = towards,
                What = what,
                Detail = detail,
                Succeeded = succeeded,
            }
        );
}
