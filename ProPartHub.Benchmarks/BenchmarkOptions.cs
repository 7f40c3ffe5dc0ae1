using System.Globalization;

namespace ProPartHub.Benchmarks;

/// <summary>What to measure, from the command line.</summary>
internal sealed record BenchmarkOptions(string Mode)
{
    public const string Usage = """
        live|lists|board|reports|files|intake|pages|sync|drills|all [--circuits 100] [--seconds 10] [--rate 20]
                            [--pages /,/board,/leads] [--leads 1000000] [--objects 10000] [--rows 1000000]
                            [--intake 100000] [--pause 60] [--portal path/to/ProPartHub.Web.dll] [--report file.md]
        """;

    // So many browsers reconnect at once in the drill.
    private const int DrillCircuits = 1000;

    public int Circuits { get; private init; } = 100;

    public int Seconds { get; private init; } = 10;

    /// <summary>Changes a second.</summary>
    public int Rate { get; private init; } = 20;

    /// <summary>Pages whose circuits are measured, one after another.</summary>
    public IReadOnlyList<string> Pages { get; private init; } = ["/", "/board", "/leads"];

    /// <summary>Leads of the largest agency whose lists and reports are measured.</summary>
    public int Leads { get; private init; } = 1_000_000;

    /// <summary>Deals in the HubSpot account of the import, each with its contact.</summary>
    public int Objects { get; private init; } = 10_000;

    /// <summary>Rows of the largest file to take away.</summary>
    public int Rows { get; private init; } = 1_000_000;

    /// <summary>Rows of the largest file to bring in.</summary>
    public int Intake { get; private init; } = 100_000;

    /// <summary>Seconds for which the drill freezes PostgreSQL.</summary>
    public int Pause { get; private init; } = 60;

    public string? Portal { get; private init; }

    public string? ReportFile { get; private init; }

    public bool RunsLists => Mode is "lists" or "all";

    public bool RunsBoard => Mode is "board" or "all";

    public bool RunsReports => Mode is "reports" or "all";

    public bool RunsFiles => Mode is "files" or "all";

    public bool RunsIntake => Mode is "intake" or "all";

    public bool RunsPages => Mode is "pages" or "all";

    public bool RunsLive => Mode is "live" or "all";

    public bool RunsSync => Mode is "sync" or "all";

    /// <summary>Not among all: they spoil what they run on.</summary>
    public bool RunsDrills => Mode is "drills";

    public static BenchmarkOptions? Parse(string[] args)
    {
        if (
            args
                is not [
                    "live"
                    or "lists"
                    or "board"
                    or "reports"
                    or "files"
                    or "intake"
                    or "pages"
                    or "sync"
                    or "drills"
                    or "all",
                    ..,
                ]
            || args.Length % 2 == 0
        )
        {
            return null;
        }

        var options = new BenchmarkOptions(args[0]);
        options = options.RunsDrills ? options with { Circuits = DrillCircuits } : options;
        foreach (var pair in args.Skip(1).Chunk(2))
        {
            var isNumber = int.TryParse(pair[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            options = pair[0] switch
            {
                "--circuits" when isNumber && number > 0 => options with { Circuits = number },
                "--seconds" when isNumber && number > 0 => options with { Seconds = number },
                "--rate" when isNumber && number is > 0 and <= 1000 => options with { Rate = number },
                "--leads" when isNumber && number > 0 => options with { Leads = number },
                "--objects" when isNumber && number > 0 => options with { Objects = number },
                "--pause" when isNumber && number > 0 => options with { Pause = number },
                "--rows" when isNumber && number > 0 => options with { Rows = number },
                "--intake" when isNumber && number > 0 => options with { Intake = number },
                "--pages" => options with { Pages = pair[1].Split(',') },
                "--portal" => options with { Portal = pair[1] },
                "--report" => options with { ReportFile = pair[1] },
                _ => null,
            };
            if (options is null)
            {
                return null;
            }
        }

        return options;
    }
}
