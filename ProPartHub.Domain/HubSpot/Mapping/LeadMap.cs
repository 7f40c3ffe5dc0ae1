using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.HubSpot.Mapping;

/// <summary>
/// The whole mapping between a lead and its contact and deal, for the properties that the account really has.
/// </summary>
internal sealed class LeadMap
{
    private static readonly string[] Always = [AccountSchema.LeadIdProperty, "createdate"];
    private readonly Dictionary<PropertyRef, PropertyKind> _kinds = [];
    private readonly PropertyRef[] _ofContacts;
    private readonly PropertyRef[] _ofDeals;
    private readonly AccountSchema _schema;

    /// <summary>Builds the mapping.</summary>
    public LeadMap(AccountSchema schema, StageIndex stages, AgentDirectory agents)
    {
        (_schema, Stages, Agents) = (schema, stages, agents);
        Stage = new StageField(stages);
        Agent = new AgentField(Existing([AgentField.Owner, .. AgentField.NameProperties]), agents);
        PropertyRef[] budget = [BudgetField.Amount, BudgetField.Band];
        PropertyRef[] name = [ClientNameField.DealName, ClientNameField.FirstName, ClientNameField.LastName];
        foreach (var property in budget.Concat(name).Concat(Stage.Properties).Concat(Agent.Properties))
        {
            _kinds[property] = property == BudgetField.Amount ? PropertyKind.Number : PropertyKind.Text;
        }

        Fields =
        [
            new ClientNameField(Existing(name)),
            new BudgetField(Existing(budget)),
            Stage,
            Agent,
            .. PropertyTable.Rows.Select(Plain).OfType<FieldMap>(),
        ];
        _ofContacts = [.. _kinds.Keys.Where(property => property.Type == HubSpotObjectTypes.Contacts)];
        _ofDeals = [.. _kinds.Keys.Where(property => property.Type == HubSpotObjectTypes.Deals)];
        ContactProperties = Names(_ofContacts, HubSpotObjectTypes.Contacts, "lastmodifieddate");
        MirrorProperties =
        [
            .. Contacts.ContactProperties.All.Where(name =>
                name == HubSpotObject.MergedIdsProperty || schema.Has(PropertyRef.Contact(name))
            ),
        ];
        DealProperties = Names(_ofDeals, HubSpotObjectTypes.Deals, "hs_lastmodifieddate");
    }

    /// <summary>Stages as last read.</summary>
    public StageIndex Stages { get; }

    /// <summary>People as last read.</summary>
    public AgentDirectory Agents { get; }

    /// <summary>Everything that is exchanged.</summary>
    public IReadOnlyList<FieldMap> Fields { get; }

    /// <summary>The stage among them.</summary>
    public StageField Stage { get; }

    /// <summary>The agent among them.</summary>
    public AgentField Agent { get; }

    /// <summary>Contact properties to ask for.</summary>
    public IReadOnlyList<string> ContactProperties { get; }

    /// <summary>Properties to ask for of contacts that are only to be looked through.</summary>
    public IReadOnlyList<string> MirrorProperties { get; }

    /// <summary>Deal properties to ask for.</summary>
    public IReadOnlyList<string> DealProperties { get; }

    /// <summary>True when creation is idempotent by the hub's own unique property.</summary>
    public bool HasLeadIds => _schema.HasLeadIds;

    /// <summary>True when the account has the property and takes values for it.</summary>
    public bool CanWrite(PropertyRef property) => _schema.CanWrite(property);

    /// <summary>The exchanged values of a record, normalised: what snapshots hold.</summary>
    public Dictionary<string, string?> Snapshot(string type, HubSpotObject record) =>
        (type == HubSpotObjectTypes.Contacts ? _ofContacts : _ofDeals).ToDictionary(
            property => property.Name,
            property => Normalise(property, record[property.Name])
        );

    /// <summary>A value in the form in which snapshots hold it.</summary>
    public string? Normalise(PropertyRef property, string? raw) =>
        PropertyValue.Normalise(_kinds.GetValueOrDefault(property), raw);

    /// <summary>The properties, by name, with which a new record of a lead is made; blank ones are left out.</summary>
    public Dictionary<string, string?> NewRecord(string type, Lead lead) =>
        Fields
            .SelectMany(field => Differences(field, field.Ours(lead), null, RecordPair.Empty))
            .Where(change => change.Key.Type == type && change.Value is not null)
            .ToDictionary(change => change.Key.Name, change => change.Value);

    /// <summary>What differs between the properties a value should stand in and what HubSpot has.</summary>
    public Dictionary<PropertyRef, string?> Differences(
        FieldMap field,
        string? value,
        string? agreed,
        RecordPair theirs
    ) =>
        field
            .Write(value, agreed, theirs)
            .Where(entry => CanWrite(entry.Key) && Normalise(entry.Key, entry.Value) != theirs[entry.Key])
            .ToDictionary(entry => entry.Key, entry => entry.Value);

    private PlainField? Plain(PropertyTable.Row row)
    {
        var properties = Existing(row.Reads);
        foreach (var property in properties)
        {
            _kinds[property] = _schema.KindOf(property, row.Kind);
        }

        // Where an account holds a property twice ("…__cloned_"), the first of each group is the one in use.
        var writes = row
            .Writes.Select(group => group.FirstOrDefault(_schema.CanWrite))
            .Where(found => found != default);
        return properties.Count == 0
            ? null
            : new PlainField(row.Field, properties, [.. writes], [.. properties.Where(_schema.CanWrite)], Normalise);
    }

    private List<PropertyRef> Existing(IEnumerable<PropertyRef> properties) => [.. properties.Where(_schema.Has)];

    private List<string> Names(PropertyRef[] exchanged, string type, string modified) =>
        [
            .. exchanged
                .Select(property => property.Name)
                .Concat(Always.Where(name => _schema.Has(new(type, name))))
                .Append(modified),
        ];
}
