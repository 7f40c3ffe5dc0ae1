using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace ProPartHub.Domain.Data;

/// <summary>
/// Stores entities that were added to a context in one COPY, where <see cref="DbContext.SaveChangesAsync(CancellationToken)"/> would
/// send an INSERT for each and have the table's statement triggers run for each. They are tracked afterwards as if they had been
/// saved.
/// </summary>
/// <remarks>
/// Numbers come from the table's own sequence, in the order in which the entities were added. Whatever else the database fills in by
/// a default (its transaction's number, its clock) is the same for all of them, since one statement writes them.
/// </remarks>
internal static class AddedRows
{
    private static readonly ConcurrentDictionary<IEntityType, Plan> Plans = new();

    /// <summary>Stores the added entities of a kind; does nothing where there are none.</summary>
    /// <param name="db">The context, within a transaction.</param>
    /// <param name="cancellationToken">Gives up; the transaction is of no use then.</param>
    /// <exception cref="PostgresException">An entity breaks a rule of the table.</exception>
    public static async Task CopyAsync<T>(HubDbContext db, CancellationToken cancellationToken)
        where T : class
    {
        var plan = Plans.GetOrAdd(db.Model.FindEntityType(typeof(T))!, entity => new Plan(entity));
        var added = db.ChangeTracker.Entries<T>().Where(entry => entry.State is EntityState.Added).ToList();
        if (added.Count == 0)
        {
            return;
        }

        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        if (plan.Number is { } number)
        {
            // Until they are stored they have made-up numbers where the number is the key, each larger than the one before.
            added = [.. added.OrderBy(entry => entry.Property(number.Name).CurrentValue)];
            await NumberAsync(connection, plan.Table, number, added, cancellationToken);
        }

        await plan.Copy.WriteAsync(connection, added.Select(entry => entry.Entity), timeout: null, cancellationToken);
        await ReadBackAsync(connection, plan, added, cancellationToken);
        foreach (var entry in added)
        {
            entry.State = EntityState.Unchanged;
        }
    }

    private static async Task NumberAsync<T>(
        NpgsqlConnection connection,
        StoreObjectIdentifier table,
        IProperty number,
        List<EntityEntry<T>> added,
        CancellationToken cancellationToken
    )
        where T : class
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT nextval(sequence.name) FROM (SELECT pg_get_serial_sequence($1, $2)::regclass AS name) AS sequence,
                generate_series(1, $3)
            """,
            connection
        );
        command.Parameters.Add(new() { Value = table.Name });
        command.Parameters.Add(new() { Value = number.GetColumnName(table)! });
        command.Parameters.Add(new() { Value = added.Count });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        foreach (var entry in added)
        {
            await reader.ReadAsync(cancellationToken);
            entry.Property(number.Name).CurrentValue = Convert.ChangeType(
                reader.GetInt64(0),
                number.ClrType,
                CultureInfo.InvariantCulture
            );
        }
    }

    private static async Task ReadBackAsync<T>(
        NpgsqlConnection connection,
        Plan plan,
        List<EntityEntry<T>> added,
        CancellationToken cancellationToken
    )
        where T : class
    {
        if (plan.Filled.Count == 0)
        {
            return;
        }

        var columns = string.Join(", ", plan.Filled.Select(property => property.GetColumnName(plan.Table)));
        await using var command = new NpgsqlCommand(
            $"SELECT {columns} FROM {plan.Table.Name} WHERE {plan.Key.GetColumnName(plan.Table)} = $1",
            connection
        );
        command.Parameters.Add(new() { Value = added[0].Property(plan.Key.Name).CurrentValue! });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        for (var column = 0; column < plan.Filled.Count; column++)
        {
            var value = reader.GetValue(column);
            foreach (var entry in added)
            {
                entry.Property(plan.Filled[column].Name).CurrentValue = value;
            }
        }
    }

    private sealed class Plan
    {
        public Plan(IEntityType entity)
        {
            Table = StoreObjectIdentifier.Table(entity.GetTableName()!, entity.GetSchema());
            Key = entity.FindPrimaryKey()!.Properties.Single();
            Number = entity.GetProperties().SingleOrDefault(IsNumber);
            Filled =
            [
                .. entity
                    .GetProperties()
                    .Where(property => !IsWritten(property) && property.GetComputedColumnSql() is null),
            ];
            Copy = new CopyTable(entity, IsWritten);
        }

        public StoreObjectIdentifier Table { get; }

        public IProperty Key { get; }

        /// <summary>What the table's sequence numbers.</summary>
        public IProperty? Number { get; }

        /// <summary>What the database fills in, the same for all rows of a statement.</summary>
        public List<IProperty> Filled { get; }

        public CopyTable Copy { get; }

        private static bool IsNumber(IProperty property) =>
            property.GetValueGenerationStrategy() is not NpgsqlValueGenerationStrategy.None;

        // A moment that has a default only for rows from before its column is the entity's own all the same.
        private static bool IsWritten(IProperty property) =>
            property.ValueGenerated is ValueGenerated.Never
            || IsNumber(property)
            || (property.ValueGenerated is ValueGenerated.OnAdd && property.GetColumnType() is not "xid8");
    }
}
