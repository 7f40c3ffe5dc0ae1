using ProPartHub.Domain.Errors;

namespace ProPartHub.Domain.HubSpot.Contacts;

/// <summary>The sorts offered; each is read in order from an index.</summary>
public enum ContactSort
{
    /// <summary>When the contact was made in HubSpot.</summary>
    Created,

    /// <summary>When it last changed in HubSpot.</summary>
    Changed,

    /// <summary>By name, in Ukrainian order.</summary>
    Name,

    /// <summary>By HubSpot's id.</summary>
    Id,
}

/// <summary>What a list of HubSpot's contacts shows: filters, sort and place. Everything fits in a URL.</summary>
public sealed record ContactQuery
{
    /// <summary>Stands for "nobody" as an owner.</summary>
    public const string Nobody = "none";

    /// <summary>Rows of a page.</summary>
    public const int StandardPageSize = 50;

    /// <summary>Most rows of a page.</summary>
    public const int MaxPageSize = 500;

    /// <summary>Text looked for in name, mail, numbers, company and id.</summary>
    public string? Search
    {
        get;
        init => field = ReadableText.Cleaned(value);
    }

    /// <summary>Only contacts with a number, or without; null for both.</summary>
    public bool? HasPhone { get; init; }

    /// <summary>Only contacts with a mail, or without; null for both.</summary>
    public bool? HasMail { get; init; }

    /// <summary>Only contacts on which a lead stands here, or none does; null for both.</summary>
    public bool? HasLead { get; init; }

    /// <summary>Only contacts of this owner, by HubSpot's id; <see cref="Nobody"/> for those without.</summary>
    public string? OwnerId
    {
        get;
        init => field = ReadableText.Cleaned(value);
    }

    /// <summary>Only contacts made on this day or later, by the agency's calendar.</summary>
    public DateOnly? CreatedFrom { get; init; }

    /// <summary>Only contacts made on this day or earlier, by the agency's calendar.</summary>
    public DateOnly? CreatedTo { get; init; }

    /// <summary>What lies in HubSpot's recycle bin in place of what does not.</summary>
    public bool Archived { get; init; }

    /// <summary>Sort.</summary>
    public ContactSort Sort { get; init; }

    /// <summary>True to turn the order of the sort round: the newest come first unless it is set, names from А.</summary>
    public bool Reversed { get; init; }

    /// <summary>Start after this place (<see cref="ContactPage.Next"/>) or, with <see cref="Backward"/>, end before it.</summary>
    public string? Cursor { get; init; }

    /// <summary>True to read the page before <see cref="Cursor"/>.</summary>
    public bool Backward { get; init; }

    /// <summary>Rows of a page, <see cref="MaxPageSize"/> at most.</summary>
    public int PageSize { get; init; } = StandardPageSize;

    /// <summary>True when the sort runs from large to small.</summary>
    public bool IsDescending => Sort is ContactSort.Name or ContactSort.Id ? Reversed : !Reversed;

    /// <summary>True when anything narrows the list.</summary>
    public bool HasFilters => Filters > 0 || !string.IsNullOrWhiteSpace(Search);

    /// <summary>How many filters narrow it, without the search.</summary>
    public int Filters =>
        new[]
        {
            HasPhone is not null,
            HasMail is not null,
            HasLead is not null,
            OwnerId is not null,
            CreatedFrom is not null,
            CreatedTo is not null,
        }.Count(isSet => isSet);
}

/// <summary>A contact in the list.</summary>
/// <param name="Id">HubSpot's id.</param>
/// <param name="Number">The same as a number.</param>
/// <param name="Name">First and last name; empty where it has neither.</param>
/// <param name="Email">Mail.</param>
/// <param name="Company">Company.</param>
/// <param name="OwnerId">HubSpot's owner id.</param>
/// <param name="OwnerName">The owner's name; null where HubSpot lists no such owner.</param>
/// <param name="Lifecycle">Lifecycle stage, as HubSpot stores it.</param>
/// <param name="LeadStatus">Lead status, as HubSpot stores it.</param>
/// <param name="CreatedAt">When it was made in HubSpot (UTC).</param>
/// <param name="UpdatedAt">When it last changed there (UTC).</param>
/// <param name="ArchivedAt">When it was found in the recycle bin (UTC).</param>
public sealed record ContactRow(
    string Id,
    long Number,
    string Name,
    string? Email,
    string? Company,
    string? OwnerId,
    string? OwnerName,
    string? Lifecycle,
    string? LeadStatus,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? ArchivedAt
)
{
    /// <summary>Its numbers in the order in which people read them, each once however often it is written.</summary>
    public IReadOnlyList<ContactPhone> Phones { get; init; } = [];

    /// <summary>Leads that stand on it, the newest first.</summary>
    public IReadOnlyList<ContactLead> Leads { get; init; } = [];
}

/// <summary>A number of a contact.</summary>
/// <param name="Property">The property of HubSpot's that holds it.</param>
/// <param name="Text">As written.</param>
/// <param name="E164">The same as E.164; null where it cannot be read as a number.</param>
public sealed record ContactPhone(string Property, string Text, string? E164);

/// <summary>A lead that stands on a contact.</summary>
/// <param name="Id">The lead.</param>
/// <param name="Number">Its number.</param>
public sealed record ContactLead(Guid Id, long Number);

/// <summary>A page of the list.</summary>
/// <param name="Rows">The rows, in the asked order.</param>
/// <param name="Previous">Cursor of the page before, null on the first.</param>
/// <param name="Next">Cursor of the page after, null on the last.</param>
public sealed record ContactPage(IReadOnlyList<ContactRow> Rows, string? Previous, string? Next);

/// <summary>An owner of contacts.</summary>
/// <param name="Id">HubSpot's owner id.</param>
/// <param name="Name">The name.</param>
public sealed record ContactOwner(string Id, string Name);

/// <summary>How far the contacts of the account are read.</summary>
/// <param name="PortalId">HubSpot's account; null while none is connected.</param>
/// <param name="UiDomain">Host for links to records.</param>
/// <param name="IsSandbox">True for the built-in sandbox, which has no pages for people.</param>
/// <param name="IsOn">False while a switch keeps contacts from being read.</param>
/// <param name="Read">How many the walk under way has read.</param>
/// <param name="Total">How many there are, as HubSpot counted; null before that.</param>
/// <param name="ReadWholeAt">When all were read last (UTC); null until they have been once.</param>
public sealed record ContactMirrorState(
    long? PortalId,
    string? UiDomain,
    bool IsSandbox,
    bool IsOn,
    int Read,
    int? Total,
    DateTimeOffset? ReadWholeAt
)
{
    /// <summary>True until all were read once.</summary>
    public bool IsFilling => PortalId is not null && ReadWholeAt is null;
}
