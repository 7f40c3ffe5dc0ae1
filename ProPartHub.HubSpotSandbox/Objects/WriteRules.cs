using ProPartHub.HubSpotSandbox.Account;
using ProPartHub.HubSpotSandbox.Associations;
using ProPartHub.HubSpotSandbox.Http;
using ProPartHub.HubSpotSandbox.Schema;

namespace ProPartHub.HubSpotSandbox.Objects;

/// <summary>
/// Checks a write as a whole before anything is stored: one bad property, and nothing of the record is written.
/// </summary>
internal sealed class WriteRules(HubSpotAccount account, RecordFinder finder, ProgressRules progress)
{
    private static readonly string[] ContactNames = ["email", "firstname", "lastname"];

    public PreparedWrite Create(ObjectType type, WriteInput input)
    {
        var values = CheckValues(type, record: null, input.Properties ?? []);
        if (type == ObjectType.Deals)
            values.TryAdd("pipeline", PipelineBook.DefaultId);

        var missing = type.RequiredProperties.Where(name => values.GetValueOrDefault(name, "") == "").ToList();
        if (missing.Count > 0)
            throw MissingProperties(missing).Exception();
        if (type == ObjectType.Contacts && !HasAnyName(values))
            throw ApiError
                .Validation("One of email, firstname or lastname is required to create a contact")
                .Exception();

        progress.Check(record: null, values);
        CheckUnique(type, record: null, values);
        return new PreparedWrite(type, Target: null, values, [.. Links(type, input.Associations ?? [])]);
    }

    public PreparedWrite Update(CrmRecord record, WriteInput input)
    {
        var values = CheckValues(record.Type, record, input.Properties ?? []);
        progress.Check(record, values);
        CheckUnique(record.Type, record, values);
        return new PreparedWrite(record.Type, record, values, []);
    }

    /// <summary>A record comes back only when nobody took its unique values meanwhile.</summary>
    public void CheckRestorable(CrmRecord record) =>
        CheckUnique(
            record.Type,
            record,
            account
                .Schema.UniqueProperties(record.Type)
                .Where(property => record[property] is not null)
                .ToDictionary(property => property, property => record[property]!, StringComparer.Ordinal)
        );

    private Dictionary<string, string> CheckValues(
        ObjectType type,
        CrmRecord? record,
        Dictionary<string, string?> properties
    )
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var faults = new List<PropertyFault>();
        foreach (var (name, value) in properties)
        {
            var (stored, fault) = CheckValue(type, record, name, value ?? "");
            if (fault is null)
                values[name] = stored;
            else
                faults.Add(fault);
        }

        return faults.Count == 0 ? values : throw Refuse(faults);
    }

    private (string Stored, PropertyFault? Fault) CheckValue(
        ObjectType type,
        CrmRecord? record,
        string name,
        string value
    ) =>
        account.Schema.Find(type, name) switch
        {
            null => ("", PropertyFault.Unknown(name)),
            { ModificationMetadata.ReadOnlyValue: true } => ("", PropertyFault.ReadOnly(name)),
            // An owner is named by the owner's id; a user's id, though it looks alike, is nobody.
            { ReferencedObjectType: "OWNER" } owner when value != "" && account.Owners.All(one => one.Id != value) =>
                PropertyValueRules.NotAnOption(owner, value, account.Owners.Select(one => one.Id)),
            { } property => PropertyValueRules.Check(property, value, record?[name]),
        };

    private void CheckUnique(ObjectType type, CrmRecord? record, Dictionary<string, string> values)
    {
        var unique = account.Records(type).Unique;
        foreach (var property in account.Schema.UniqueProperties(type))
        {
            foreach (var value in UniqueValues.Split(property, values.GetValueOrDefault(property, "")))
            {
                var key = UniqueValues.KeyName(property);
                if (key == UniqueValues.Email && account.BlockedEmails.Contains(value))
                    throw ApiError.Validation("This email address was erased for privacy and is blocked").Exception();
                if (unique.Holder(key, value) is not { } holder || holder == record)
                    continue;

                throw key == UniqueValues.Email
                    ? ApiError.Conflict($"Contact already exists. Existing ID: {holder.IdText}").Exception()
                    : Refuse([PropertyFault.Taken(property, value, holder.IdText)]);
            }
        }
    }

    private IEnumerable<PreparedLink> Links(ObjectType from, IReadOnlyList<AssociationInput> inputs)
    {
        foreach (var input in inputs)
        {
            var types = input.Types ?? [];
            if (types.Count == 0 || input.To?.Id is not { } id)
                throw ApiError.Validation("An association needs a target id and at least one type").Exception();

            // The type of the other record is told only by the association type.
            var to = ObjectType.All.FirstOrDefault(candidate =>
                AssociationType.Between(from, candidate).Any(type => Matches(type, types[0]))
            );
            if (to is null)
                throw ApiError
                    .Validation($"No association type {types[0].AssociationTypeId} exists from {from.Plural}")
                    .Exception();

            yield return new PreparedLink(
                finder.Get(to, id),
                [.. types.Select(type => AssociationType.Get(from, to, type))]
            );
        }
    }

    private static bool Matches(AssociationType type, AssociationTypeInput input) =>
        type.TypeId == input.AssociationTypeId
        && type.Category == (input.AssociationCategory ?? AssociationType.HubSpotDefined);

    private static bool HasAnyName(Dictionary<string, string> values) =>
        ContactNames.Any(name => values.GetValueOrDefault(name, "") != "");

    private static ApiError MissingProperties(IReadOnlyList<string> names) =>
        ApiError.Validation("Error creating object. Some required properties were not set.") with
        {
            Errors =
            [
                new ApiErrorDetail("Some required properties were not set.")
                {
                    Code = "MISSING_REQUIRED_PROPERTY",
                    Context = new Dictionary<string, IReadOnlyList<string>> { ["properties"] = names },
                },
            ],
        };

    private ApiException Refuse(IReadOnlyList<PropertyFault> faults) =>
        PropertyFault.ToError(faults, account.Options.PortalId).Exception();
}
