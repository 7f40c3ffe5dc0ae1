using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Transfer.Import;

namespace ProPartHub.Benchmarks.Intake;

/// <summary>What an import cost, and what became of its rows.</summary>
internal sealed record IntakeFigures(
    TimeSpan TakenIn,
    HeapFigures Check,
    HeapFigures Run,
    int Created,
    int Skipped,
    int Refused
)
{
    public TimeSpan Total => TakenIn + Check.Time + Run.Time;

    public bool IsWhole(int rows) => Created + Skipped + Refused == rows && Created > rows / 2;
}

/// <summary>Takes a file through an import as the page and the background work do, a step after another.</summary>
internal sealed class MeasuredIntake(IServiceProvider services, Actor actor)
{
    private readonly LeadImports _imports = services.GetRequiredService<LeadImports>();
    private readonly ImportRunner _runner = services.GetRequiredService<ImportRunner>();
    private readonly HubDatabase _database = services.GetRequiredService<HubDatabase>();

    public async Task<IntakeFigures> RunAsync(byte[] file, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7();
        var start = Stopwatch.GetTimestamp();
        using var content = new MemoryStream(file);
        if (await _imports.BeginAsync(actor, id, "leads.csv", content, cancellationToken) is { } trouble)
        {
            throw new InvalidOperationException($"The file was not taken: {trouble}.");
        }

        var takenIn = Stopwatch.GetElapsedTime(start);
        await _imports.CheckAsync(actor, id, cancellationToken);
        var check = await HeapWatch.OnceAsync(() => ToTheEndAsync(cancellationToken));
        await _imports.StartAsync(actor, id, cancellationToken);
        var run = await HeapWatch.OnceAsync(() => ToTheEndAsync(cancellationToken));
        await using var db = await _database.ReadAsync(cancellationToken);
        var import = await db.LeadImports.SingleAsync(row => row.Id == id, cancellationToken);
        return new(takenIn, check, run, import.Created + import.Updated, import.Skipped, import.Refused);
    }

    private async Task ToTheEndAsync(CancellationToken cancellationToken)
    {
        while (await _runner.RunNextAsync(cancellationToken)) { }
    }
}
