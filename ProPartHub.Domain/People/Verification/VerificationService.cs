using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.People.Accounts;

namespace ProPartHub.Domain.People.Verification;

/// <summary>What agents do to be verified.</summary>
public sealed class VerificationService(
    HubDatabase database,
    FileStore store,
    VerificationSignal signal,
    TimeProvider time
)
{
    /// <summary>Most documents of a request.</summary>
    public const int MostDocuments = 5;

    /// <summary>Largest document, in bytes.</summary>
    public const int LargestDocument = 10 * 1024 * 1024;

    private static readonly FileRule Papers = new(LargestDocument, [FileType.Pdf, FileType.Jpeg, FileType.Png]);

    /// <summary>Hands in documents and asks to be verified.</summary>
    /// <returns>Why not, or null when the request waits for a decision.</returns>
    /// <exception cref="ForbiddenException">The actor is no agent.</exception>
    public async Task<VerificationFault?> AskAsync(
        Actor actor,
        string? message,
        IReadOnlyList<HandedIn> files,
        CancellationToken cancellationToken
    )
    {
        if (actor.Role is not Role.Agent)
        {
            throw ForbiddenException.For(actor, GuardedAct.AskForVerification);
        }

        message = ReadableText.Cleaned(message)?.Trim();
        if (Check(message, files) is { } fault)
        {
            return fault;
        }

        var request = new VerificationRequest
        {
            UserId = actor.UserId,
            State = VerificationState.Waiting,
            Message = string.IsNullOrEmpty(message) ? null : message,
            AskedAt = time.GetUtcNow(),
        };
        // Contents of a request that is refused are swept: nothing refers to them.
        var documents = new List<VerificationDocument>();
        foreach (var file in files)
        {
            if (await StoreAsync(request.Id, file, cancellationToken) is not { } document)
            {
                return VerificationFault.WrongType;
            }

            documents.Add(document);
        }

        var refusal = await WriteAsync(actor, request, documents, cancellationToken);
        signal.Tell();
        return refusal;
    }

    private VerificationFault? Check(string? message, IReadOnlyList<HandedIn> files) =>
        !store.IsReady ? VerificationFault.NoFolder
        : message?.Length > VerificationRequest.WordsLength ? VerificationFault.TooLong
        : files.Count == 0 ? VerificationFault.NoDocuments
        : files.Count > MostDocuments ? VerificationFault.TooMany
        : files.Any(file => file.Size > LargestDocument) ? VerificationFault.TooLarge
        : null;

    private async Task<VerificationDocument?> StoreAsync(
        Guid requestId,
        HandedIn file,
        CancellationToken cancellationToken
    )
    {
        var name = SafeFileName.Clean(file.Name, VerificationDocument.NameLength);
        var saved = await store.SaveAsync(file with { Name = name }, Papers, cancellationToken);
        // Content, name and the browser's word must agree: a web page called .png is none.
        return
            saved.File is { } stored
            && string.Equals(file.MediaType, stored.Type.MediaType(), StringComparison.OrdinalIgnoreCase)
            ? new()
            {
                RequestId = requestId,
                Name = name,
                Type = stored.Type,
                Size = stored.Size,
                StoredFileId = stored.Id,
            }
            : null;
    }

    private Task<VerificationFault?> WriteAsync(
        Actor actor,
        VerificationRequest request,
        List<VerificationDocument> documents,
        CancellationToken cancellationToken
    ) =>
        database.InTransactionAsync<VerificationFault?>(
            async (db, token) =>
            {
                var user = await db.Users.LockAsync(actor.UserId, token);
                if (user is not { IsActive: true, Role: Role.Agent, IsVerified: false })
                {
                    return VerificationFault.NotNeeded;
                }

                var isWaiting = await db.VerificationRequests.AnyAsync(
                    row => row.UserId == actor.UserId && row.State == VerificationState.Waiting,
                    token
                );
                if (isWaiting)
                {
                    return VerificationFault.Waiting;
                }

                db.VerificationRequests.Add(request);
                db.VerificationDocuments.AddRange(documents);
                db.SecurityEvents.Add(
                    SecurityLog.Entry(
                        SecurityEventKind.VerificationAsked,
                        actor,
                        time,
                        actor.UserId,
                        ("documents", string.Join(", ", documents.Select(document => document.Name)))
                    )
                );
                return null;
            },
            cancellationToken
        );
}
