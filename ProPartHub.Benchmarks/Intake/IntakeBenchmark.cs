using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Benchmarks.Data;
using ProPartHub.Benchmarks.Lists;

namespace ProPartHub.Benchmarks.Intake;

/// <summary>Leads from a file, from the upload until the last row has become a lead; beside it the same number of leads by COPY.</summary>
internal static class IntakeBenchmark
{
    private const int Known = 100_000;
    private const int Few = 10_000;

    private static readonly TimeSpan Bar = TimeSpan.FromSeconds(60);

    /// <returns>False when a row was lost or the largest file took longer than the bar.</returns>
    public static async Task<bool> RunAsync(
        BenchmarkOptions options,
        MarkdownReport report,
        CancellationToken cancellationToken
    )
    {
        var (rows, isWithin) = (new List<IReadOnlyList<string>>(), true);
        foreach (var size in new[] { Few, options.Intake }.Distinct())
        {
            await using var scratch = await ScratchHub.StartAsync(new CommandRecorder(), cancellationToken);
            var manager = await AgencySeed.WriteAsync(scratch, Known, cancellationToken);
            await using var portal = QuietPortal.Over(scratch);
            await using var scope = portal.Services.CreateAsyncScope();
            var intake = new MeasuredIntake(scope.ServiceProvider, manager);
            if (size == Few)
            {
                // What only the first run does, such as compiling queries, is none of the file's.
                await intake.RunAsync(IntakeFile.Make(200, Known), cancellationToken);
            }

            var figures = await intake.RunAsync(IntakeFile.Make(size, Known), cancellationToken);
            var floor = await CopyAsync(scratch, size, cancellationToken);
            isWithin &= figures.IsWhole(size) && (size < options.Intake || figures.Total <= Bar);
            rows.Add(RowOf(size, figures, floor));
        }

        report.Heading(
            $"Leads from a file, into an agency of {Known.ToString("N0", CultureInfo.InvariantCulture)} leads"
        );
        report.Line(
            "Every tenth row is a client that the agency has, every twentieth stands twice in the file. The bar for the "
                + $"largest is {Bar.TotalSeconds} s for reading, check and run together. The floor writes as many leads by "
                + "COPY, with the table's indexes, without events, checks and marks for HubSpot."
        );
        report.Table(
            ["rows", "taken in, s", "check, s", "run, s", "created", "skipped", "refused", "peak heap MiB", "floor, s"],
            rows
        );
        return isWithin;
    }

    private static async Task<TimeSpan> CopyAsync(ScratchHub scratch, int size, CancellationToken cancellationToken)
    {
        var leads = (await HubLeads.MakeAsync(scratch, size, cancellationToken)).ToList();
        var start = Stopwatch.GetTimestamp();
        await LeadCopy.WriteAsync(scratch, leads, cancellationToken);
        return Stopwatch.GetElapsedTime(start);
    }

    private static IReadOnlyList<string> RowOf(int size, IntakeFigures figures, TimeSpan floor) =>
        [
            Number(size),
            Seconds(figures.TakenIn),
            Seconds(figures.Check.Time),
            Seconds(figures.Run.Time),
            Number(figures.Created),
            Number(figures.Skipped),
            Number(figures.Refused),
            (Math.Max(figures.Check.Peak, figures.Run.Peak) / 1048576.0).ToString("0.0", CultureInfo.InvariantCulture),
            Seconds(floor),
        ];

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
