using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Domain.People.SecondFactors;
using ProPartHub.Domain.People.Sessions;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.People;

/// <summary>What guards a person's account and where it is open, with what an admin may do about it.</summary>
public sealed partial class PersonGuards : IDisposable
{
    private readonly PageLife _closed = new();
    private IReadOnlyList<SessionItem> _sessions = [];
    private SecondFactorState? _factor;
    private PersonRow? _read;
    private string? _message;
    private int? _given;
    private bool _isFault;
    private bool _isActing;

    /// <summary>Who looks.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>The person.</summary>
    [Parameter, EditorRequired]
    public PersonRow Person { get; set; } = null!;

    /// <summary>Called after something was done.</summary>
    [Parameter]
    public EventCallback OnActed { get; set; }

    [Inject]
    private UserSessions Sessions { get; set; } = null!;

    [Inject]
    private SecondFactor SecondFactor { get; set; } = null!;

    [Inject]
    private AccountGuards Guards { get; set; } = null!;

    [Inject]
    private LeadHandOver HandOver { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private AgencyTime Clock { get; set; } = null!;

    private bool IsOwn => Person.Id == Actor.UserId;

    /// <inheritdoc/>
    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        // What is under way reads again itself; the next rendering reads what came meanwhile.
        if (_read != Person && !_isActing)
        {
            // What was said of an act stays while its person is read anew.
            var (said, isFault) = _read?.Id == Person.Id ? (_message, _isFault) : (null, false);
            _read = Person;
            await TryAsync(async () =>
            {
                await ReadAsync();
                _isFault = isFault;
                return said;
            });
        }
    }

    private async Task ReadAsync()
    {
        _sessions = await Sessions.ListAsync(Actor, Person.Id, _closed.Token);
        _factor = await SecondFactor.StateAsync(Person.Id, _closed.Token);
    }

    private Task EndAsync(Guid sessionId) =>
        TryAsync(async () =>
        {
            await Sessions.EndAsync(Actor, Person.Id, sessionId, _closed.Token);
            await ReadAsync();
            return T["Guards_Ended"];
        });

    private Task DemandAsync() => ActAsync("Demand", Guards.DemandNewPasswordAsync);

    private Task RemoveFactorAsync() => ActAsync("RemoveFactor", Guards.RemoveSecondFactorAsync);

    private async Task ActAsync(string act, Func<Actor, Guid, CancellationToken, Task<AccountFault?>> guard)
    {
        var isSure = await ConfirmDialog.AskAsync(
            Dialogs,
            T[$"Ask_{act}_Title", Person.DisplayName],
            T[$"Ask_{act}_Text"],
            T[$"Guards_{act}"],
            isDestructive: true
        );
        if (isSure)
        {
            await TryAsync(async () =>
            {
                var fault = await guard(Actor, Person.Id, _closed.Token);
                await ReadAsync();
                _isFault = fault is not null;
                return fault is null ? T[$"Done_{act}"] : T[$"Fault_{fault}"];
            });
        }
    }

    private async Task GiveAllAsync()
    {
        var title = T["Ask_GiveAll_Title", Person.DisplayName];
        if (await TransferDialog.AskAsync(Dialogs, title, Actor, Person.Id) is not { } choice)
        {
            return;
        }

        await TryAsync(async () =>
        {
            // Leaving the page does not stop it halfway: each lead that was given stays given.
            var progress = new Progress<int>(count => _ = InvokeAsync(() => Show(count)));
            var count = await HandOver.GiveAllAsync(
                Actor,
                Person.Id,
                choice.AgentId,
                choice.Reason,
                progress,
                CancellationToken.None
            );
            return T.Plural("Guards_Given", count);
        });
        _given = null;
        await OnActed.InvokeAsync();
    }

    private void Show(int count)
    {
        _given = _isActing ? count : null;
        StateHasChanged();
    }

    private async Task TryAsync(Func<Task<string?>> command)
    {
        if (_isActing)
        {
            return;
        }

        (_isActing, _isFault, _message) = (true, false, null);
        // After a question nothing else would show until the end that no second act is taken meanwhile.
        StateHasChanged();
        try
        {
            _message = await command();
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page is closed.
        }
        catch (Exception exception) when (exception is NotFoundException or ForbiddenException or InvalidInputException)
        {
            (_isFault, _message) = (true, T["Act_Forbidden"]);
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            (_isFault, _message) = (true, T["Act_Failed"]);
        }
        finally
        {
            _isActing = false;
        }
    }
}
