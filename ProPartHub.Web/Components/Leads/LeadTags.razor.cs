using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProPartHub.Domain.Leads.Tags;
using ProPartHub.Domain.People;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Leads;

/// <summary>A lead's tags, put on from the agency's list and taken off; the list is read when it is opened.</summary>
public sealed partial class LeadTags : ActingComponent
{
    private IReadOnlyList<TagItem>? _tags;
    private IReadOnlyList<TagItem>? _all;
    private int _read = -1;

    /// <summary>The lead.</summary>
    [Parameter, EditorRequired]
    public Guid LeadId { get; set; }

    /// <summary>Another number whenever the lead may have changed.</summary>
    [Parameter]
    public int Tick { get; set; }

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    [Inject]
    private TagService Tags { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task ReadAsync()
    {
        if (_read == Tick)
        {
            return;
        }

        _read = Tick;
        _tags = await OwnAsync();
    }

    private async Task<IReadOnlyList<TagItem>> OwnAsync() =>
        (await Tags.OfAsync(Who!, [LeadId], Life)).GetValueOrDefault(LeadId, []);

    private bool Has(TagItem tag) => _tags!.Any(own => own.Id == tag.Id);

    private Task<bool> ReadAllAsync() =>
        ActAsync(async () =>
        {
            _all = await Tags.AllAsync(Life);
            return null;
        });

    private Task<bool> SetAsync(TagItem tag, bool isOn) =>
        ActAsync(async () =>
        {
            var (who, lead) = (Who!, LeadId);
            if (await Tags.SetAsync(who, lead, tag.Id, isOn, Life) && !isOn)
            {
                // Where somebody has put it on again there is nothing to take back.
                TakenBack.Offer(
                    Snackbar,
                    T,
                    T["Undo_TagOff", tag.Name],
                    () => Tags.SetAsync(who, lead, tag.Id, isOn: true, CancellationToken.None),
                    ShowAgainAsync
                );
            }

            _tags = await OwnAsync();
            return null;
        });

    // The page may have been left by then, or show another lead.
    private async Task ShowAgainAsync()
    {
        if (!Life.IsCancellationRequested)
        {
            _read = -1;
            await RefreshAsync();
            StateHasChanged();
        }
    }
}
