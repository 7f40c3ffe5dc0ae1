using ProPartHub.Domain.HubSpot.Api;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// The pages of one type, read in the background one after another and a few ahead of whoever takes them. A page's list is
/// read while the contacts of the page before are still on their way.
/// </summary>
internal sealed class PageStream : IAsyncDisposable
{
    /// <summary>Most pages that are here or on their way. Enough that answers overlap; more would only grow older here.</summary>
    public const int Most = 3;

    private readonly RecordPages _pages;
    private readonly string _type;
    private readonly Action _arrived;
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private readonly Queue<Coming> _ahead = [];
    private Task _reading = Task.CompletedTask;
    private bool _isReading;
    private bool _isAtEnd;
    private bool _isCounted;
    private string? _after;

    /// <summary>A stream that begins at a cursor; nothing is read before <see cref="ReadOn"/>.</summary>
    /// <param name="pages">Reads.</param>
    /// <param name="type">Of <see cref="RecordPages.Types"/>, or contacts.</param>
    /// <param name="after">Where the first page begins.</param>
    /// <param name="isCounted">Whether to ask how many records of the type there are.</param>
    /// <param name="mark">When it was opened.</param>
    /// <param name="arrived">Called when a page, or a failure in its place, is there.</param>
    public PageStream(RecordPages pages, string type, string? after, bool isCounted, long mark, Action arrived)
    {
        (_pages, _type, _arrived) = (pages, type, arrived);
        (_after, From, _isCounted, OldestMark) = (after, after, isCounted, mark);
    }

    /// <summary>Where the page begins that comes next.</summary>
    public string? From { get; private set; }

    /// <summary>No page that comes was begun before.</summary>
    public long OldestMark { get; private set; }

    /// <summary>Goes on reading in the background, unless that is under way or enough is here.</summary>
    public void ReadOn()
    {
        lock (_gate)
        {
            if (!_isReading && MayRead)
            {
                _isReading = true;
                _reading = Task.Run(ReadAsync);
            }
        }
    }

    /// <summary>The next page if it is there; it stays until <see cref="Advance"/>. Waits for nothing.</summary>
    /// <exception cref="HubSpotException">What came in its place.</exception>
    public async Task<PageRead?> PeekAsync()
    {
        Coming? next;
        lock (_gate)
        {
            _ahead.TryPeek(out next);
        }

        return next?.Page is { IsCompleted: true } page ? await page : null;
    }

    /// <summary>The page was taken in.</summary>
    public void Advance(PageRead page)
    {
        lock (_gate)
        {
            _ahead.Dequeue();
            (From, OldestMark) = (page.Next, page.Start.Mark);
        }

        ReadOn();
    }

    /// <summary>Waits until nothing is on its way any more: enough is here, or the end or a failure was met.</summary>
    public async Task SettleAsync()
    {
        foreach (var task in UnderWay())
        {
            await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // The list that was on its way has put another page in line.
        foreach (var task in UnderWay())
        {
            await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Ends what is under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await SettleAsync();
        _end.Dispose();
    }

    private bool MayRead => !_isAtEnd && _ahead.Count < Most && !_end.IsCancellationRequested;

    private List<Task> UnderWay()
    {
        lock (_gate)
        {
            return [_reading, .. _ahead.Select(coming => coming.Told)];
        }
    }

    private async Task ReadAsync()
    {
        var goesOn = true;
        while (goesOn)
        {
            var start = _pages.Begin(_type, _after, _isCounted);
            Task<PageRead> page;
            try
            {
                var listed = await _pages.ListAsync(start, _end.Token);
                (_after, _isCounted) = (listed.Next, false);
                page = _pages.CompleteAsync(start, listed, _end.Token);
            }
            catch (Exception failure)
            {
                // It stands where the page would, and is met by whoever comes for it.
                (_after, page) = (null, Task.FromException<PageRead>(failure));
            }

            goesOn = Add(page, isLast: _after is null);
        }
    }

    private bool Add(Task<PageRead> page, bool isLast)
    {
        lock (_gate)
        {
            var coming = new Coming(page);
            _ahead.Enqueue(coming);
            coming.Told = TellAsync(page);
            _isAtEnd |= isLast;
            return _isReading = MayRead;
        }
    }

    private async Task TellAsync(Task page)
    {
        await page.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _arrived();
    }

    private sealed class Coming(Task<PageRead> page)
    {
        public Task<PageRead> Page => page;

        /// <summary>Ends when the page is there and that was told.</summary>
        public Task Told { get; set; } = Task.CompletedTask;
    }
}
