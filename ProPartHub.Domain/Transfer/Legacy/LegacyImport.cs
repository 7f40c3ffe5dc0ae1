using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.Files.Pictures;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>
/// Moves in from the former portal: accounts, leads, comments, catalogue and files, out of one picture of its database. It
/// may be run again at any time, also after a crash: what was brought stays, and only what is new there comes.
/// </summary>
public sealed class LegacyImport(
    HubDatabase database,
    NpgsqlDataSource hub,
    StageDirectory stages,
    FileStore files,
    PictureWorkshop workshop,
    TimeProvider time
)
{
    // Any number that no other lock of the hub uses: "moving in" as ASCII.
    private const long Lock = 0x6D6F76696E67696E;

    /// <summary>Runs it, for the server's operator: it asks for no rights.</summary>
    /// <param name="order">What is wanted.</param>
    /// <param name="cancellationToken">Ends it after the batch that is under way.</param>
    /// <returns>What was done, or in a dry run what would be.</returns>
    /// <exception cref="LegacyRefusedException">
    /// Another run is under way, the hub is bound to the sandbox, or the other database is no former portal.
    /// </exception>
    /// <exception cref="NpgsqlException">One of the databases cannot be reached.</exception>
    public async Task<LegacyReport> RunAsync(LegacyOrder order, CancellationToken cancellationToken)
    {
        await using var turn = await TakeTurnAsync(cancellationToken);
        await RefuseSandboxAsync(cancellationToken);
        await using var source = await LegacySource.OpenAsync(order.From, cancellationToken);
        await RefuseStrangersAsync(source, cancellationToken);
        if (order.IsApplied)
        {
            await stages.EnsureLocalPipelineAsync(cancellationToken);
        }

        var report = new LegacyReport { IsApplied = order.IsApplied };
        await using var db = await database.ReadAsync(cancellationToken);
        var run = new LegacyRun(
            source,
            database,
            await LegacyBook.LoadAsync(db, cancellationToken),
            report,
            time.GetUtcNow()
        );
        var known = await LegacyStages.LoadAsync(db, cancellationToken);
        try
        {
            await new LegacyUsers(run, order, time).RunAsync(cancellationToken);
            await new LegacyLeads(run, known).RunAsync(cancellationToken);
            await new LegacyComments(run).RunAsync(cancellationToken);
            await new LegacyActivities(run).RunAsync(cancellationToken);
            await new LegacyProperties(run).RunAsync(cancellationToken);
            await new LegacyUnits(run).RunAsync(cancellationToken);
            await new LegacyFiles(run).RunAsync(cancellationToken);
            if (order.Files is not null)
            {
                await new LegacyFileContents(
                    run,
                    files,
                    workshop,
                    new LegacyFilePlaces(database),
                    new LegacyFolder(order.Files)
                ).RunAsync(cancellationToken);
            }

            if (order.QueuesNewLeads)
            {
                await QueueAsync(run, cancellationToken);
            }
        }
        finally
        {
            // Also after a crash halfway: what was brought is there, and pages shall show it.
            await TellAsync(report, CancellationToken.None);
        }

        return report;
    }

    private async Task<IAsyncDisposable> TakeTurnAsync(CancellationToken cancellationToken)
    {
        // Held by a session of its own, and given up with it.
        var connection = await hub.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("SELECT pg_try_advisory_lock(@lock)", connection);
        command.Parameters.AddWithValue("lock", Lock);
        if (await command.ExecuteScalarAsync(cancellationToken) is true)
        {
            return new Turn(connection);
        }

        await connection.DisposeAsync();
        throw new LegacyRefusedException("Another run is under way on this database; wait until it has ended.");
    }

    private async Task RefuseSandboxAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        if (await db.HubSpotAccounts.AnyAsync(account => account.IsSandbox, cancellationToken))
        {
            throw new LegacyRefusedException(
                "The hub's database is bound to the HubSpot sandbox, where the old leads' deals do not exist. "
                    + "Move into a database of its own (ConnectionStrings__Hub)."
            );
        }
    }

    private static async Task RefuseStrangersAsync(LegacySource source, CancellationToken cancellationToken)
    {
        foreach (var table in new[] { LegacyTable.Users, LegacyTable.Leads })
        {
            if ((await source.ColumnsAsync(table, cancellationToken)).Count == 0)
            {
                throw new LegacyRefusedException(
                    $"There is no table \"{table.Name}\" there: it is another database, or another schema (Search Path)."
                );
            }
        }
    }

    private async Task QueueAsync(LegacyRun run, CancellationToken cancellationToken)
    {
        var ids = new List<Guid>();
        await run.ReadAllAsync(
            LegacyTable.Leads,
            row =>
            {
                if (LegacyDeals.IsUnknownToHubSpot(row) && run.Book.Find(LegacyKind.Lead, row.Id) is { } id)
                {
                    ids.Add(id);
                }
            },
            cancellationToken
        );
        var queued = 0;
        if (run.Report.IsApplied)
        {
            queued = await database.InTransactionAsync(
                (db, token) =>
                    db.Database.ExecuteSqlAsync(
                        $"""
                        INSERT INTO outbox (kind, subject_id, lead_id, revision, since, attempts, due_at)
                        SELECT {(int)OutboxKind.Lead}, id, id, 1, {run.Now}, 0, {run.Now} FROM leads
                        WHERE id = ANY({ids.ToArray()}) AND archived_at IS NULL AND erased_at IS NULL
                            AND status < {(int)LeadStatus.Won}
                            AND NOT EXISTS (SELECT 1 FROM lead_sync WHERE lead_id = leads.id)
                        ON CONFLICT DO NOTHING
                        """,
                        token
                    ),
                cancellationToken
            );
        }

        run.Report.Add(new("lead (queued for HubSpot)") { Read = ids.Count, Brought = queued }, []);
    }

    private async Task TellAsync(LegacyReport report, CancellationToken cancellationToken)
    {
        if (!report.IsApplied)
        {
            return;
        }

        await database.InTransactionAsync(
            async (db, token) =>
            {
                db.SecurityEvents.Add(
                    SecurityLog.Entry(
                        SecurityEventKind.MovedIn,
                        Actor.System,
                        time,
                        null,
                        [
                            .. report.Counts.Select(count => (count.Table, (string?)Words(count))),
                            ("listed", report.Lines.Count.ToString(CultureInfo.InvariantCulture)),
                        ]
                    )
                );
                await db.NotifyRefreshAsync(token);
            },
            cancellationToken
        );
    }

    private static string Words(LegacyCount count) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{count.Brought} brought, {count.Changed} changed, {count.Unchanged} unchanged, {count.LeftOut} left out"
        );

    // A connection that goes back to its pool keeps the lock until somebody takes it out again.
    private sealed class Turn(NpgsqlConnection connection) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await using (connection)
            {
                await using var command = new NpgsqlCommand("SELECT pg_advisory_unlock_all()", connection);
                await command.ExecuteNonQueryAsync();
            }
        }
    }
}
