using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Benchmarks.Data;

/// <summary>Writes many leads by COPY. Columns and conversions come from the model, so it follows every migration.</summary>
internal static class LeadCopy
{
    public static async Task WriteAsync(ScratchHub hub, IEnumerable<Lead> leads, CancellationToken cancellationToken)
    {
        await using var db = await hub.OpenAsync(cancellationToken);
        var entity = db.Model.FindEntityType(typeof(Lead))!;
        var table = StoreObjectIdentifier.Table(entity.GetTableName()!, entity.GetSchema());
        var columns = entity
            .GetProperties()
            .Where(property => property.ValueGenerated is ValueGenerated.Never)
            .Select(property => new Column(property, property.GetColumnName(table)!))
            .ToList();
        await using var connection = await hub.PatientAsync(cancellationToken);
        await using var copy = await connection.BeginBinaryImportAsync(
            $"COPY {table.Name} ({string.Join(", ", columns.Select(column => column.Name))}) FROM STDIN (FORMAT BINARY)",
            cancellationToken
        );
        copy.Timeout = TimeSpan.FromMinutes(10);
        foreach (var lead in leads)
        {
            await copy.StartRowAsync(cancellationToken);
            foreach (var column in columns)
            {
                await (
                    column.Read(lead) is { } value
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

        public object? Read(Lead lead) => _convert(property.GetGetter().GetClrValue(lead));
    }
}
