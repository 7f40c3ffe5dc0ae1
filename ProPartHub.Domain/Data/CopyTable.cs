using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace ProPartHub.Domain.Data;

/// <summary>
/// A table as COPY writes it: many rows in one statement. Names, types and conversions of its columns come from the model, so it
/// follows every migration.
/// </summary>
public sealed class CopyTable
{
    private readonly List<Column> _columns;
    private readonly string _table;

    /// <summary>The table of an entity.</summary>
    /// <param name="entity">The entity; each of its written properties is a member of the class.</param>
    /// <param name="isWritten">Which properties are written; the database fills the others.</param>
    public CopyTable(IEntityType entity, Func<IProperty, bool> isWritten)
    {
        ArgumentNullException.ThrowIfNull(entity);
        ArgumentNullException.ThrowIfNull(isWritten);
        _table = entity.GetTableName()!;
        var table = StoreObjectIdentifier.Table(_table, entity.GetSchema());
        _columns =
        [
            .. entity
                .GetProperties()
                .Where(isWritten)
                .Select(property => new Column(property, property.GetColumnName(table)!)),
        ];
    }

    /// <summary>Writes rows as they come; none of them is kept.</summary>
    /// <param name="connection">Where, in its transaction if it has one.</param>
    /// <param name="rows">The entities.</param>
    /// <param name="timeout">How long the database may take for all of it; null for the connection's own.</param>
    /// <param name="cancellationToken">Gives up; nothing is written then.</param>
    /// <exception cref="PostgresException">A row breaks a rule of the table; nothing is written then.</exception>
    public async Task WriteAsync(
        NpgsqlConnection connection,
        IEnumerable<object> rows,
        TimeSpan? timeout,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(rows);
        var names = string.Join(", ", _columns.Select(column => column.Name));
        await using var copy = await connection.BeginBinaryImportAsync(
            $"COPY {_table} ({names}) FROM STDIN (FORMAT BINARY)",
            cancellationToken
        );
        if (timeout is { } patience)
        {
            copy.Timeout = patience;
        }

        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancellationToken);
            foreach (var column in _columns)
            {
                await (
                    column.Read(row) is { } value
                        ? copy.WriteAsync(value, column.StoreType, cancellationToken)
                        : copy.WriteNullAsync(cancellationToken)
                );
            }
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private sealed class Column(IProperty property, string name)
    {
        private readonly Func<object?, object?> _convert = property.GetTypeMapping().Converter is { } converter
            ? converter.ConvertToProvider
            : value => value;

        public string Name => name;

        // Length limits ("character varying(100)") are no part of a type's name on the wire.
        public string StoreType { get; } = property.GetRelationalTypeMapping().StoreTypeNameBase;

        public object? Read(object row) => _convert(property.GetGetter().GetClrValue(row));
    }
}
