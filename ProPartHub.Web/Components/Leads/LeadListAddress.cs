using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using ProPartHub.Domain.Leads;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Leads;

/// <summary>
/// A list's filters, sort and place as the address of its page, so that reload, back and a shared link show the same.
/// A value that makes no sense counts as absent.
/// </summary>
internal static class LeadListAddress
{
    public const string Path = "/leads";

    private const string DayFormat = "yyyy-MM-dd";
    private const string Search = "q";
    private const string Status = "status";
    private const string Stage = "stage";
    private const string Agent = "agent";
    private const string View = "view";
    private const string Team = "team";
    private const string Sync = "sync";
    private const string Country = "country";
    private const string Source = "source";
    private const string Tag = "tag";
    private const string Budget = "budget";
    private const string From = "from";
    private const string To = "to";
    private const string Quiet = "quiet";
    private const string Money = "money";
    private const string Blank = "without";
    private const string Cell = "cell";
    private const string Sort = "sort";
    private const string After = "after";
    private const string Before = "before";

    private const string Pool = "pool";
    private const string Attention = "attention";
    private const string Transferred = "transferred";
    private const string Archive = "archive";

    // Years outside are half-typed dates.
    private const int FirstYear = 1900;
    private const int LastYear = 2999;

    /// <summary>Reads the address of the page.</summary>
    /// <param name="address">The address.</param>
    /// <param name="time">The zone whose days the address names.</param>
    public static LeadListQuery Read(Uri address, AgencyTime time)
    {
        var values = QueryHelpers.ParseQuery(address.Query);
        var views = All(View);
        var sort = ParseEnum<LeadSort>(Text(Sort)?.TrimStart('-'));
        var before = Text(Before);
        return new LeadListQuery
        {
            Search = Text(Search),
            Statuses = [.. All(Status).Select(ParseEnum<LeadStatus>).OfType<LeadStatus>().Distinct()],
            StageIds = Ids(Stage),
            AgentIds = Ids(Agent),
            TeamId = Id(Team),
            Countries = Texts(Country),
            Sources = Texts(Source),
            TagIds = Ids(Tag),
            BudgetBand = Band(Text(Budget)),
            CreatedFrom = StartOf(Text(From), time),
            CreatedBefore = StartOf(Text(To), time, later: 1),
            OnlyPool = views.Contains(Pool),
            OnlyAttention = views.Contains(Attention),
            OnlyTransferred = views.Contains(Transferred),
            QuietSince = StartOf(Text(Quiet), time),
            Money = ParseEnum<LeadMoney>(Text(Money)),
            Blank = ParseEnum<LeadBlank>(Text(Blank)),
            Cell = LeadCellAddress.Read(Text(Cell), time),
            Archived = views.Contains(Archive),
            Sync = ParseEnum<LeadSyncFilter>(Text(Sync)),
            Sort = sort ?? LeadSort.Number,
            Descending = sort is null || Text(Sort)!.StartsWith('-'),
            Cursor = before ?? Text(After),
            Backward = before is not null,
        };

        StringValues All(string name) => values.GetValueOrDefault(name);
        string? Text(string name) => One(All(name).ToString());
        IReadOnlyList<string> Texts(string name) =>
            [.. All(name).Select(One).OfType<string>().Take(LeadListQuery.MaxValues)];
        IReadOnlyList<Guid> Ids(string name) =>
            [
                .. All(name)
                    .Select(text => Guid.TryParse(text, out var id) ? id : (Guid?)null)
                    .OfType<Guid>()
                    .Distinct()
                    .Take(LeadListQuery.MaxValues),
            ];
        Guid? Id(string name) => Guid.TryParse(Text(name), out var id) ? id : null;
        static int? Band(string? text) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var band)
            && band < LeadOptions.BudgetBands.Count
                ? band
                : null;
    }

    /// <summary>A day as the address and date inputs write it; null for anything else.</summary>
    public static DateOnly? ParseDay(string? text) =>
        DateOnly.TryParseExact(text, DayFormat, out var day) && day.Year is >= FirstYear and <= LastYear ? day : null;

    /// <summary>The address that shows the query; what is the default is left out.</summary>
    public static string Write(LeadListQuery query, AgencyTime time) =>
        QueryHelpers.AddQueryString(Path, Values(query, time));

    /// <summary>The query as names and values, for the address of any page with these filters.</summary>
    public static List<KeyValuePair<string, string?>> Values(LeadListQuery query, AgencyTime time)
    {
        var values = new List<KeyValuePair<string, string?>>();
        Add(Search, query.Search);
        AddAll(Status, query.Statuses.Select(status => status.ToString().ToLowerInvariant()));
        AddAll(Stage, query.StageIds.Select(id => id.ToString()));
        AddAll(Agent, query.AgentIds.Select(id => id.ToString()));
        Add(Team, query.TeamId?.ToString());
        AddAll(Country, query.Countries);
        AddAll(Source, query.Sources);
        AddAll(Tag, query.TagIds.Select(id => id.ToString()));
        Add(Budget, query.BudgetBand?.ToString(CultureInfo.InvariantCulture));
        Add(From, Day(time.FirstDay(query.CreatedFrom)));
        Add(To, Day(time.LastDay(query.CreatedBefore)));
        Add(Quiet, Day(time.FirstDay(query.QuietSince)));
        Add(Money, query.Money?.ToString().ToLowerInvariant());
        Add(Blank, query.Blank?.ToString().ToLowerInvariant());
        Add(Cell, LeadCellAddress.Write(query.Cell, time));
        Add(View, query.OnlyPool ? Pool : null);
        Add(View, query.OnlyAttention ? Attention : null);
        Add(View, query.OnlyTransferred ? Transferred : null);
        Add(View, query.Archived ? Archive : null);
        Add(Sync, query.Sync?.ToString().ToLowerInvariant());
        if (query.Sort is not LeadSort.Number || !query.Descending)
        {
            Add(Sort, (query.Descending ? "-" : "") + query.Sort.ToString().ToLowerInvariant());
        }

        Add(query.Backward ? Before : After, query.Cursor);
        return values;

        void AddAll(string name, IEnumerable<string> several) =>
            values.AddRange(several.Select(value => KeyValuePair.Create(name, (string?)value)));

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                values.Add(KeyValuePair.Create(name, (string?)value));
            }
        }
    }

    /// <summary>When a typed day begins, or the one so many days later; null for anything but a day.</summary>
    public static DateTimeOffset? StartOf(string? day, AgencyTime time, int later = 0) =>
        ParseDay(day) is { } date ? time.StartOf(date.AddDays(later)) : null;

    /// <summary>A day as the address and date inputs write it.</summary>
    public static string? Day(DateOnly? day) => day?.ToString(DayFormat, CultureInfo.InvariantCulture);

    private static string? One(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    /// <summary>A named value as the address writes it; null for anything else.</summary>
    public static T? ParseEnum<T>(string? text)
        where T : struct, Enum =>
        Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;
}
