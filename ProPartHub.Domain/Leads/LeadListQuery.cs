using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads.Cells;

namespace ProPartHub.Domain.Leads;

/// <summary>The sorts offered; each is read in order from an index. What has no value comes last, either way.</summary>
public enum LeadSort
{
    /// <summary>By number, which is the order of registration.</summary>
    Number,

    /// <summary>By last change.</summary>
    Updated,

    /// <summary>By client name, in Ukrainian order.</summary>
    Name,

    /// <summary>By status, from new to lost.</summary>
    Status,

    /// <summary>By when it was registered, here or in HubSpot.</summary>
    Created,

    /// <summary>By when it came into its stage.</summary>
    InStage,

    /// <summary>By the name of the agent; the pool last.</summary>
    Agent,

    /// <summary>By the name of the agent's team.</summary>
    Team,

    /// <summary>By the lower end of the budget, or the only one; other currencies than USD after it.</summary>
    Budget,

    /// <summary>By country of purchase.</summary>
    Country,

    /// <summary>By source.</summary>
    Source,

    /// <summary>By phone.</summary>
    Phone,

    /// <summary>By second phone.</summary>
    SecondPhone,

    /// <summary>By mail address.</summary>
    Email,

    /// <summary>By Telegram name, in whichever case it is written.</summary>
    Telegram,

    /// <summary>By preferred messenger.</summary>
    Messenger,

    /// <summary>By company, in Ukrainian order.</summary>
    Company,

    /// <summary>By language.</summary>
    Language,

    /// <summary>By purpose of the purchase.</summary>
    PurchaseGoal,

    /// <summary>By off-plan, resale or commercial.</summary>
    PropertyType,

    /// <summary>By kind of object.</summary>
    ObjectType,

    /// <summary>By when the next open follow-up is due.</summary>
    FollowUp,

    /// <summary>By how it stands with HubSpot: what is set aside, what waits, what is in step; each by number.</summary>
    Sync,
}

/// <summary>How a lead stands with HubSpot, as filters offer it.</summary>
public enum LeadSyncFilter
{
    /// <summary>Something of it waits to be carried to HubSpot.</summary>
    Waiting = 1,

    /// <summary>Something of it was set aside because HubSpot refuses it.</summary>
    Parked,

    /// <summary>Nothing of it waits or is set aside.</summary>
    InStep,
}

/// <summary>In what a lead's budget is.</summary>
public enum LeadMoney
{
    /// <summary>In US dollars: what sums are made of.</summary>
    Dollars = 1,

    /// <summary>In another currency: what sums leave out.</summary>
    Other,
}

/// <summary>What is not known of a lead.</summary>
public enum LeadBlank
{
    /// <summary>The team: nobody's leads, and those of agents without one.</summary>
    Team = 1,

    /// <summary>Where it came from.</summary>
    Source,

    /// <summary>The country of purchase.</summary>
    Country,
}

/// <summary>What a list of leads shows: filters, sort and place. Everything fits in a URL.</summary>
public sealed record LeadListQuery
{
    /// <summary>Rows of a page.</summary>
    public const int DefaultPageSize = 50;

    /// <summary>Most values of one filter; whoever wants more wants all.</summary>
    public const int MaxValues = 100;

    /// <summary>Largest page.</summary>
    public const int MaxPageSize = 200;

    /// <summary>Text looked for in name, phones, mail, company, Telegram and number.</summary>
    public string? Search
    {
        get;
        init => field = ReadableText.Cleaned(value);
    }

    /// <summary>Only these statuses; empty for all.</summary>
    public IReadOnlyList<LeadStatus> Statuses { get; init; } = [];

    /// <summary>Only these stages; empty for all.</summary>
    public IReadOnlyList<Guid> StageIds { get; init; } = [];

    /// <summary>Only these agents' leads; empty for everybody's.</summary>
    public IReadOnlyList<Guid> AgentIds { get; init; } = [];

    /// <summary>Only leads of this team's agents.</summary>
    public Guid? TeamId { get; init; }

    /// <summary>Only the unassigned pool.</summary>
    public bool OnlyPool { get; init; }

    /// <summary>Only these countries of purchase; empty for all.</summary>
    public IReadOnlyList<string> Countries
    {
        get;
        init => field = Cleaned(value);
    } = [];

    /// <summary>Only these sources; empty for all.</summary>
    public IReadOnlyList<string> Sources
    {
        get;
        init => field = Cleaned(value);
    } = [];

    /// <summary>Only leads with one of these tags; empty for all leads.</summary>
    public IReadOnlyList<Guid> TagIds { get; init; } = [];

    /// <summary>Only budgets that reach into this one of <see cref="LeadOptions.BudgetBands"/>, by its place; null for
    /// all. The bands are in USD, and so are the budgets found.</summary>
    public int? BudgetBand { get; init; }

    /// <summary>Registered on this UTC instant or later.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Registered before this UTC instant.</summary>
    public DateTimeOffset? CreatedBefore { get; init; }

    /// <summary>Only leads that need attention.</summary>
    public bool OnlyAttention { get; init; }

    /// <summary>Only leads that stand so with HubSpot.</summary>
    public LeadSyncFilter? Sync { get; init; }

    /// <summary>Only leads that have been handed from one agent to another.</summary>
    public bool OnlyTransferred { get; init; }

    /// <summary>Only open leads about which nothing has happened since this UTC instant.</summary>
    public DateTimeOffset? QuietSince { get; init; }

    /// <summary>Only leads whose budget is so; those without a budget are left out.</summary>
    public LeadMoney? Money { get; init; }

    /// <summary>Only leads of which this is not known.</summary>
    public LeadBlank? Blank { get; init; }

    /// <summary>Only what a number of a report counts.</summary>
    public LeadCell? Cell { get; init; }

    /// <summary>The archive in place of the living leads.</summary>
    public bool Archived { get; init; }

    /// <summary>Sort.</summary>
    public LeadSort Sort { get; init; } = LeadSort.Number;

    /// <summary>True for newest, latest or last first.</summary>
    public bool Descending { get; init; } = true;

    /// <summary>Rows wanted, 1 to <see cref="MaxPageSize"/>.</summary>
    public int PageSize { get; init; } = DefaultPageSize;

    /// <summary>Start after this place (<see cref="LeadPage.Next"/>) or, with <see cref="Backward"/>, end before it.</summary>
    public string? Cursor { get; init; }

    /// <summary>True to read the page before <see cref="Cursor"/>.</summary>
    public bool Backward { get; init; }

    /// <summary>True when anything narrows the list.</summary>
    public bool HasFilters =>
        !string.IsNullOrWhiteSpace(Search)
        || Statuses.Count > 0
        || StageIds.Count > 0
        || AgentIds.Count > 0
        || TeamId is not null
        || OnlyPool
        || Countries.Count > 0
        || Sources.Count > 0
        || TagIds.Count > 0
        || BudgetBand is not null
        || CreatedFrom is not null
        || CreatedBefore is not null
        || OnlyAttention
        || Sync is not null
        || OnlyTransferred
        || QuietSince is not null
        || Money is not null
        || Blank is not null
        || Cell is not null;

    private static IReadOnlyList<string> Cleaned(IReadOnlyList<string> values) =>
        values.Count == 0 ? [] : [.. values.Select(ReadableText.Cleaned).OfType<string>().Distinct()];
}

/// <summary>One row of a list, or one card of a board.</summary>
public sealed record LeadRow(
    Guid Id,
    long Number,
    string ClientName,
    string? Phone,
    string? Email,
    Guid? AgentId,
    string? AgentName,
    Guid? TeamId,
    Guid StageId,
    string StageLabel,
    LeadStatus Status,
    DateTimeOffset StageChangedAt,
    string? Country,
    string? Source,
    decimal? BudgetFrom,
    decimal? BudgetTo,
    string Currency,
    Attention Attention,
    bool IsArchived,
    bool IsDemo,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt
);

/// <summary>A page of a list.</summary>
/// <param name="Rows">The rows, in the asked order.</param>
/// <param name="Previous">Cursor of the page before, null on the first.</param>
/// <param name="Next">Cursor of the page after, null on the last.</param>
public sealed record LeadPage(IReadOnlyList<LeadRow> Rows, string? Previous, string? Next);

/// <summary>How many rows a list has; counting stops at <see cref="Cap"/>, of a search at <see cref="SearchCap"/>.</summary>
/// <param name="Value">Rows counted.</param>
/// <param name="IsCapped">True when there are more: shown as "10,000+".</param>
public sealed record LeadCount(int Value, bool IsCapped)
{
    /// <summary>Where counting stops: a person does nothing else with 10,000 than with 100,000.</summary>
    public const int Cap = 10_000;

    /// <summary>
    /// Where the counting of a search stops: whoever searches and finds so many types another word, and each of them has to
    /// be read to see whether it fits.
    /// </summary>
    public const int SearchCap = 500;
}
