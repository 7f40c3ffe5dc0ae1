using Npgsql;

namespace ProPartHub.Domain.Data;

/// <summary>A trouble of the database, and since when (UTC) this process has met it.</summary>
public sealed record MetTrouble(DatabaseTrouble Trouble, DateTimeOffset Since);

/// <summary>
/// Whether the database does what this process asks of it: whatever meets a refusal notes it here, and it stands until
/// <see cref="ProveAsync"/> has written something. One for the process; safe to call from any thread.
/// </summary>
public sealed class DatabaseCondition(NpgsqlDataSource source, TimeProvider time)
{
    // More than the free places of any catalogue page: the server has to extend a file, as it does for what people add.
    private const string Write = """
        CREATE TEMPORARY TABLE room_for_work ON COMMIT DROP AS
        SELECT repeat(md5(number::text), 60) AS filling FROM generate_series(1, 200) AS number
        """;

    private const int SecondsToAnswer = 5;

    private readonly Lock _gate = new();
    private readonly Lock _telling = new();
    private MetTrouble? _current;

    /// <summary>Raised when a trouble comes, turns into another or goes; on the thread that noticed.</summary>
    public event Action<MetTrouble?>? Changed;

    /// <summary>The trouble that stands; null for none.</summary>
    public MetTrouble? Current
    {
        get
        {
            lock (_gate)
            {
                return _current;
            }
        }
    }

    /// <summary>Looks whether the server can be written to; what it says of that is what stands from then on.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task ProveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using var command = new NpgsqlCommand(Write, connection, transaction)
            {
                CommandTimeout = SecondsToAnswer,
            };
            await command.ExecuteNonQueryAsync(cancellationToken);
            Set(null);
        }
        catch (Exception failure) when (DatabaseOutage.Is(failure))
        {
            // A server that is away altogether is the feed's to tell of.
            Set(DatabaseOutage.TroubleOf(failure));
        }
    }

    internal void Note(Exception failure)
    {
        if (DatabaseOutage.TroubleOf(failure) is { } trouble)
        {
            Set(trouble);
        }
    }

    private void Set(DatabaseTrouble? trouble)
    {
        lock (_gate)
        {
            if (trouble == _current?.Trouble)
            {
                return;
            }

            _current = trouble is { } met ? new MetTrouble(met, time.GetUtcNow()) : null;
        }

        // One after another, each with what stands by then: told in another order, a trouble that is over would stay on every page.
        lock (_telling)
        {
            Changed?.Invoke(Current);
        }
    }
}
