namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>A record to create in a batch.</summary>
/// <param name="TraceId">Marks the input, unique in the batch: the answer is paired by it.</param>
/// <param name="Properties">Values by internal name.</param>
/// <param name="Associations">Existing records to tie it to in the same step.</param>
public sealed record HubSpotCreate(
    string TraceId,
    IReadOnlyDictionary<string, string?> Properties,
    IReadOnlyList<HubSpotAssociationTarget>? Associations = null
);

/// <summary>A record to tie a new one to.</summary>
/// <param name="ToId">Its id.</param>
/// <param name="TypeId">Of <see cref="HubSpotAssociationTypes"/>, in the direction from the new record.</param>
public sealed record HubSpotAssociationTarget(string ToId, int TypeId);

/// <summary>A change of one record in a batch.</summary>
/// <param name="Id">Its id, once in the batch.</param>
/// <param name="Properties">The changed values only; null or empty clears.</param>
public sealed record HubSpotUpdate(string Id, IReadOnlyDictionary<string, string?> Properties);

/// <summary>
/// What became of each input of a batch write, by trace id (create) or record id (update). HubSpot does not answer in
/// the order of the inputs.
/// </summary>
/// <param name="Done">Written, with the record as HubSpot now has it.</param>
/// <param name="Failed">Refused, and why.</param>
/// <param name="Unanswered">
/// In neither list: for a create its outcome is unknown (look it up), for an update send it again.
/// </param>
public sealed record HubSpotBatchWrite(
    IReadOnlyDictionary<string, HubSpotObject> Done,
    IReadOnlyDictionary<string, HubSpotException> Failed,
    IReadOnlyList<string> Unanswered
);

/// <summary>What a batch read found, by the id asked for.</summary>
/// <param name="Found">
/// A record whose own id differs from the key is the survivor of a merge in which the key went under.
/// </param>
/// <param name="Missing">HubSpot says they are not there: deleted, archived or never made.</param>
/// <param name="Unanswered">HubSpot says nothing about them: conclude nothing.</param>
public sealed record HubSpotBatchRead(
    IReadOnlyDictionary<string, HubSpotObject> Found,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> Unanswered
);
