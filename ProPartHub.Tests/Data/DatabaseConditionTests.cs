using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using ProPartHub.Domain.Data;
using ProPartHub.Tests.Live;
using Xunit;

namespace ProPartHub.Tests.Data;

/// <summary>Many threads meet a trouble at once; what pages are told last must be what stands.</summary>
public sealed class DatabaseConditionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatIsToldLast_IsWhatStands()
    {
        await using var source = NpgsqlDataSource.Create("Host=127.0.0.1");
        var condition = new DatabaseCondition(source, new FakeTimeProvider());
        var told = new ConcurrentQueue<DatabaseTrouble?>();
        using var isTelling = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        condition.Changed += met =>
        {
            if (met?.Trouble is DatabaseTrouble.NoRoom)
            {
                isTelling.Set();
                goOn.Wait(Token);
            }

            told.Enqueue(met?.Trouble);
        };

        var first = Task.Run(() => condition.Note(Refusal(PostgresErrorCodes.DiskFull)), Token);
        isTelling.Wait(Token);
        var second = Task.Run(() => condition.Note(Refusal(PostgresErrorCodes.ReadOnlySqlTransaction)), Token);
        await Eventually.IsAsync(() => condition.Current?.Trouble is DatabaseTrouble.ReadOnly, Token);
        // Told out of turn it would be by now.
        await Task.WhenAny(second, Task.Delay(200, Token));
        goOn.Set();
        await Task.WhenAll(first, second);

        Assert.Equal([DatabaseTrouble.NoRoom, DatabaseTrouble.ReadOnly], told);
    }

    private static PostgresException Refusal(string code) => new("", "ERROR", "ERROR", code);
}
