using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using ProPartHub.Domain.HubSpot.Contacts;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Contacts;

/// <summary>
/// Filters, sort and place of the list of HubSpot's contacts as an address, so that reload, back and a shared link show the
/// same. A value that makes no sense counts as absent.
/// </summary>
internal static class ContactsAddress
{
    public const string Path = "/admin/contacts";
    public const string ExportPath = $"{Path}/export";

    private const string Search = "q";
    private const string Phone = "phone";
    private const string Mail = "mail";
    private const string Lead = "lead";
    private const string Owner = "owner";
    private const string From = "from";
    private const string To = "to";
    private const string View = "view";
    private const string Archive = "archive";
    private const string Sort = "sort";
    private const string After = "after";
    private const string Before = "before";

    private const string Yes = "yes";
    private const string No = "no";
    private const string DayFormat = "yyyy-MM-dd";
    private const int LongestText = 200;

    // Years outside are half-typed dates.
    private const int FirstYear = 1900;
    private const int LastYear = 2999;

    /// <summary>Reads the query of an address.</summary>
    public static ContactQuery Read(string? text)
    {
        var values = QueryHelpers.ParseQuery(text);
        var sort = Text(Sort);
        var before = Text(Before);
        return new ContactQuery
        {
            Search = Text(Search),
            HasPhone = ReadChoice(Text(Phone)),
            HasMail = ReadChoice(Text(Mail)),
            HasLead = ReadChoice(Text(Lead)),
            OwnerId = Text(Owner),
            CreatedFrom = ReadDay(Text(From)),
            CreatedTo = ReadDay(Text(To)),
            Archived = Text(View) == Archive,
            Sort = SortOf(sort),
            Reversed = IsReversed(sort),
            Cursor = before ?? Text(After),
            Backward = before is not null,
        };

        string? Text(string name) =>
            values.GetValueOrDefault(name).ToString().Trim() is { Length: > 0 } found
                ? found[..Math.Min(found.Length, name is Before or After ? found.Length : LongestText)]
                : null;
    }

    /// <summary>Writes a query as the address of the page.</summary>
    public static string Write(ContactQuery query) => Write(Path, query, null);

    /// <summary>The address of everything that a query finds as a file.</summary>
    /// <param name="query">The query; its place is left out.</param>
    /// <param name="format">Null for the plain one.</param>
    public static string WriteExport(ContactQuery query, string? format) =>
        Write(ExportPath, query with { Cursor = null, Backward = false }, format);

    /// <summary>Yes, no or neither, as selects and addresses write it.</summary>
    public static string? WriteChoice(bool? choice) =>
        choice switch
        {
            true => Yes,
            false => No,
            null => null,
        };

    /// <summary>The reverse of <see cref="WriteChoice"/>.</summary>
    public static bool? ReadChoice(string? text) =>
        text switch
        {
            Yes => true,
            No => false,
            _ => null,
        };

    /// <summary>A day as a date input writes it; null for what is none.</summary>
    public static DateOnly? ReadDay(string? text) =>
        DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day.Year is >= FirstYear and <= LastYear
            ? day
            : null;

    /// <summary>A day as a date input reads it.</summary>
    public static string? WriteDay(DateOnly? day) => day?.ToString(DayFormat, CultureInfo.InvariantCulture);

    /// <summary>A sort with its direction as selects and addresses write it; turned round it begins with a hyphen.</summary>
    public static string WriteSort(ContactSort sort, bool isReversed) =>
        (isReversed ? "-" : "") + sort.ToString().ToLowerInvariant();

    /// <summary>The sort of what <see cref="WriteSort"/> wrote; the first for what is none.</summary>
    public static ContactSort SortOf(string? text) =>
        Enum.TryParse<ContactSort>(text?.TrimStart('-'), ignoreCase: true, out var sort) && Enum.IsDefined(sort)
            ? sort
            : default;

    /// <summary>Whether it was turned round.</summary>
    public static bool IsReversed(string? text) => text is ['-', ..];

    private static string Write(string path, ContactQuery query, string? format)
    {
        var sort = WriteSort(query.Sort, query.Reversed);
        var values = new Dictionary<string, string?>
        {
            [Search] = string.IsNullOrWhiteSpace(query.Search) ? null : query.Search.Trim(),
            [Phone] = WriteChoice(query.HasPhone),
            [Mail] = WriteChoice(query.HasMail),
            [Lead] = WriteChoice(query.HasLead),
            [Owner] = query.OwnerId,
            [From] = WriteDay(query.CreatedFrom),
            [To] = WriteDay(query.CreatedTo),
            [View] = query.Archived ? Archive : null,
            [Sort] = sort == WriteSort(default, isReversed: false) ? null : sort,
            [query.Backward ? Before : After] = query.Cursor,
            [TableAnswer.Format] = format,
        };
        return QueryHelpers.AddQueryString(path, values.Where(value => value.Value is not null).ToDictionary());
    }
}
