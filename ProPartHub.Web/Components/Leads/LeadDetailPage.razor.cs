using System.Data.Common;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore.Storage;
using MudBlazor;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.People;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Leads;

/// <summary>One lead: facts, stages, comments and history, live. Somebody else's lead looks like one that is not there.</summary>
public sealed partial class LeadDetailPage : IAsyncDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private readonly HashSet<LeadField> _overrule = [];
    private IReadOnlyList<StageItem> _stages = [];
    private IReadOnlyList<FieldError> _errors = [];
    private IReadOnlyList<LeadEditConflict> _conflicts = [];
    private Guid _loaded;
    private LeadDetails? _lead;
    private EditForm? _form;
    private Actor? _actor;
    private FeedPump? _pump;
    private string? _message;
    private bool _isMissing;
    private int _glow;

    /// <summary>The lead.</summary>
    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private LeadService Leads { get; set; } = null!;

    [Inject]
    private LeadQueries Queries { get; set; } = null!;

    [Inject]
    private StageDirectory Stages { get; set; } = null!;

    [Inject]
    private LeadFeed Feed { get; set; } = null!;

    [Inject]
    private CurrentActor Actor { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || _loaded == Id)
        {
            return;
        }

        _loaded = Id;
        (_lead, _form, _isMissing, _message) = (null, null, false, null);
        _actor ??= await Actor.GetAsync();
        _stages = await Stages.AllAsync(_closed.Token);
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

    private async Task ReadAsync()
    {
        try
        {
            _lead = await Queries.DetailsAsync(_actor!, Id, _closed.Token);
            _isMissing = false;
        }
        catch (NotFoundException)
        {
            (_lead, _isMissing) = (null, true);
        }
    }

    private Task OnFeedAsync(FeedBatch batch) =>
        InvokeAsync(async () =>
        {
            if (batch.MustRefresh || batch.Changes.Any(change => change.LeadId == Id))
            {
                await ReadAsync();
                _glow++;
                StateHasChanged();
            }
        });

    private void Edit()
    {
        (_message, _errors, _conflicts) = (null, [], []);
        _overrule.Clear();
        _form = new EditForm(_lead!.Values with { }, _lead.Values with { });
    }

    private void Cancel() => _form = null;

    private void Choose(LeadField field, bool mine)
    {
        if (mine)
        {
            _overrule.Add(field);
        }
        else
        {
            _overrule.Remove(field);
            var conflict = _conflicts.First(other => other.Field == field);
            LeadFields.Write(_form!.Typed, field, conflict.Current);
        }
    }

    private Task SaveAsync() =>
        TryAsync(async () =>
        {
            var result = await Leads.EditAsync(_actor!, Id, _form!.Opened, _form.Typed, _overrule, _closed.Token);
            _conflicts = result.Conflicts;
            if (result.Saved)
            {
                _form = null;
                await ReadAsync();
            }
            else
            {
                _message = T["Lead_Conflict"];
            }
        });

    private Task MoveAsync(StageMove move) =>
        TryAsync(async () =>
        {
            await Leads.MoveAsync(_actor!, Id, move.StageId, move.RefusalReason, _closed.Token);
            await ReadAsync();
        });

    private Task ToggleArchiveAsync() =>
        TryAsync(async () =>
        {
            if (_lead!.ArchivedAt is not null)
            {
                await Leads.RestoreAsync(_actor!, Id, _closed.Token);
            }
            else if (await ConfirmDialog.AskAsync(Dialogs, T["Archive_Title"], T["Archive_Text"], T["Lead_Archive"]))
            {
                await Leads.ArchiveAsync(_actor!, Id, _closed.Token);
            }

            await ReadAsync();
        });

    private async Task TryAsync(Func<Task> command)
    {
        (_message, _errors) = (null, []);
        try
        {
            await command();
        }
        catch (InvalidInputException exception)
        {
            _errors = exception.Errors;
            _message = _form is null ? T.Fault(exception.Errors[0]) : null;
        }
        catch (NotFoundException)
        {
            (_lead, _isMissing) = (null, true);
        }
        catch (Exception exception) when (exception is DbException or RetryLimitExceededException or TimeoutException)
        {
            _message = T["Save_Failed"];
        }
    }

    private sealed record EditForm(LeadInput Opened, LeadInput Typed);
}
