using System.Globalization;
using ProPartHub.Benchmarks.Data;
using ProPartHub.Domain.Boards;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Benchmarks.Lists;

/// <summary>One column of the board with few and with many leads, whatever the columns stand for: its first cards, and a page after many others.</summary>
internal static class ColumnBenchmark
{
    private static readonly int[] Sizes = [50, 50_000];

    public static async Task RunAsync(MarkdownReport report, CancellationToken cancellationToken)
    {
        var rows = new List<IReadOnlyList<string>>();
        foreach (var size in Sizes)
        {
            await using var hub = await ScratchHub.StartAsync(new CommandRecorder(), cancellationToken);
            await SeedAsync(hub, size, cancellationToken);
            foreach (var grouping in Enum.GetValues<BoardGrouping>())
            {
                rows.Add(await MeasureAsync(hub, grouping, size, cancellationToken));
            }
        }

        report.Heading("One column of the board");
        report.Line($"{ReadTiming.Quick}; times in ms, p50 / p99.");
        report.Table(["Columns", "leads in the column", "first cards", "next page, half way", "counts and sums"], rows);
    }

    /// <summary>A board of all leads, today's days counted in UTC.</summary>
    public static BoardQuery Board(IReadOnlyList<StageItem> stages, BoardGrouping grouping)
    {
        var today = new DateTimeOffset(DateTime.UtcNow.Date, TimeSpan.Zero);
        return new BoardQuery(
            stages,
            grouping,
            new FollowUpDays(today, today.AddDays(1), today.AddDays(2), today.AddDays(7)),
            new LeadListQuery()
        );
    }

    // Every lead in one stage, with one person, due on one of the days after this week.
    private static async Task SeedAsync(ScratchHub hub, int size, CancellationToken cancellationToken)
    {
        var now = DateTimeOffset.UtcNow;
        var agent = new HubUser
        {
            Id = Guid.CreateVersion7(),
            UserName = "agent",
            NormalizedUserName = "AGENT",
            DisplayName = "Agent",
            Role = Role.Agent,
            CreatedAt = now,
        };
        await hub.Get<HubDatabase>()
            .InTransactionAsync(
                (db, _) =>
                {
                    db.Users.Add(agent);
                    return Task.CompletedTask;
                },
                cancellationToken
            );
        var stages = await hub.Get<StageDirectory>().AllAsync(cancellationToken);
        var open = stages.Where(stage => stage.Status is LeadStatus.New).ToList();
        await LeadCopy.WriteAsync(hub, LeadSpread.Make(size, [agent], open, now), cancellationToken);
        await hub.ExecuteAsync(
            $"""
            INSERT INTO follow_ups (id, lead_id, title, due_at, author_name, origin, created_at)
            SELECT gen_random_uuid(), id, 'Call', now() + interval '10 days' + number * interval '1 second', 'Agent', 1, now()
            FROM leads;
            UPDATE leads SET agent_id = '{agent.Id}';
            """,
            cancellationToken
        );
        // Each by itself: PostgreSQL takes no VACUUM among other commands.
        await hub.ExecuteAsync("VACUUM ANALYZE leads", cancellationToken);
        await hub.ExecuteAsync("VACUUM ANALYZE follow_ups", cancellationToken);
    }

    private static async Task<IReadOnlyList<string>> MeasureAsync(
        ScratchHub hub,
        BoardGrouping grouping,
        int size,
        CancellationToken cancellationToken
    )
    {
        var boards = hub.Get<BoardQueries>();
        var query = Board(await hub.Get<StageDirectory>().AllAsync(cancellationToken), grouping);
        var columns = await boards.ColumnsAsync(Actor.System, query, cancellationToken);
        var first = new BoardSlice(columns.MaxBy(column => column.Count)!.Place);
        var further = await HalfWayAsync(boards, query, first, size, cancellationToken);
        var opened = await ReadTiming.Quick.TimeAsync(
            token => boards.CardsAsync(Actor.System, query, [first], token),
            cancellationToken
        );
        var next = await ReadTiming.Quick.TimeAsync(
            token => boards.CardsAsync(Actor.System, query, [further], token),
            cancellationToken
        );
        var figures = await ReadTiming.Quick.TimeAsync(
            token => boards.ColumnsAsync(Actor.System, query, token),
            cancellationToken
        );
        return
        [
            grouping.ToString(),
            size.ToString("N0", CultureInfo.InvariantCulture),
            Both(opened),
            Both(next),
            Both(figures),
        ];
    }

    // A page has to be walked to, as a person would.
    private static async Task<BoardSlice> HalfWayAsync(
        BoardQueries boards,
        BoardQuery query,
        BoardSlice slice,
        int size,
        CancellationToken cancellationToken
    )
    {
        for (var read = 0; read < size / 2; read += BoardQueries.MostCards)
        {
            var pages = await boards.CardsAsync(
                Actor.System,
                query,
                [slice with { Take = Math.Min(BoardQueries.MostCards, size / 2) }],
                cancellationToken
            );
            slice = slice with { Card = pages[0].Cards[^1] };
        }

        return slice;
    }

    private static string Both(Percentiles times) => $"{times.At(50)} / {times.At(99)}";
}
