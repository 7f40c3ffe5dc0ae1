using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Bulk;
using ProPartHub.Domain.People;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Leads.Listing;

/// <summary>What can be done to the rows that are chosen. It only begins acts; the server carries them out.</summary>
public sealed partial class BulkBar : IDisposable
{
    private readonly PageLife _closed = new();
    private string? _fault;

    /// <summary>Who acts.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>What is chosen.</summary>
    [Parameter, EditorRequired]
    public RowSelection Selection { get; set; } = null!;

    /// <summary>What the list shows: all that it finds can be meant.</summary>
    [Parameter, EditorRequired]
    public LeadListQuery Query { get; set; } = null!;

    /// <summary>The list's filter as its address, for the audit.</summary>
    [Parameter, EditorRequired]
    public string Filter { get; set; } = "";

    /// <summary>How many leads the list finds; null before they were counted.</summary>
    [Parameter]
    public LeadCount? Count { get; set; }

    /// <summary>True where the list has more pages and all rows of this one are chosen.</summary>
    [Parameter]
    public bool ShowsAllMatching { get; set; }

    /// <summary>Called when what is chosen has changed.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnChanged { get; set; }

    [Inject]
    private BulkActs Acts { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    private int Number => Selection.IsAllMatching ? Count?.Value ?? 0 : Selection.Chosen.Count;

    private string CountText =>
        Selection.IsAllMatching && Count is { IsCapped: true }
            ? T["Select_AllChosenCapped"]
            : T.Plural("Select_Count", Number);

    /// <inheritdoc/>
    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    private Task ChooseAllAsync()
    {
        Selection.ChooseAllMatching();
        return OnChanged.InvokeAsync();
    }

    private Task ClearAsync()
    {
        Selection.Clear();
        _fault = null;
        return OnChanged.InvokeAsync();
    }

    private async Task MoveAsync()
    {
        if (await BulkStageDialog.AskAsync(Dialogs, T["Bulk_Move_Title", Leads()]) is { } order)
        {
            await BeginAsync(order);
        }
    }

    private async Task TransferAsync()
    {
        // Nobody's id: of many leads the present agents are many, so everybody and the pool is offered.
        var choice = await TransferDialog.AskAsync(Dialogs, T["Bulk_Transfer_Title", Leads()], Actor, Guid.Empty);
        if (choice is not null)
        {
            await BeginAsync(new(BulkKind.Transfer, AgentId: choice.AgentId, Reason: choice.Reason));
        }
    }

    private async Task TagAsync()
    {
        if (await BulkTagDialog.AskAsync(Dialogs, T["Bulk_Tag_Title", Leads()], Actor) is { } order)
        {
            await BeginAsync(order);
        }
    }

    private async Task ArchiveAsync()
    {
        if (
            await ConfirmDialog.AskAsync(
                Dialogs,
                T["Bulk_Archive_Title", Leads()],
                T["Bulk_Archive_Text"],
                T["Bulk_Archive"],
                isDestructive: true
            )
        )
        {
            await BeginAsync(new(BulkKind.Archive));
        }
    }

    private Task RestoreAsync() => BeginAsync(new(BulkKind.Restore));

    private string Leads() =>
        Selection.IsAllMatching && Count is { IsCapped: true } counted
            ? T["List_CountCapped", counted.Value.ToString("N0", CultureInfo.CurrentCulture)]
            : T.Plural("List_Count", Number);

    private async Task BeginAsync(BulkOrder order)
    {
        _fault = null;
        var target = Selection.IsAllMatching
            ? new BulkTarget(null, Query with { Cursor = null, Backward = false }, Filter)
            : new BulkTarget([.. Selection.Chosen], null, null);
        try
        {
            var leads = await Acts.BeginAsync(Actor, Guid.CreateVersion7(), order, target, _closed.Token);
            if (leads == 0)
            {
                _fault = T["Bulk_Nothing"];
                return;
            }

            await ClearAsync();
        }
        catch (InvalidInputException exception)
        {
            _fault = exception.Errors[0] switch
            {
                { Code: FieldErrorCode.TooMany, Field: nameof(BulkTarget.Matching) } => T[
                    "Bulk_TooManyLeads",
                    BulkAct.Most.ToString("N0", CultureInfo.CurrentCulture)
                ],
                { Code: FieldErrorCode.TooMany } => T["Bulk_TooManyActs"],
                var error => T.Fault(error),
            };
        }
        catch (ForbiddenException)
        {
            _fault = T["Bulk_Forbidden"];
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            _fault = T["Save_Failed"];
        }
    }
}
