using System.Text;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Transfer.Import;
using ProPartHub.Tests.Infrastructure;

namespace ProPartHub.Tests.Import;

/// <summary>Takes files through an import by the same services as the page and the background work.</summary>
internal sealed class ImportBed(HubBed bed)
{
    public LeadImports Imports => bed.Get<LeadImports>();

    /// <summary>Takes a text in.</summary>
    public async Task<Guid> BeginAsync(Actor actor, string text)
    {
        var id = Guid.CreateVersion7();
        var trouble = await Imports.BeginAsync(
            actor,
            id,
            "leads.csv",
            new MemoryStream(Encoding.UTF8.GetBytes(text)),
            CancellationToken.None
        );
        return trouble is null ? id : throw new InvalidOperationException($"Unreadable: {trouble}");
    }

    /// <summary>Takes a text in and has it checked.</summary>
    public async Task<Guid> CheckAsync(
        Actor actor,
        string text,
        DuplicatePolicy policy = DuplicatePolicy.Skip,
        Guid? agentId = null
    )
    {
        var id = await BeginAsync(actor, text);
        var import = await LoadAsync(id);
        await Imports.ChooseAsync(
            actor,
            id,
            new ImportChoices(import.Mapping, import.PhoneCountry, policy, agentId),
            CancellationToken.None
        );
        await Imports.CheckAsync(actor, id, CancellationToken.None);
        await RunAsync();
        return id;
    }

    /// <summary>The same, and brings the leads in.</summary>
    public async Task<Guid> ImportAsync(
        Actor actor,
        string text,
        DuplicatePolicy policy = DuplicatePolicy.Skip,
        Guid? agentId = null
    )
    {
        var id = await CheckAsync(actor, text, policy, agentId);
        await Imports.StartAsync(actor, id, CancellationToken.None);
        await RunAsync();
        return id;
    }

    /// <summary>Has done whatever is due.</summary>
    public async Task RunAsync()
    {
        while (await bed.Get<ImportRunner>().RunNextAsync(CancellationToken.None)) { }
    }

    public Task<LeadImport> LoadAsync(Guid importId) =>
        bed.ReadAsync(db => db.LeadImports.SingleAsync(row => row.Id == importId));

    public Task<List<LeadImportRow>> RowsAsync(Guid importId) =>
        bed.ReadAsync(db =>
            db.LeadImportRows.Where(row => row.ImportId == importId).OrderBy(row => row.Number).ToListAsync()
        );

    /// <summary>Created, updated, skipped, refused.</summary>
    public async Task<(int, int, int, int)> CountsAsync(Guid importId)
    {
        var import = await LoadAsync(importId);
        return (import.Created, import.Updated, import.Skipped, import.Refused);
    }
}
