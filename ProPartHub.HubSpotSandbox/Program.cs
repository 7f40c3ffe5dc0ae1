using ProPartHub.HubSpotSandbox;

const string exitWithStdin = "--exit-with-stdin";

var configuration = new ConfigurationBuilder().AddCommandLine([.. args.Where(arg => arg != exitWithStdin)]).Build();
var options = configuration.Get<SandboxOptions>() ?? new SandboxOptions();
if (configuration["urls"] is { } url)
    options = options with { Url = url };

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    stop.Cancel();
};
if (args.Contains(exitWithStdin))
    ParentWatch.CancelWhenInputEnds(stop);

await using var sandbox = await SandboxHost.StartAsync(
    options,
    stop.Token,
    logging => logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning)
);
Console.WriteLine($"Sandbox listening on {sandbox.BaseAddress.AbsoluteUri.TrimEnd('/')}");
await sandbox.WaitForShutdownAsync(stop.Token);
