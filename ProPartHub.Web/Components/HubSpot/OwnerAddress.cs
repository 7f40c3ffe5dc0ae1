using Microsoft.AspNetCore.WebUtilities;
using ProPartHub.Domain.HubSpot.Sync;

namespace ProPartHub.Web.Components.HubSpot;

/// <summary>The parts of the owners' list.</summary>
internal enum OwnerPart
{
    /// <summary>Owners beside people.</summary>
    Owners,

    /// <summary>Names for agents that are nobody's.</summary>
    Names,

    /// <summary>Leads with another agent than in HubSpot.</summary>
    Mismatches,
}

/// <summary>Part, filter and search of the owners as an address; a value that makes no sense counts as absent.</summary>
internal static class OwnerAddress
{
    public const string PartKey = "part";
    public const string FilterKey = "only";
    public const string SearchKey = "q";

    public static string Write(
        OwnerPart part,
        OwnerFilter filter = OwnerFilter.All,
        string? search = null,
        int page = 1
    ) =>
        QueryHelpers.AddQueryString(
            SyncAddress.Write(SyncView.Owners),
            new Dictionary<string, string?>
            {
                [PartKey] = part is OwnerPart.Owners ? null : part.ToString().ToLowerInvariant(),
                [FilterKey] = filter is OwnerFilter.All ? null : filter.ToString().ToLowerInvariant(),
                [SearchKey] = string.IsNullOrWhiteSpace(search) ? null : search.Trim(),
                [SyncAddress.PageKey] =
                    page <= 1 ? null : page.ToString(System.Globalization.CultureInfo.InvariantCulture),
            }
        );

    public static OwnerPart ReadPart(string? text) => Read(text, OwnerPart.Owners);

    public static OwnerFilter ReadFilter(string? text) => Read(text, OwnerFilter.All);

    private static T Read<T>(string? text, T otherwise)
        where T : struct, Enum =>
        Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : otherwise;
}
