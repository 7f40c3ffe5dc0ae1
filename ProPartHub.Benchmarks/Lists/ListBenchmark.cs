using System.Diagnostics;
using System.Globalization;
using Npgsql;
using ProPartHub.Benchmarks.Data;
using ProPartHub.Domain.Boards;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Benchmarks.Lists;

/// <summary>The lead list and the board at two sizes, beside the same SQL by bare Npgsql.</summary>
internal static class ListBenchmark
{
    internal const int WarmUps = 20;
    internal const int Runs = 200;
    private static readonly int[] Sizes = [10_000, 100_000];

    private sealed record Case(string Name, Func<CancellationToken, Task> Run);

    public static async Task RunAsync(MarkdownReport report, CancellationToken cancellationToken)
    {
        foreach (var size in Sizes)
        {
            var recorder = new CommandRecorder();
            await using var hub = await ScratchHub.StartAsync(recorder, cancellationToken);
            var manager = await SeedAsync(hub, size, cancellationToken);
            var rows = new List<IReadOnlyList<string>>();
            foreach (var each in await CasesAsync(hub, manager, size, cancellationToken))
            {
                rows.Add(await MeasureAsync(each, hub.Get<NpgsqlDataSource>(), recorder, cancellationToken));
            }

            report.Heading($"Lists at {size.ToString("N0", CultureInfo.InvariantCulture)} leads");
            report.Line($"{Runs} runs each after {WarmUps} to warm up, one after another; times in ms.");
            report.Table(["Query", "SQL commands", "p50", "p99", "bare Npgsql p50", "bare p99"], rows);
        }
    }

    private static async Task<Actor> SeedAsync(ScratchHub hub, int size, CancellationToken cancellationToken)
    {
        var now = DateTimeOffset.UtcNow;
        var teams = Enumerable.Range(1, 4).Select(number => new Team { Name = $"Team {number}" }).ToList();
        var agents = Enumerable.Range(0, 40).Select(n => Person(n, Role.Agent, teams[n % 4], now)).ToList();
        var manager = Person(40, Role.Manager, teams[0], now);
        await hub.Get<HubDatabase>()
            .InTransactionAsync(
                (db, _) =>
                {
                    db.Teams.AddRange(teams);
                    db.Users.AddRange([.. agents, manager]);
                    return Task.CompletedTask;
                },
                cancellationToken
            );
        var stages = await hub.Get<StageDirectory>().AllAsync(cancellationToken);
        await LeadCopy.WriteAsync(hub, LeadSpread.Make(size, agents, stages, now), cancellationToken);
        await hub.ExecuteAsync("VACUUM ANALYZE leads", cancellationToken);
        return manager.ToActor(null);
    }

    private static HubUser Person(int number, Role role, Team team, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            UserName = $"person{number}",
            NormalizedUserName = $"PERSON{number}",
            DisplayName = $"Person {number}",
            Role = role,
            TeamId = team.Id,
            CreatedAt = now,
        };

    private static async Task<IReadOnlyList<Case>> CasesAsync(
        ScratchHub hub,
        Actor manager,
        int size,
        CancellationToken cancellationToken
    )
    {
        var (list, board) = (hub.Get<LeadQueries>(), hub.Get<BoardQueries>());
        var stages = await hub.Get<StageDirectory>().AllAsync(cancellationToken);
        var all = new LeadListQuery();
        var shown = ColumnBenchmark.Board(stages, BoardGrouping.Stage);
        var slices = stages.Select(stage => new BoardSlice(new StagePlace(stage))).ToList();
        var deep = all with { Cursor = await HalfWayAsync(list, size, cancellationToken) };
        return
        [
            new("first page, admin", token => list.PageAsync(Actor.System, all, token)),
            new("first page, manager", token => list.PageAsync(manager, all, token)),
            new("page in the middle, admin", token => list.PageAsync(Actor.System, deep, token)),
            new("by name, manager", token => list.PageAsync(manager, all with { Sort = LeadSort.Name }, token)),
            new(
                "search in two words",
                token => list.PageAsync(Actor.System, all with { Search = "Петренко Олена" }, token)
            ),
            new(
                "search of a phone's end",
                token => list.PageAsync(Actor.System, all with { Search = "1004242" }, token)
            ),
            new("count of all", token => list.CountAsync(Actor.System, all, token)),
            new(
                "count of a country (stops at 10,000)",
                token => list.CountAsync(Actor.System, all with { Country = "AE" }, token)
            ),
            new("a budget band", token => list.PageAsync(Actor.System, all with { BudgetBand = 3 }, token)),
            new("board: first cards, admin", token => board.CardsAsync(Actor.System, shown, slices, token)),
            new("board: first cards, manager", token => board.CardsAsync(manager, shown, slices, token)),
            new("board: counts and sums, admin", token => board.ColumnsAsync(Actor.System, shown, token)),
            new("board: counts and sums, manager", token => board.ColumnsAsync(manager, shown, token)),
        ];
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

    private static async Task<IReadOnlyList<string>> MeasureAsync(
        Case measured,
        NpgsqlDataSource source,
        CommandRecorder recorder,
        CancellationToken cancellationToken
    )
    {
        recorder.Take();
        await measured.Run(cancellationToken);
        var commands = recorder.Take();
        var hub = await TimeAsync(measured.Run, cancellationToken);
        var bare = await TimeAsync(
            async token =>
            {
                foreach (var command in commands)
                {
                    await command.ReplayAsync(source, token);
                }
            },
            cancellationToken
        );
        return [measured.Name, $"{commands.Count}", hub.At(50), hub.At(99), bare.At(50), bare.At(99)];
    }

    internal static async Task<Percentiles> TimeAsync(
        Func<CancellationToken, Task> run,
        CancellationToken cancellationToken
    )
    {
        var times = new List<TimeSpan>(Runs);
        for (var number = -WarmUps; number < Runs; number++)
        {
            var start = Stopwatch.GetTimestamp();
            await run(cancellationToken);
            if (number >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(start));
            }
        }

        return new Percentiles(times);
    }
}
