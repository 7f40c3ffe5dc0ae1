using ProPartHub.Tests.Infrastructure.Postgres;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace ProPartHub.Tests.Infrastructure.Postgres;

/// <summary>One throw-away server for the whole run, started when the first test asks for a database.</summary>
public sealed class PostgresFixture : IAsyncDisposable
{
    private static readonly Lazy<Task<TestServer>> Running = new(TestServer.StartAsync);

    /// <summary>The server of this run.</summary>
    internal static Task<TestServer> ServerAsync() => Running.Value;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // One that never started has nothing to stop, and has failed the tests that needed it.
        if (Running is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await Running.Value).DisposeAsync();
        }
    }
}
