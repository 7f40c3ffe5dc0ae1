using Microsoft.Extensions.Logging;
using ProPartHub.HubSpotSandbox;
using ProPartHub.HubSpotSandbox.Objects;
using ProPartHub.HubSpotSandbox.Seed;
using Xunit;

namespace ProPartHub.Tests.Sandbox;

/// <summary>A sandbox that is started again and again on one file.</summary>
public abstract class StateTest : IDisposable
{
    private protected ContractClock Clock { get; } = new();

    protected DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("propart-sandbox-");

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected string File => Path.Combine(Folder.FullName, "account.json");

    public void Dispose()
    {
        Folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected Task<SandboxHost> StartAsync(int contacts = 0, LogLines? log = null) =>
        SandboxHost.StartAsync(
            new SandboxOptions
            {
                TimeProvider = Clock,
                StateFile = File,
                Seed = new SeedOptions { Contacts = contacts, Deals = contacts },
            },
            Cancel,
            logging => logging.SetMinimumLevel(LogLevel.Error).AddProvider(log ?? new LogLines())
        );

    private protected static string Contact(SandboxHost sandbox, string email) =>
        sandbox.HeadOffice.Create(ObjectType.Contacts, new Dictionary<string, string?> { ["email"] = email });

    private protected sealed class LogLines : ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Lines.Add(formatter(state, exception));

        public void Dispose() { }
    }
}
