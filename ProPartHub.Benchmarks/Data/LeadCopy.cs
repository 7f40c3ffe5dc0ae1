using Microsoft.EntityFrameworkCore.Metadata;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Benchmarks.Data;

/// <summary>Writes many leads by COPY, without their history.</summary>
internal static class LeadCopy
{
    public static async Task WriteAsync(ScratchHub hub, IEnumerable<Lead> leads, CancellationToken cancellationToken)
    {
        await using var db = await hub.OpenAsync(cancellationToken);
        var table = new CopyTable(
            db.Model.FindEntityType(typeof(Lead))!,
            property => property.ValueGenerated is ValueGenerated.Never
        );
        await using var connection = await hub.PatientAsync(cancellationToken);
        await table.WriteAsync(connection, leads, TimeSpan.FromMinutes(10), cancellationToken);
    }
}
