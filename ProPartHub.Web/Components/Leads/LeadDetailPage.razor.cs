using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.People;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Leads;

/// <summary>One lead: facts, stages, comments and history, live. Somebody else's lead looks like one that is not there.</summary>
public sealed partial class LeadDetailPage : IAsyncDisposable
{
    private readonly PageLife _closed = new();
    private IReadOnlyList<StageItem> _stages = [];
    private Guid _loaded;
    private Guid _seen;
    private LeadDetails? _lead;
    private LeadEditor? _editor;
    private Actor? _actor;
    private FeedPump? _pump;
    private string? _message;
    private bool _isMissing;
    private bool _hasFailed;
    private bool _isEditing;
    private bool _isTyping;
    private int _glow;

    /// <summary>The lead.</summary>
    [Parameter]
    public Guid Id { get; set; }

    /// <summary>The number of the merged lead whose address led here.</summary>
    [SupplyParameterFromQuery(Name = "merged")]
    private string? Merged { get; set; }

    /// <summary>Set where somebody wants to read a merged lead itself and not the one that stayed.</summary>
    [SupplyParameterFromQuery(Name = "own")]
    private string? Own { get; set; }

    // In the form or in place.
    private bool IsTyping => _lead?.Erased is null && (_isEditing || _isTyping);

    // Nothing can be changed here any more.
    private bool IsClosed => _lead is { Erased: not null } or { MergedInto: not null };

    [Inject]
    private LeadQueries Queries { get; set; } = null!;

    [Inject]
    private StageDirectory Stages { get; set; } = null!;

    [Inject]
    private LeadFeed Feed { get; set; } = null!;

    [Inject]
    private AgencyTime Time { get; set; } = null!;

    [Inject]
    private ViewLog Views { get; set; } = null!;

    [Inject]
    private CurrentActor Actor { get; set; } = null!;

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || _loaded == Id)
        {
            return;
        }

        _loaded = Id;
        (_lead, _stages, _isEditing, _isMissing, _hasFailed, _message) = (null, [], false, false, false, null);
        _isTyping = false;
        (_origin, _neighbours) = (LeadOrigin.Parse(From, Navigation), LeadNeighbours.None);
        _actor ??= await Actor.GetAsync();
        if (_pump is null)
        {
            _pump = await Feed.StartAsync(_actor, _ => ReadAsync(), OnFeedAsync, _closed.Token);
        }
        else
        {
            await ReadAsync();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        if (_pump is not null)
        {
            await _pump.DisposeAsync();
        }

        _closed.Dispose();
    }

    // What is shown stays when the database does not answer, and what is being typed with it.
    private async Task ReadAsync()
    {
        try
        {
            await ReadLeadAsync();
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            _hasFailed = _lead is null;
        }
    }

    private async Task ReadLeadAsync()
    {
        try
        {
            if (_stages is [])
            {
                _stages = await Stages.AllAsync(_closed.Token);
            }

            _lead = await Queries.DetailsAsync(_actor!, Id, _closed.Token);
            (_isMissing, _hasFailed) = (false, false);
            // Whoever is typing when the client is erased has nothing left to save it to.
            _isEditing &= _lead.Erased is null;
            // Whoever is typing keeps what is typed, and the note leads on.
            if (_lead.MergedInto?.Id is { } survivor && Own is null && !IsTyping)
            {
                Navigation.NavigateTo($"/leads/{survivor}?merged={_lead.Number}", replace: true);
                return;
            }

            if (_seen != Id)
            {
                _seen = Id;
                Views.SawLead(_actor!, Id);
                await ReadNeighboursAsync();
            }
        }
        catch (NotFoundException)
        {
            (_lead, _isMissing) = (null, true);
        }
    }

    private async Task TypingAsync(bool isTyping)
    {
        _isTyping = isTyping;
        if (!isTyping && _lead?.MergedInto is not null)
        {
            await ReadAsync();
        }
    }

    private Task OnFeedAsync(FeedBatch batch) =>
        InvokeAsync(async () =>
        {
            if (batch.MustRefresh || batch.Changes.Any(change => change.LeadId == Id))
            {
                // A failure goes to the pump, which asks again: nobody else would tell this page of the change.
                await ReadLeadAsync();
                _glow++;
                StateHasChanged();
            }
        });
}
