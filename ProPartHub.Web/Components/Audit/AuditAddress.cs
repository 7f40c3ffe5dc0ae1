using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using ProPartHub.Domain.Audit;

namespace ProPartHub.Web.Components.Audit;

/// <summary>Filter and place of the audit as its address; a value that makes no sense counts as absent.</summary>
internal static class AuditAddress
{
    public const string Path = "/admin/audit";
    public const string ExportPath = $"{Path}/export";
    public const string ActorKey = "actor";
    public const string AboutKey = "about";
    public const string LeadKey = "lead";
    public const string GroupKey = "kind";
    public const string AddressKey = "address";
    public const string FromKey = "from";
    public const string ToKey = "to";
    public const string AfterKey = "after";

    private const string Day = "yyyy-MM-dd";

    /// <summary>The filter of an address, by its values.</summary>
    public static AuditQuery Read(Func<string, string?> value) =>
        new()
        {
            Actor = Guid.TryParse(value(ActorKey), out var actor) ? actor : null,
            About = Guid.TryParse(value(AboutKey), out var about) ? about : null,
            Lead = ReadLead(value(LeadKey)),
            Group =
                Enum.TryParse<AuditGroup>(value(GroupKey), ignoreCase: true, out var group) && Enum.IsDefined(group)
                    ? group
                    : null,
            Address = value(AddressKey)?.Trim() is { Length: > 0 and <= 64 } address ? address : null,
            From = ReadDay(value(FromKey)),
            To = ReadDay(value(ToKey)),
        };

    /// <summary>A lead's number as people write it: 10482 or L-10482.</summary>
    public static long? ReadLead(string? text)
    {
        var digits = text?.Trim();
        if (digits?.StartsWith("L-", StringComparison.OrdinalIgnoreCase) is true)
        {
            digits = digits[2..];
        }

        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    public static DateOnly? ReadDay(string? text) =>
        DateOnly.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day.Year is > 1900 and < 9999
            ? day
            : null;

    public static string? WriteDay(DateOnly? day) => day?.ToString(Day, CultureInfo.InvariantCulture);

    public static string Write(AuditQuery query, AuditPlace? after = null) =>
        QueryHelpers.AddQueryString(Path, Values(query, after));

    public static string WriteExport(AuditQuery query) =>
        QueryHelpers.AddQueryString(ExportPath, Values(query, after: null));

    private static Dictionary<string, string?> Values(AuditQuery query, AuditPlace? after) =>
        new Dictionary<string, string?>
        {
            [ActorKey] = query.Actor?.ToString(),
            [AboutKey] = query.About?.ToString(),
            [LeadKey] = query.Lead?.ToString(CultureInfo.InvariantCulture),
            [GroupKey] = query.Group?.ToString().ToLowerInvariant(),
            [AddressKey] = query.Address,
            [FromKey] = WriteDay(query.From),
            [ToKey] = WriteDay(query.To),
            [AfterKey] = after?.Write(),
        }
            .Where(pair => pair.Value is not null)
            .ToDictionary(pair => pair.Key, pair => pair.Value);
}
