using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Views;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Web.Components.Views;

/// <summary>
/// The saved views of a page: opens them, says when what is shown is no longer what the view names, saves, shares, deletes. The
/// address decides what is shown; a view is a name for one.
/// </summary>
public sealed partial class ViewPicker : IDisposable
{
    private const int UndoFor = 10_000;

    private readonly PageLife _closed = new();
    private IReadOnlyList<ViewItem> _views = [];

    /// <summary>Of which page the views are.</summary>
    [Parameter, EditorRequired]
    public ViewPage Page { get; set; }

    /// <summary>That page's path.</summary>
    [Parameter, EditorRequired]
    public string Path { get; set; } = "";

    /// <summary>Who looks.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>What the page shows, as the query part of an address without the view's part.</summary>
    [Parameter, EditorRequired]
    public string Query { get; set; } = "";

    /// <summary>The view's part of the address.</summary>
    [Parameter]
    public string? ViewText { get; set; }

    /// <summary>Writes a saved query as the page would write it today, so that an old way of writing is no change.</summary>
    [Parameter, EditorRequired]
    public Func<string, string> Canonical { get; set; } = null!;

    /// <summary>Called with the views whenever they were read.</summary>
    [Parameter]
    public EventCallback<IReadOnlyList<ViewItem>> OnRead { get; set; }

    [Inject]
    private SavedViews Views { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    // A view that was deleted or is no longer shared names nothing: the address shows what it shows.
    private ViewItem? Current =>
        Guid.TryParse(ViewText, out var id) ? _views.FirstOrDefault(view => view.Id == id) : null;

    private bool IsChanged => Current is { } view && Canonical(view.Address) != Query;

    /// <inheritdoc/>
    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() =>
        RendererInfo.IsInteractive ? TryAsync(() => Task.CompletedTask) : Task.CompletedTask;

    private Task SaveAsync() =>
        TryAsync(async () =>
        {
            await Views.SetAddressAsync(Actor, Current!.Id, Query, _closed.Token);
            Snackbar.Add(T["Saved", Current!.Name], Severity.Success);
        });

    private async Task SaveAsAsync()
    {
        var id = Guid.CreateVersion7();
        var query = Query;
        var saved = await SaveViewDialog.AskAsync(
            Dialogs,
            T["SaveNew"],
            ViewRights.Offered(Actor),
            "",
            ViewSharing.Nobody,
            (name, sharing) => Views.SaveAsync(Actor, id, Page, name, query, sharing, CancellationToken.None)
        );
        if (saved)
        {
            await TryAsync(() => Task.CompletedTask);
            Navigation.NavigateTo(ViewAddress.Of(Path, query, id.ToString(), hasStart: false));
        }
    }

    private async Task RenameAsync(ViewItem view)
    {
        // An admin may leave as it is how somebody else has shared it.
        var offered = ViewRights.Offered(Actor).Append(view.SharedWith).Distinct().Order().ToList();
        var saved = await SaveViewDialog.AskAsync(
            Dialogs,
            T["Rename"],
            offered,
            view.Name,
            view.SharedWith,
            (name, sharing) => Views.RenameAsync(Actor, view.Id, name, sharing, CancellationToken.None)
        );
        if (saved)
        {
            await TryAsync(() => Task.CompletedTask);
        }
    }

    private Task SetStartAsync(ViewItem view) =>
        TryAsync(() => Views.SetStartAsync(Actor, Page, view.IsStart ? null : view.Id, _closed.Token));

    private Task MoveUpAsync(ViewItem view) => TryAsync(() => Views.MoveUpAsync(Actor, view.Id, _closed.Token));

    private Task DeleteAsync(ViewItem view) =>
        TryAsync(async () =>
        {
            await Views.DeleteAsync(Actor, view.Id, _closed.Token);
            Snackbar.Add(
                T["Deleted", view.Name],
                Severity.Normal,
                options =>
                {
                    options.Action = T["Undo"];
                    options.ActionColor = Color.Primary;
                    options.VisibleStateDuration = UndoFor;
                    options.OnClick = _ => InvokeAsync(() => RestoreAsync(view));
                }
            );
        });

    private async Task RestoreAsync(ViewItem view)
    {
        await TryAsync(() => Views.RestoreAsync(Actor, view.Id, CancellationToken.None));
        StateHasChanged();
    }

    // Whatever was done, the menu then shows how things stand.
    private async Task TryAsync(Func<Task> command)
    {
        try
        {
            await command();
            if (!_closed.IsCancellationRequested)
            {
                _views = await Views.ListAsync(Actor, Page, _closed.Token);
                await OnRead.InvokeAsync(_views);
            }
        }
        catch (InvalidInputException exception)
        {
            Snackbar.Add(T.Fault(exception.Errors[0]), Severity.Error);
        }
        catch (Exception exception) when (exception is NotFoundException or ForbiddenException)
        {
            Snackbar.Add(T["Gone"], Severity.Error);
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            // The banner tells of the database; without the menu the page works.
        }
    }
}
