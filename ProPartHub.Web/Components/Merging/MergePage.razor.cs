using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Merging;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Merging;

/// <summary>Two leads side by side: which one stays, which values it gets, and what moves to it.</summary>
public sealed partial class MergePage : ActingComponent
{
    private readonly Dictionary<LeadField, string?> _values = [];
    private MergeComparison? _pair;
    private Guid _keep;
    private (long, long) _shown;
    private bool _isMissing;

    /// <summary>Number of the lead from whose page somebody came.</summary>
    [Parameter]
    public long Number { get; set; }

    /// <summary>Number of the other.</summary>
    [Parameter]
    public long Other { get; set; }

    [Inject]
    private LeadQueries LeadQueries { get; set; } = null!;

    [Inject]
    private SameClientQueries Queries { get; set; } = null!;

    [Inject]
    private LeadMergings Mergings { get; set; } = null!;

    [Inject]
    private ClientPairs Pairs { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private MergeSide[] Sides => [_pair!.Left, _pair.Right];

    private MergeSide Survivor => Sides.First(side => side.Id == _keep);

    private MergeSide Loser => Sides.First(side => side.Id != _keep);

    private bool CanMerge => !Sides.Any(side => side.IsArchived);

    private string? Reason => IsFault && Faults is [var fault, ..] ? Leads.Fault(fault) : null;

    /// <inheritdoc/>
    protected override async Task ReadAsync()
    {
        try
        {
            var left = await LeadQueries.FindByNumberAsync(Who!, Number, Life);
            var right = await LeadQueries.FindByNumberAsync(Who!, Other, Life);
            _isMissing = left is null || right is null || left == right;
            _pair = _isMissing ? null : await Queries.CompareAsync(Who!, left!.Value, right!.Value, Life);
        }
        catch (NotFoundException)
        {
            (_isMissing, _pair) = (true, null);
        }

        if (_pair is not null)
        {
            Choose(_pair);
        }
    }

    // What was chosen stays chosen where it can still be.
    private void Choose(MergeComparison pair)
    {
        if (_shown != (Number, Other))
        {
            _shown = (Number, Other);
            _values.Clear();
            _keep = DefaultOf(pair).Id;
        }

        foreach (var field in pair.Fields)
        {
            var isStillThere =
                _values.TryGetValue(field.Field, out var chosen)
                && field.Candidates.Any(candidate => candidate.Value == chosen);
            _values[field.Field] = isStillThere ? chosen : field.Default;
        }
    }

    // Before all the one that goes on; of two, the one that people have known for longer.
    private static MergeSide DefaultOf(MergeComparison pair) =>
        new[] { pair.Left, pair.Right }
            .OrderBy(side => side.Status is LeadStatus.Won or LeadStatus.Lost)
            .ThenBy(side => side.Number)
            .First();

    private string Origin(MergeField field, MergeCandidate candidate) =>
        candidate switch
        {
            { Value: null, IsLeft: true, IsRight: true } => "",
            { Value: null } => $"L-{(candidate.IsLeft ? _pair!.Left : _pair!.Right).Number}",
            { IsLeft: true } => T["From_Lead", _pair!.Left.Number, Time.Day(field.LeftAt)],
            { IsRight: true } => T["From_Lead", _pair!.Right.Number, Time.Day(field.RightAt)],
            _ => T["From_FirstPhone", Sides.First(side => side.Values.Phone == candidate.Value).Number],
        };

    private List<string> Moves()
    {
        var counts = Loser.Counts;
        (string Key, int Count)[] kinds =
        [
            ("Moves_Comments", counts.Comments),
            ("Moves_Activities", counts.Activities),
            ("Moves_FollowUps", counts.FollowUps),
            ("Moves_Tags", counts.Tags),
            ("Moves_Claims", counts.Claims),
        ];
        var lines = kinds.Where(kind => kind.Count > 0).Select(kind => T.Plural(kind.Key, kind.Count)).ToList();
        return lines.Count > 0 ? lines : [T["Moves_Nothing"].Value];
    }

    private async Task MergeAsync()
    {
        var (survivor, loser) = (Survivor, Loser);
        var isSure = await ConfirmDialog.AskAsync(
            Dialogs,
            T["Confirm_Title", loser.Number, survivor.Number],
            T["Confirm_Text", loser.Number, survivor.Number],
            T["Confirm_Action"]
        );
        if (!isSure)
        {
            return;
        }

        var isMerged = false;
        await ActAsync(async () =>
        {
            var order = new MergeOrder(
                survivor.Id,
                loser.Id,
                new Dictionary<LeadField, string?>(_values),
                survivor.Values,
                loser.Values
            );
            isMerged = await Mergings.MergeAsync(Who!, order, CancellationToken.None);
            return null;
        });
        if (isMerged)
        {
            Navigation.NavigateTo($"/leads/{survivor.Id}?merged={loser.Number}");
        }
        else if (!IsFault)
        {
            await RefreshAsync();
            SayOutdated();
        }
    }

    private Task<bool> TogetherAsync() =>
        ActAsync(async () =>
        {
            await Pairs.TakeBackAsync(Who!, _pair!.Left.Id, _pair.Right.Id, CancellationToken.None);
            await ReadAsync();
            return T["Together_Done"];
        });
}
