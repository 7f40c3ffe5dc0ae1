using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Transfer.Import;

/// <content>What comes before a check: the file, how it is to be read, and what its columns are.</content>
public sealed partial class LeadImports
{
    /// <summary>Takes a file in; its columns are proposed by its headings, or as the person had them the last time.</summary>
    /// <param name="actor">Who imports.</param>
    /// <param name="importId">Made by the caller, so that a repeated click begins one import.</param>
    /// <param name="fileName">The file's name.</param>
    /// <param name="content">What is in it; read to its end.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Why it cannot be read; null where it can.</returns>
    /// <exception cref="ForbiddenException">The actor is an agent.</exception>
    public async Task<FileTrouble?> BeginAsync(
        Actor actor,
        Guid importId,
        string fileName,
        Stream content,
        CancellationToken cancellationToken
    )
    {
        var writer = Importing(actor);
        try
        {
            var bytes = await BytesAsync(content, cancellationToken);
            var name = ReadableText.Cut(Path.GetFileName(fileName), ImportLimits.FileName);
            var shape = TableSource.IsWorkbook(bytes) ? null : TextShape.Of(bytes);
            var import = new LeadImport
            {
                Id = importId,
                ActorId = writer.UserId,
                Address = ReadableText.Cut(writer.Address, 64),
                FileName = string.IsNullOrWhiteSpace(name) ? "—" : name,
                FileSize = bytes.Length,
                CreatedAt = time.GetUtcNow(),
                TouchedAt = time.GetUtcNow(),
                Coding = shape?.Coding,
                Separator = shape?.Separator.ToString(),
            };
            TakeHeadings(import, bytes);
            await database.InTransactionAsync(
                async (db, token) =>
                {
                    if (await db.LeadImports.AnyAsync(row => row.Id == importId, token))
                    {
                        return;
                    }

                    await RememberAsync(db, import, token);
                    db.LeadImports.Add(import);
                    db.LeadImportFiles.Add(new LeadImportFile { ImportId = importId, Content = bytes });
                },
                cancellationToken
            );
            return null;
        }
        catch (UnreadableFileException unreadable)
        {
            return unreadable.Trouble;
        }
    }

    /// <summary>Reads a text with another encoding or separator; its columns are proposed anew.</summary>
    /// <returns>Why it cannot be read so; null where it can.</returns>
    /// <exception cref="NotFoundException">There is no such import for the actor.</exception>
    public Task<FileTrouble?> ReshapeAsync(
        Actor actor,
        Guid importId,
        TextShape shape,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync<FileTrouble?>(
            actor,
            importId,
            async (db, import, token) =>
            {
                if (import is not { State: ImportState.Draft, Coding: not null } || !IsKnown(shape))
                {
                    return null;
                }

                var bytes = await ContentAsync(db, importId, token);
                (import.Coding, import.Separator) = (shape.Coding, shape.Separator.ToString());
                try
                {
                    TakeHeadings(import, bytes);
                    await RememberAsync(db, import, token);
                    return null;
                }
                catch (UnreadableFileException unreadable)
                {
                    return unreadable.Trouble;
                }
            },
            cancellationToken
        );

    /// <summary>Says how the file is to be understood.</summary>
    /// <exception cref="InvalidInputException">A field is chosen twice, none is the client's name, or the country is none.</exception>
    /// <exception cref="ForbiddenException">The agent is outside the actor's team.</exception>
    /// <exception cref="NotFoundException">There is no such import for the actor.</exception>
    public Task ChooseAsync(Actor actor, Guid importId, ImportChoices choices, CancellationToken cancellationToken) =>
        ChangeAsync(
            actor,
            importId,
            async (db, import, token) =>
            {
                if (import.State is not ImportState.Draft)
                {
                    return false;
                }

                await CheckAsync(db, actor, import, choices, token);
                (import.Mapping, import.PhoneCountry) = (choices.Mapping, choices.PhoneCountry);
                (import.Policy, import.AgentId) = (choices.Policy, choices.AgentId);
                return true;
            },
            cancellationToken
        );

    private static async Task<byte[]> BytesAsync(Stream content, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[81_920];
        while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > ImportLimits.FileSize)
            {
                throw new UnreadableFileException(FileTrouble.TooLarge);
            }
        }

        return bytes.ToArray();
    }

    private static Task<byte[]> ContentAsync(HubDbContext db, Guid importId, CancellationToken cancellationToken) =>
        db
            .LeadImportFiles.Where(file => file.ImportId == importId)
            .Select(file => file.Content)
            .SingleAsync(cancellationToken);

    private void TakeHeadings(LeadImport import, byte[] bytes)
    {
        var first = ImportRows.Of(import, bytes, isNew: true).Take(2).ToList();
        import.Headings = first.Count switch
        {
            0 => throw new UnreadableFileException(FileTrouble.Empty),
            1 => throw new UnreadableFileException(FileTrouble.NoRows),
            _ => [.. first[0].Cells.Select(heading => heading.Trim())],
        };
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', import.Headings.Select(ImportWord.Of))));
        import.HeadingsHash = Convert.ToHexStringLower(hash);
        import.Mapping = vocabulary.Map(import.Headings);
    }

    private static async Task RememberAsync(HubDbContext db, LeadImport import, CancellationToken cancellationToken)
    {
        var before = await db
            .LeadImports.AsNoTracking()
            .Where(row =>
                row.ActorId == import.ActorId
                && row.HeadingsHash == import.HeadingsHash
                && row.StartedAt != null
                && row.Id != import.Id
            )
            .OrderByDescending(row => row.CreatedAt)
            .FirstOrDefaultAsync(cancellationToken);
        if (before is not null && before.Mapping.Count == import.Mapping.Count)
        {
            (import.Mapping, import.PhoneCountry) = (before.Mapping, before.PhoneCountry);
            import.Policy = before.Policy;
        }
    }

    private static bool IsKnown(TextShape shape) =>
        Enum.IsDefined(shape.Coding) && TextShape.Separators.Contains(shape.Separator);

    private static async Task CheckAsync(
        HubDbContext db,
        Actor actor,
        LeadImport import,
        ImportChoices choices,
        CancellationToken cancellationToken
    )
    {
        var chosen = choices.Mapping.Where(field => field is not ImportField.None).ToList();
        if (choices.Mapping.Count != import.Headings.Count || !choices.Mapping.All(Enum.IsDefined))
        {
            throw new InvalidInputException(nameof(ImportChoices.Mapping), FieldErrorCode.UnknownOption);
        }

        if (chosen.GroupBy(field => field).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new InvalidInputException(nameof(ImportChoices.Mapping), FieldErrorCode.NameTaken);
        }

        if (!ImportCountries.All.Contains(choices.PhoneCountry))
        {
            throw new InvalidInputException(nameof(ImportChoices.PhoneCountry), FieldErrorCode.UnknownOption);
        }

        if (!Enum.IsDefined(choices.Policy))
        {
            throw new InvalidInputException(nameof(ImportChoices.Policy), FieldErrorCode.UnknownOption);
        }

        await LeadService.RequireMayGiveAsync(db, actor, choices.AgentId, cancellationToken);
    }

    private static void RequireNamed(IReadOnlyList<ImportField> mapping)
    {
        if (
            !mapping.Contains(ImportField.ClientName)
            && !mapping.Contains(ImportField.Number)
            && !mapping.Contains(ImportField.Phone)
        )
        {
            throw new InvalidInputException(nameof(ImportField.ClientName), FieldErrorCode.Required);
        }
    }

    private static async Task RefuseTooManyAsync(HubDbContext db, Actor actor, CancellationToken cancellationToken)
    {
        var open = await db.LeadImports.CountAsync(
            import => import.ActorId == actor.UserId && import.DueAt != null,
            cancellationToken
        );
        if (open >= ImportLimits.AtOnce)
        {
            throw new InvalidInputException([
                new FieldError(nameof(ImportChoices.Mapping), FieldErrorCode.TooMany, ImportLimits.AtOnce),
            ]);
        }
    }
}
