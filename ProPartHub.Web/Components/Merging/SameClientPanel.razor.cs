using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Merging;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Merging;

/// <summary>Other leads that may be about a lead's client, to be merged or told apart, and leads that were merged into it.</summary>
public sealed partial class SameClientPanel : ActingComponent
{
    // What HubSpot did to the merged lead since; the rest was settled when it was merged.
    private const Attention NewsMarks = Attention.ChangedAfterMerge | Attention.DeletedInHubSpot;

    private SameClientCard? _card;
    private SuspectLead? _apart;
    private (Guid Lead, int Tick) _read = (Guid.Empty, -1);

    /// <summary>The lead.</summary>
    [Parameter, EditorRequired]
    public Guid LeadId { get; set; }

    /// <summary>Its number.</summary>
    [Parameter, EditorRequired]
    public long Number { get; set; }

    /// <summary>The number of the merged lead whose address led here.</summary>
    [Parameter]
    public string? Merged { get; set; }

    /// <summary>Another number whenever the lead may have changed.</summary>
    [Parameter]
    public int Tick { get; set; }

    /// <summary>Called after a merge was taken back.</summary>
    [Parameter]
    public EventCallback OnUndone { get; set; }

    [Inject]
    private SameClientQueries Queries { get; set; } = null!;

    [Inject]
    private LeadMergings Mergings { get; set; } = null!;

    [Inject]
    private ClientPairs Pairs { get; set; } = null!;

    private string? Reason => IsFault && Faults is [var fault, ..] ? Leads.Fault(fault) : null;

    /// <inheritdoc/>
    protected override async Task ReadAsync()
    {
        if (_read == (LeadId, Tick))
        {
            return;
        }

        _read = (LeadId, Tick);
        await ReadCardAsync();
    }

    private async Task ReadCardAsync()
    {
        try
        {
            _card = await Queries.OfAsync(Who!, LeadId, Life);
        }
        catch (NotFoundException)
        {
            // Gone out of sight meanwhile; the page says so.
            _card = null;
        }
    }

    private bool HasLedHere(AbsorbedLead lead) => Merged == lead.Number.ToString(CultureInfo.InvariantCulture);

    private string ClassOf(AbsorbedLead lead) =>
        IsNews(lead) ? "merged-lead merged-news"
        : HasLedHere(lead) ? "merged-lead merged-note"
        : "merged-lead";

    private static bool IsNews(AbsorbedLead lead) => (lead.Attention & NewsMarks) != 0;

    private string Why(SuspectLead lead)
    {
        IEnumerable<string> marks =
        [
            .. lead.SamePhone ? [T["Same_Phone"].Value] : Array.Empty<string>(),
            .. lead.SameEmail ? [T["Same_Email"].Value] : Array.Empty<string>(),
            .. lead.SameTelegram ? [T["Same_Telegram"].Value] : Array.Empty<string>(),
        ];
        return string.Join(", ", marks);
    }

    private Task<bool> ApartAsync(SuspectLead lead) =>
        ActAsync(async () =>
        {
            await Pairs.TellApartAsync(Who!, LeadId, lead.Id, CancellationToken.None);
            _apart = lead;
            await ReadCardAsync();
            return null;
        });

    private Task<bool> TogetherAsync(SuspectLead lead) =>
        ActAsync(async () =>
        {
            await Pairs.TakeBackAsync(Who!, LeadId, lead.Id, CancellationToken.None);
            _apart = null;
            await ReadCardAsync();
            return null;
        });

    private Task<bool> SettleAsync(AbsorbedLead lead) =>
        ActAsync(async () =>
        {
            await Mergings.SettleAsync(Who!, lead.Id, CancellationToken.None);
            await ReadCardAsync();
            return null;
        });

    private async Task UndoAsync(AbsorbedLead lead)
    {
        var isDone = await ActAsync(async () =>
        {
            await Mergings.UndoAsync(Who!, lead.Id, CancellationToken.None);
            await ReadCardAsync();
            return T["Undo_Done", lead.Number];
        });
        if (isDone)
        {
            await OnUndone.InvokeAsync();
        }
        else
        {
            await RefreshCardAsync();
        }
    }

    // What was refused may look different by now.
    private async Task RefreshCardAsync()
    {
        _read = (Guid.Empty, -1);
        await RefreshAsync();
    }
}
