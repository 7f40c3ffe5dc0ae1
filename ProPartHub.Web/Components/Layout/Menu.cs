using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace ProPartHub.Web.Components.Layout;

/// <summary>
/// A menu of the portal: it shows what its person may open and marks what is open. One component with plain links, since a
/// component for each link and icon was a third of what an idle page kept in memory.
/// </summary>
public abstract class Menu : PersonView, IDisposable
{
    private string _path = "";

    [Inject]
    private NavigationManager Address { get; set; } = null!;

    /// <summary>What the person may open, in order; nothing for somebody who is not signed in.</summary>
    private protected IReadOnlyList<NavigationEntry> Entries { get; private set; } = [];

    private string Path => "/" + Address.ToBaseRelativePath(Address.Uri).Split('?', '#')[0];

    /// <inheritdoc/>
    public void Dispose()
    {
        Address.LocationChanged -= Moved;
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _path = Path;
        Address.LocationChanged += Moved;
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        await base.OnParametersSetAsync();
        Entries = Person is { } person ? [.. Navigation.Entries.Where(entry => entry.IsFor(person))] : [];
    }

    /// <summary>What a link to a place says of itself where the place is open, for <c>aria-current</c>.</summary>
    private protected string? Current(string href) => Navigation.IsAt(href, _path) ? "page" : null;

    /// <summary>The class of a link to a place.</summary>
    private protected string Class(string name, string href) => Navigation.IsAt(href, _path) ? $"{name} active" : name;

    private void Moved(object? sender, LocationChangedEventArgs move) =>
        _ = InvokeAsync(() =>
        {
            if (_path != Path)
            {
                _path = Path;
                StateHasChanged();
            }
        });
}
