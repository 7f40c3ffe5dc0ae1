using ProPartHub.Benchmarks;
using ProPartHub.Benchmarks.Drills;
using ProPartHub.Benchmarks.Files;
using ProPartHub.Benchmarks.Intake;
using ProPartHub.Benchmarks.Lists;
using ProPartHub.Benchmarks.Live;
using ProPartHub.Benchmarks.Pages;
using ProPartHub.Benchmarks.Reports;
using ProPartHub.Benchmarks.Sync;

if (BenchmarkOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(BenchmarkOptions.Usage);
    return 2;
}

using var interrupt = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    // Ends in order, so that the server and the portal started here end too.
    pressed.Cancel = true;
    interrupt.Cancel();
};

var report = new MarkdownReport();
report.Machine();
var isWhole = true;
if (options.RunsLists)
{
    isWhole &= await ListBenchmark.RunAsync(options, report, interrupt.Token);
}

if (options.RunsBoard)
{
    await ColumnBenchmark.RunAsync(report, interrupt.Token);
}

if (options.RunsReports)
{
    await ReportBenchmark.RunAsync(options, report, interrupt.Token);
}

if (options.RunsFiles)
{
    isWhole &= await FileBenchmark.RunAsync(options, report, interrupt.Token);
}

if (options.RunsIntake)
{
    isWhole &= await IntakeBenchmark.RunAsync(options, report, interrupt.Token);
}

if (options.RunsPages)
{
    isWhole &= await PageBenchmark.RunAsync(options, report, interrupt.Token);
}

if (options.RunsLive)
{
    isWhole &= await LiveBenchmark.RunAsync(options, report, interrupt.Token);
}

if (options.RunsSync)
{
    isWhole &= await SyncBenchmark.RunAsync(options, report, interrupt.Token);
}

if (options.RunsDrills)
{
    isWhole &= await DrillBenchmark.RunAsync(options, report, interrupt.Token);
}

Console.WriteLine(report);
if (options.ReportFile is { } file)
{
    await File.WriteAllTextAsync(file, report.ToString());
}

return isWhole ? 0 : 1;
