using ProPartHub.HubSpotSandbox.Account;
using ProPartHub.HubSpotSandbox.Associations;
using ProPartHub.HubSpotSandbox.Http;
using ProPartHub.HubSpotSandbox.Objects;
using ProPartHub.HubSpotSandbox.Schema;

namespace ProPartHub.HubSpotSandbox.Control;

/// <summary>
/// Changes the account as a person in HubSpot's own pages would: no limits, no scopes, but the same rules, and webhooks
/// that name a person as the source. Every method takes the account's lock and gives the id of the record.
/// </summary>
public sealed class HeadOffice
{
    private readonly HubSpotAccount _account;
    private readonly RecordFinder _finder;
    private readonly WriteRules _rules;
    private readonly RecordWriter _writer;
    private readonly RecordMerger _merger;

    internal HeadOffice(
        HubSpotAccount account,
        RecordFinder finder,
        WriteRules rules,
        RecordWriter writer,
        RecordMerger merger
    )
    {
        _account = account;
        _finder = finder;
        _rules = rules;
        _writer = writer;
        _merger = merger;
    }

    private ChangeSource Person => ChangeSource.Person(_account.Owners[0].UserIdIncludingInactive);

    public string Create(
        ObjectType type,
        IReadOnlyDictionary<string, string?> properties,
        params IEnumerable<(ObjectType Type, string Id)> linkedTo
    ) =>
        _account.Locked(() =>
        {
            var links = linkedTo.Select(to => new AssociationInput(
                new IdInput(to.Id),
                [new AssociationTypeInput(null, AssociationType.Default(type, to.Type).TypeId)]
            ));
            var write = _rules.Create(type, Input(properties) with { Associations = [.. links] });
            return _writer.Commit(write, _account.Now, Person).IdText;
        });

    public void Update(ObjectType type, string id, IReadOnlyDictionary<string, string?> properties) =>
        _account.Locked(() =>
            _writer.Commit(_rules.Update(_finder.Get(type, id), Input(properties)), _account.Now, Person)
        );

    public void Update(ObjectType type, string id, string property, string? value) =>
        Update(type, id, new Dictionary<string, string?> { [property] = value });

    /// <summary>Moves a deal to a stage, and into the pipeline the stage belongs to.</summary>
    public void MoveStage(string dealId, string stageId)
    {
        var pipeline =
            _account.Pipelines.All.FirstOrDefault(one => one.Stages.Any(stage => stage.Id == stageId))
            ?? throw ApiError.Validation($"There is no stage {stageId}").Exception();
        Update(
            ObjectType.Deals,
            dealId,
            new Dictionary<string, string?> { ["pipeline"] = pipeline.Id, ["dealstage"] = stageId }
        );
    }

    public string AddNote(ObjectType type, string id, string html) =>
        Create(
            ObjectType.Notes,
            new Dictionary<string, string?>
            {
                ["hs_timestamp"] = HubSpotTime.Format(_account.Now),
                ["hs_note_body"] = html,
                ["hubspot_owner_id"] = _account.Owners[0].Id,
            },
            (type, id)
        );

    /// <summary>Gives a property other options, as in HubSpot's settings.</summary>
    public void SetOptions(ObjectType type, string property, params IEnumerable<PropertyOption> options) =>
        _account.Locked(() =>
        {
            var changed = _account.Schema.Find(type, property)! with { Options = [.. options] };
            _account.Schema.Replace(type, changed);
            return changed;
        });

    public void Archive(ObjectType type, string id) =>
        _account.Locked(() =>
        {
            var record = _finder.Get(type, id);
            _writer.Archive(record, _account.Now, Person);
            return record;
        });

    public void Restore(ObjectType type, string id) =>
        _account.Locked(() =>
        {
            var record = _finder.Get(type, id, archived: true);
            _rules.CheckRestorable(record);
            _writer.Restore(record, _account.Now, Person);
            return record;
        });

    /// <summary>Merges two records and gives the id of the survivor, which for contacts is a new one.</summary>
    public string Merge(ObjectType type, string primaryId, string otherId) =>
        _account.Locked(() =>
            _merger.Merge(_finder.Get(type, primaryId), _finder.Get(type, otherId), _account.Now, Person).IdText
        );

    /// <summary>Erases a record for good, as on a privacy request.</summary>
    public void Erase(ObjectType type, string id) =>
        _account.Locked(() =>
        {
            var record = _finder.Get(type, id);
            _writer.Erase(record, _account.Now, Person);
            return record;
        });

    /// <summary>
    /// Gives every live record of a type one and the same modification time, as HubSpot's own month-end jobs do.
    /// </summary>
    /// <returns>How many records that were.</returns>
    public int TouchAll(ObjectType type) =>
        _account.Locked(() =>
        {
            var live = _account.Records(type).All.Where(record => !record.Archived).ToList();
            foreach (var record in live)
                record.Touch(_account.Now, ChangeSource.Calculated);
            _account.Publish(new AccountTouched(_account.Now, ChangeSource.Calculated));
            return live.Count;
        });

    private static WriteInput Input(IReadOnlyDictionary<string, string?> properties) =>
        new() { Properties = new Dictionary<string, string?>(properties, StringComparer.Ordinal) };
}
