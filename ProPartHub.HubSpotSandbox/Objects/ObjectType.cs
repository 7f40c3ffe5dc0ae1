using System.Diagnostics.CodeAnalysis;
using ProPartHub.HubSpotSandbox.Http;

namespace ProPartHub.HubSpotSandbox.Objects;

/// <summary>A kind of CRM object, with what differs from kind to kind.</summary>
public sealed class ObjectType
{
    private ObjectType(string plural, string singular, string typeId)
    {
        Plural = plural;
        Singular = singular;
        TypeId = typeId;
    }

    public string Plural { get; }

    public string Singular { get; }

    /// <summary>HubSpot's type id, such as 0-1 for contacts.</summary>
    public string TypeId { get; }

    /// <summary>Contacts keep their modification time under a name of their own.</summary>
    public string ModifiedProperty { get; private init; } = "hs_lastmodifieddate";

    public string CreatedProperty { get; private init; } = "hs_createdate";

    /// <summary>What a read gives when it names no properties.</summary>
    public IReadOnlyList<string> DefaultProperties { get; private init; } = [];

    /// <summary>What a creation must carry.</summary>
    public IReadOnlyList<string> RequiredProperties { get; private init; } = ["hs_timestamp"];

    /// <summary>What the free-text query of a search looks through.</summary>
    public IReadOnlyList<string> SearchableProperties { get; private init; } = [];

    /// <summary>The middle part of the scopes that guard this type.</summary>
    public string ScopeName { get; private init; } = "contacts";

    /// <summary>Activities hang on contacts and deals, and logging one moves the time of what it hangs on.</summary>
    public bool IsActivity { get; private init; } = true;

    /// <summary>Contacts and companies get a third id in a merge; other types keep the primary's.</summary>
    public bool MergeMakesNewRecord { get; private init; }

    public static ObjectType Contacts { get; } =
        new("contacts", "contact", "0-1")
        {
            ModifiedProperty = "lastmodifieddate",
            CreatedProperty = "createdate",
            DefaultProperties = ["email", "firstname", "lastname"],
            RequiredProperties = [],
            SearchableProperties =
            [
                "firstname",
                "lastname",
                "email",
                "hs_additional_emails",
                "phone",
                "hs_searchable_calculated_phone_number",
                "company",
            ],
            IsActivity = false,
            MergeMakesNewRecord = true,
        };

    public static ObjectType Companies { get; } =
        new("companies", "company", "0-2")
        {
            CreatedProperty = "createdate",
            DefaultProperties = ["name", "domain"],
            RequiredProperties = [],
            SearchableProperties = ["name", "domain", "website", "phone"],
            ScopeName = "companies",
            IsActivity = false,
            MergeMakesNewRecord = true,
        };

    public static ObjectType Deals { get; } =
        new("deals", "deal", "0-3")
        {
            CreatedProperty = "createdate",
            DefaultProperties = ["dealname", "amount", "closedate", "pipeline", "dealstage"],
            RequiredProperties = ["dealname", "dealstage"],
            SearchableProperties = ["dealname", "pipeline", "dealstage", "description", "dealtype"],
            ScopeName = "deals",
            IsActivity = false,
        };

    public static ObjectType Notes { get; } = new("notes", "note", "0-46") { SearchableProperties = ["hs_note_body"] };

    public static ObjectType Calls { get; } =
        new("calls", "call", "0-48") { SearchableProperties = ["hs_call_title", "hs_call_body"] };

    public static ObjectType Emails { get; } =
        new("emails", "email", "0-49")
        {
            RequiredProperties = ["hs_timestamp", "hs_email_direction"],
            SearchableProperties = ["hs_email_subject"],
        };

    public static ObjectType Meetings { get; } =
        new("meetings", "meeting", "0-47") { SearchableProperties = ["hs_meeting_title", "hs_meeting_body"] };

    public static ObjectType Tasks { get; } =
        new("tasks", "task", "0-27") { SearchableProperties = ["hs_task_subject", "hs_task_body"] };

    public static IReadOnlyList<ObjectType> All { get; } =
    [Contacts, Companies, Deals, Notes, Calls, Emails, Meetings, Tasks];

    /// <summary>Takes plural, singular (in any case) and type id, as HubSpot's paths do.</summary>
    public static bool TryParse(string name, [NotNullWhen(true)] out ObjectType? type) =>
        (
            type = All.FirstOrDefault(candidate =>
                string.Equals(name, candidate.Plural, StringComparison.OrdinalIgnoreCase)
                || string.Equals(name, candidate.Singular, StringComparison.OrdinalIgnoreCase)
                || name == candidate.TypeId
            )
        )
            is not null;

    internal static ObjectType Parse(string name) =>
        TryParse(name, out var type)
            ? type
            : throw ApiError.Validation($"Unable to infer object type from: {name}").Exception();

    public override string ToString() => Plural;
}
