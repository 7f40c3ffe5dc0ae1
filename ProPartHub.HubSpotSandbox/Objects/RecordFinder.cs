using ProPartHub.HubSpotSandbox.Account;
using ProPartHub.HubSpotSandbox.Http;

namespace ProPartHub.HubSpotSandbox.Objects;

/// <summary>Finds records as the API names them: by id, by an old id of a merge, or by a unique property.</summary>
internal sealed class RecordFinder(HubSpotAccount account)
{
    public CrmRecord Get(ObjectType type, string id, string? idProperty = null, bool archived = false) =>
        Find(type, id, idProperty, archived) ?? throw ApiError.NotFound().Exception();

    public CrmRecord? Find(ObjectType type, string id, string? idProperty = null, bool archived = false)
    {
        var records = account.Records(type);
        var record = idProperty is null or "hs_object_id"
            ? records.Find(id)
            : records.Unique.Holder(CheckUnique(type, idProperty), id);
        return record?.Archived == archived ? record : null;
    }

    private string CheckUnique(ObjectType type, string property) =>
        account.Schema.UniqueProperties(type).Contains(property)
            ? UniqueValues.KeyName(property)
            : throw ApiError.Validation($"The property '{property}' is not a unique identifier property").Exception();
}
