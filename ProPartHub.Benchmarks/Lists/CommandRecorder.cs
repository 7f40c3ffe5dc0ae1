using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace ProPartHub.Benchmarks.Lists;

/// <summary>One SQL command as EF Core sent it.</summary>
internal sealed record SentCommand(string Sql, IReadOnlyList<NpgsqlParameter> Parameters)
{
    /// <summary>Runs it without EF Core and reads every value: what the same rows cost at least.</summary>
    public async Task ReplayAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(Sql);
        foreach (var parameter in Parameters)
        {
            command.Parameters.Add(parameter.Clone());
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var values = new object[reader.FieldCount];
        while (await reader.ReadAsync(cancellationToken))
        {
            reader.GetValues(values);
        }
    }
}

/// <summary>Keeps the queries that EF Core sends.</summary>
internal sealed class CommandRecorder : DbCommandInterceptor
{
    private readonly ConcurrentQueue<SentCommand> _sent = new();

    /// <summary>What was sent since the last call.</summary>
    public IReadOnlyList<SentCommand> Take()
    {
        SentCommand[] sent = [.. _sent];
        _sent.Clear();
        return sent;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default
    )
    {
        _sent.Enqueue(
            new SentCommand(
                command.CommandText,
                [.. command.Parameters.Cast<NpgsqlParameter>().Select(parameter => parameter.Clone())]
            )
        );
        return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }
}
