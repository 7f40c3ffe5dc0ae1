using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Knowledge;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Knowledge;

/// <summary>For those who write: who has read the version that readers see, and who has not; live.</summary>
public sealed partial class ArticleReaders : ActingComponent
{
    private ReaderCounts? _counts;
    private List<ReaderRow> _rows = [];
    private ReaderPlace? _next;
    private bool? _hasRead;
    private int _pages = 1;

    /// <summary>The article.</summary>
    [Parameter, EditorRequired]
    public Guid ArticleId { get; set; }

    /// <summary>The version that readers see.</summary>
    [Parameter, EditorRequired]
    public int Version { get; set; }

    /// <summary>Whether it has to be confirmed; otherwise who has opened it has read it.</summary>
    [Parameter]
    public bool MustRead { get; set; }

    [Inject]
    private ArticleReadings Readings { get; set; } = null!;

    /// <inheritdoc/>
    protected override IReadOnlyList<AgencyTopic> Topics => [AgencyTopic.Readings];

    /// <inheritdoc/>
    protected override async Task ReadAsync()
    {
        _counts = await Readings.CountsAsync(Who!, ArticleId, Life);
        if (_hasRead is not { } hasRead)
        {
            return;
        }

        var (rows, next) = (new List<ReaderRow>(), (ReaderPlace?)null);
        for (var page = 0; page < _pages && (page == 0 || next is not null); page++)
        {
            var read = await Readings.PageAsync(Who!, ArticleId, hasRead, next, Life);
            rows.AddRange(read.Rows);
            next = read.Next;
        }

        (_rows, _next) = (rows, next);
    }

    private Task ShowAsync(bool hasRead)
    {
        (_hasRead, _pages, _rows, _next) = (hasRead, 1, [], null);
        return RefreshAsync();
    }

    private Task MoreAsync()
    {
        _pages++;
        return RefreshAsync();
    }

    private string StateOf(ReaderRow row) =>
        row.ConfirmedAt is { } confirmed ? T["Reader_Confirmed", Time.DayAndHour(confirmed)]
        : row.SeenAt is { } seen ? T["Reader_Seen", Time.DayAndHour(seen)]
        : row.LastVersion is { } version ? T["Reader_Earlier", version]
        : T["Reader_Never"];
}
