using Npgsql;
using ProPartHub.Benchmarks.Data;
using ProPartHub.Domain.Boards;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Benchmarks.Lists;

/// <summary>The lead list and the board at two sizes, beside the same SQL by bare Npgsql.</summary>
internal static class ListBenchmark
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Search = TimeSpan.FromMilliseconds(50);

    /// <returns>False when a list or a board took longer than its bar, or grew with the data.</returns>
    public static async Task<bool> RunAsync(
        BenchmarkOptions options,
        MarkdownReport report,
        CancellationToken cancellationToken
    )
    {
        var comparison = new SizeComparison(ReadTiming.Quick);
        foreach (var size in SizeComparison.Sizes(options))
        {
            var recorder = new CommandRecorder();
            await using var hub = await ScratchHub.StartAsync(recorder, cancellationToken);
            var manager = await AgencySeed.WriteAsync(hub, size, cancellationToken);
            await comparison.MeasureAsync(
                size,
                await CasesAsync(hub, manager, size, cancellationToken),
                hub.Get<NpgsqlDataSource>(),
                recorder,
                cancellationToken
            );
        }

        return comparison.Write(report, "Lists");
    }

    private static async Task<IReadOnlyList<MeasuredRead>> CasesAsync(
        ScratchHub hub,
        Actor manager,
        int size,
        CancellationToken cancellationToken
    )
    {
        var (list, board) = (hub.Get<LeadQueries>(), hub.Get<BoardQueries>());
        var stages = await hub.Get<StageDirectory>().AllAsync(cancellationToken);
        var all = new LeadListQuery();
        var words = all with { Search = "Петренко Олена" };
        var shown = ColumnBenchmark.Board(stages, BoardGrouping.Stage);
        var slices = stages.Select(stage => new BoardSlice(new StagePlace(stage))).ToList();
        var deep = all with { Cursor = await HalfWayAsync(list, size, cancellationToken) };
        return
        [
            Page("first page, admin", Actor.System, all),
            Page("first page, manager", manager, all),
            Page("page in the middle, admin", Actor.System, deep),
            Page("by name, manager", manager, all with { Sort = LeadSort.Name }),
            Page("a budget band", Actor.System, all with { BudgetBand = 3 }),
            new("search in two words", token => list.PageAsync(Actor.System, words, token), Search),
            new(
                "search of a phone's end",
                token => list.PageAsync(Actor.System, all with { Search = "1004242" }, token),
                Search
            ),
            new("count of a search (stops at 500)", token => list.CountAsync(Actor.System, words, token), Search),
            new("count of all", token => list.CountAsync(Actor.System, all, token)),
            new(
                "count of a country (stops at 10,000)",
                token => list.CountAsync(Actor.System, all with { Countries = ["AE"] }, token)
            ),
            new("board: first cards, admin", token => board.CardsAsync(Actor.System, shown, slices, token), First),
            new("board: first cards, manager", token => board.CardsAsync(manager, shown, slices, token), First),
            new("board: counts and sums, admin", token => board.ColumnsAsync(Actor.System, shown, token), First),
            new("board: counts and sums, manager", token => board.ColumnsAsync(manager, shown, token), First),
        ];

        MeasuredRead Page(string name, Actor actor, LeadListQuery query) =>
            new(name, token => list.PageAsync(actor, query, token), First);
    }

    // A cursor has to be walked to, as a person would.
    private static async Task<string?> HalfWayAsync(LeadQueries list, int size, CancellationToken cancellationToken)
    {
        string? cursor = null;
        for (var read = 0; read < size / 2; read += LeadListQuery.MaxPageSize)
        {
            var query = new LeadListQuery { PageSize = LeadListQuery.MaxPageSize, Cursor = cursor };
            cursor = (await list.PageAsync(Actor.System, query, cancellationToken)).Next ?? cursor;
        }

        return cursor;
    }
}
