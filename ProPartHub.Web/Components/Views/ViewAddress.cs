using Microsoft.AspNetCore.WebUtilities;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Views;

namespace ProPartHub.Web.Components.Views;

/// <summary>
/// The part of an address that says which saved view it began with. What is shown is always what the rest of the address
/// says; the view only gives it a name.
/// </summary>
internal static class ViewAddress
{
    private const string View = "v";

    // Says that nothing is asked for on purpose, where the bare address would open the person's first view.
    private const string All = "all";

    /// <summary>The view's part of an address; null where there is none.</summary>
    public static string? ViewOf(Uri address) =>
        QueryHelpers.ParseQuery(address.Query).GetValueOrDefault(View).ToString() is { Length: > 0 } text ? text : null;

    /// <summary>An address with a view's part.</summary>
    /// <param name="path">The page.</param>
    /// <param name="query">What it shows, without a view's part.</param>
    /// <param name="view">The view's part, or null.</param>
    /// <param name="hasStart">True where the bare address would open a view.</param>
    public static string Of(string path, string query, string? view, bool hasStart) =>
        Guid.TryParse(view, out _) ? QueryHelpers.AddQueryString(path + query, View, view!)
        : query.Length == 0 ? Bare(path, hasStart)
        : path + query;

    /// <summary>The address of the page without anything asked for.</summary>
    public static string Bare(string path, bool hasStart) =>
        hasStart ? QueryHelpers.AddQueryString(path, View, All) : path;

    /// <summary>The address of a view.</summary>
    public static string Of(string path, ViewItem view) =>
        QueryHelpers.AddQueryString(path + view.Address, View, view.Id.ToString());

    /// <summary>Where the bare address of a page leads the person; null for any other address and without a first view.</summary>
    public static async Task<string?> StartAsync(
        SavedViews views,
        Actor actor,
        ViewPage page,
        Uri address,
        CancellationToken cancellationToken
    ) =>
        address.Query.Length <= 1 && await views.StartAsync(actor, page, cancellationToken) is { } start
            ? Of(address.AbsolutePath, start)
            : null;
}
