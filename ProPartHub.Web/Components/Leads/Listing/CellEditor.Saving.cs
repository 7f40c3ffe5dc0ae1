using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Columns;

namespace ProPartHub.Web.Components.Leads.Listing;

/// <content>Saving a cell: by the same service, rules and comparison with others' changes as the lead's form.</content>
public sealed partial class CellEditor
{
    [Inject]
    private LeadService Leads { get; set; } = null!;

    [Inject]
    private StageMoves Moves { get; set; } = null!;

    [Inject]
    private HandOvers HandOvers { get; set; } = null!;

    [Inject]
    private FactEdits Edits { get; set; } = null!;

    /// <summary>The script's word that the cell was left with these values.</summary>
    /// <param name="values">The inputs' values by field; names that the cell does not have are nothing.</param>
    /// <param name="step">1 to go on to the next cell, −1 to the one before, 0 to stay.</param>
    [JSInvokable]
    public async Task CommitAsync(Dictionary<string, string?> values, int step)
    {
        // While two values stand to choose from, leaving the cell decides nothing.
        if (_isSaving || _opened is null || _conflicts.Count > 0)
        {
            return;
        }

        foreach (var (name, value) in values.Where(value => _typed.ContainsKey(value.Key)))
        {
            _typed[name] = value;
        }

        if (step is 1 or -1)
        {
            await OnStep.InvokeAsync(step);
        }

        await SaveAsync(isAsked: step == 0);
        StateHasChanged();
    }

    /// <summary>The script's word that the cell is left as it was.</summary>
    [JSInvokable]
    public async Task CancelAsync()
    {
        if (!_isSaving)
        {
            await ForgetAsync();
            await OnClosed.InvokeAsync();
        }
    }

    private Task KeepMineAsync()
    {
        // What the other has stored is what this change begins with now: another change since is told again.
        foreach (var conflict in _conflicts)
        {
            _opened![conflict.Field.ToString()] = conflict.Current;
        }

        _conflicts = [];
        return SaveAsync(isAsked: true);
    }

    private async Task TakeTheirsAsync()
    {
        await ForgetAsync();
        await OnChanged.InvokeAsync();
        await OnClosed.InvokeAsync();
    }

    private async Task SaveAsync(bool isAsked)
    {
        (_faults, _message) = ([], null);
        if (!HasChanged())
        {
            await ForgetAsync();
            await OnClosed.InvokeAsync();
            return;
        }

        _isSaving = true;
        StateHasChanged();
        try
        {
            await (
                Column is LeadColumn.Stage ? MoveAsync()
                : Column is LeadColumn.Agent ? TransferAsync()
                : EditAsync()
            );
            if (_conflicts.Count == 0)
            {
                await ForgetAsync();
                await OnChanged.InvokeAsync();
                await OnClosed.InvokeAsync();
                return;
            }
        }
        catch (InvalidInputException refusal) when (refusal.Errors[0].Code == FieldErrorCode.MovedMeanwhile)
        {
            await ShowMovedAsync();
        }
        catch (InvalidInputException refusal)
        {
            _faults = refusal.Errors;
        }
        catch (NotFoundException)
        {
            await OnChanged.InvokeAsync();
            await OnClosed.InvokeAsync();
        }
        catch (ForbiddenException refusal)
        {
            _message = T.Refusal(refusal);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            _faults = [new FieldError(CellFields.Of(Column)[0].ToString(), FieldErrorCode.OutOfRange)];
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            _message = T["Save_Failed"];
        }
        finally
        {
            _isSaving = false;
        }

        // Who has gone on to another cell is not called back; the fault stands at this one.
        _mustFocus = isAsked;
    }

    private bool HasChanged() => _typed.Any(value => (value.Value ?? "") != (_opened![value.Key] ?? ""));

    private async Task EditAsync()
    {
        var (opened, typed) = (_lead!.Values with { }, _lead.Values with { });
        foreach (var field in CellFields.Of(Column))
        {
            LeadFields.Write(opened, field, _opened![field.ToString()]);
            LeadFields.Write(typed, field, Typed(field)?.Trim());
        }

        var result = await Edits.SaveAsync(Actor, LeadId, opened, typed, OnTakenBackAsync);
        _conflicts = result.Conflicts;
    }

    private async Task MoveAsync()
    {
        if (ChosenStage is { } target)
        {
            var seen = Guid.Parse(_opened![nameof(LeadField.Stage)]!);
            var reason = target.Status is LeadStatus.Lost ? Typed(LeadField.RefusalReason) : null;
            await Moves.MoveAsync(Actor, LeadId, seen, target, reason, OnTakenBackAsync, CancellationToken.None);
        }
    }

    // The cell is long closed by then, perhaps the page too; the feed tells lists that are still open.
    private static Task OnTakenBackAsync() => Task.CompletedTask;

    private Task TransferAsync()
    {
        var agent = IdOf(Typed(LeadField.Agent));
        return HandOvers.GiveAsync(
            Actor,
            LeadId,
            IdOf(_opened![nameof(LeadField.Agent)]),
            agent,
            _people.FirstOrDefault(person => person.Id == agent)?.Name,
            reason: null,
            OnTakenBackAsync,
            CancellationToken.None
        );
    }

    private async Task ShowMovedAsync()
    {
        try
        {
            _lead = await Queries.DetailsAsync(Actor, LeadId, _closed.Token);
            var field = CellFields.Of(Column)[0];
            var (name, now) = (field.ToString(), CellFields.Read(_lead, Column));
            _conflicts = [new LeadEditConflict(field, _opened![name], _typed[name], now[name], null, null)];
        }
        catch (NotFoundException)
        {
            await OnChanged.InvokeAsync();
            await OnClosed.InvokeAsync();
        }
    }

    private Task ForgetAsync() => _draft?.ForgetAsync() ?? Task.CompletedTask;

    private static Guid? IdOf(string? text) => Guid.TryParse(text, out var id) ? id : null;
}
