using ProPartHub.Domain.Data;
using ProPartHub.Domain.Documents;
using ProPartHub.Domain.Files;
using ProPartHub.Tests.Infrastructure;

namespace ProPartHub.Tests.Documents;

/// <summary>Documents as rows, where no test opens their contents.</summary>
internal static class DocumentRows
{
    /// <summary>A document of a lead; its one version has the same key.</summary>
    public static async Task<Guid> DocumentAsync(this HubBed bed, Guid leadId)
    {
        var document = Of(Guid.CreateVersion7(), leadId, "Договір", bed.Time.GetUtcNow());
        await bed.Get<HubDatabase>()
            .InTransactionAsync(
                (db, _) =>
                {
                    db.Documents.Add(document);
                    return Task.CompletedTask;
                },
                CancellationToken.None
            );
        return document.Id;
    }

    /// <summary>The same, to be stored by the caller.</summary>
    public static Document Of(Guid id, Guid leadId, string words, DateTimeOffset now) =>
        new()
        {
            Id = id,
            LeadId = leadId,
            Title = words,
            Versions =
            {
                new DocumentVersion
                {
                    Id = id,
                    Number = 1,
                    Name = words,
                    UploadedAt = now,
                    StoredFile = new StoredFile
                    {
                        Id = Guid.CreateVersion7(),
                        Hash = new byte[StoredFile.HashLength],
                        Type = FileType.Pdf,
                        SealedKey = [1],
                        HandedInAt = now,
                    },
                },
            },
        };
}
