using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads.Tags;
using ProPartHub.Domain.People;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Leads.Listing;

/// <summary>The agency's tags, for those who set them: made, renamed, coloured and taken out of use.</summary>
public sealed partial class TagMenu : IDisposable
{
    private readonly PageLife _closed = new();
    private IReadOnlyList<TagItem> _tags = [];
    private Guid _id = Guid.CreateVersion7();
    private string _name = "";
    private TagColour _colour = TagColour.Grey;
    private string? _fault;

    /// <summary>Who sets them.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    [Inject]
    private TagService Tags { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    protected override Task OnInitializedAsync() =>
        RendererInfo.IsInteractive ? ActAsync(() => Task.CompletedTask) : Task.CompletedTask;

    private TagItem Sample(TagColour colour) => new(Guid.Empty, T["Tags_Sample"], colour);

    private void Begin(TagItem tag) => (_id, _name, _colour, _fault) = (tag.Id, tag.Name, tag.Colour, null);

    private void BeginNew() => (_id, _name, _colour, _fault) = (Guid.CreateVersion7(), "", TagColour.Grey, null);

    private async Task SaveAsync()
    {
        if (await ActAsync(() => Tags.SaveAsync(Actor, _id, _name, _colour, _closed.Token)))
        {
            BeginNew();
        }
    }

    private async Task RetireAsync(TagItem tag)
    {
        if (await ActAsync(() => Tags.RetireAsync(Actor, tag.Id, isRetired: true, _closed.Token)))
        {
            Snackbar.OfferUndo(T, T["Tags_Retired", tag.Name], () => BringBackAsync(tag));
        }
    }

    private async Task BringBackAsync(TagItem tag)
    {
        await TakenBack.RunAsync(
            Snackbar,
            T,
            async () =>
            {
                await Tags.RetireAsync(Actor, tag.Id, isRetired: false, CancellationToken.None);
                return true;
            }
        );
        if (!_closed.IsCancellationRequested)
        {
            await ActAsync(() => Task.CompletedTask);
            StateHasChanged();
        }
    }

    private async Task<bool> ActAsync(Func<Task> act)
    {
        try
        {
            _fault = null;
            await act();
            _tags = await Tags.AllAsync(_closed.Token);
            return true;
        }
        catch (InvalidInputException exception)
        {
            _fault = T.Fault(exception.Errors[0]);
        }
        catch (Exception exception) when (exception is ForbiddenException or NotFoundException)
        {
            _fault = T["Bulk_Forbidden"];
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            _fault = T["Save_Failed"];
        }

        return false;
    }
}
