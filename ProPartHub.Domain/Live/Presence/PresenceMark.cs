using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.Live.Presence;

/// <summary>What somebody does on a lead's page. The numbers travel between instances.</summary>
public enum PresenceActivity
{
    /// <summary>Has it open.</summary>
    Looking = 0,

    /// <summary>Has the lead or one of its fields open for editing.</summary>
    Editing = 1,

    /// <summary>Typed a comment within the last seconds.</summary>
    Commenting = 2,
}

/// <summary>Somebody who has a lead open, however many windows.</summary>
/// <param name="UserId">The person; names are looked up by whoever shows them.</param>
/// <param name="Activity">The most that is done in any of the windows.</param>
/// <param name="Field">The field under edit; null for none, and for the whole form.</param>
public sealed record PresenceMark(Guid UserId, PresenceActivity Activity, LeadField? Field);
