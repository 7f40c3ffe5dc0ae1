using System.Globalization;

namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>
/// Brings what the former portal knew of its files: pictures and documents of projects, pictures of units, documents of
/// people. Their contents are <see cref="LegacyFileContents"/>' matter.
/// </summary>
internal sealed class LegacyFiles(LegacyRun run)
{
    private static readonly (LegacyTable Table, LegacyKind Kind, LegacyKind Owner, string Column)[] Tables =
    [
        (LegacyTable.PropertyPhotos, LegacyKind.PropertyPhoto, LegacyKind.Property, "property_id"),
        (LegacyTable.UnitPhotos, LegacyKind.UnitPhoto, LegacyKind.Unit, "unit_id"),
        (LegacyTable.PropertyDocuments, LegacyKind.PropertyDocument, LegacyKind.Property, "property_id"),
        (LegacyTable.UserDocuments, LegacyKind.UserDocument, LegacyKind.User, "user_id"),
    ];

    /// <summary>Name of the table in which files of a kind stood.</summary>
    public static string TableOf(LegacyKind kind) => Tables.Single(row => row.Kind == kind).Table.Name;

    /// <summary>Brings them.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var (table, kind, owner, column) in Tables)
        {
            await run.TableAsync(
                table,
                kind,
                (batch, _) =>
                {
                    foreach (var row in batch.Rows)
                    {
                        Take(batch, row, kind, run.Book.Find(owner, row.Link(column)));
                    }

                    return Task.CompletedTask;
                },
                cancellationToken
            );
        }
    }

    private void Take(LegacyBatch batch, LegacyRow row, LegacyKind kind, Guid? owner)
    {
        if (batch.Known(row) is { } known)
        {
            // A file is never changed there, only its owner's page; what was brought stands.
            batch.Compare(row, known, isChanged: false);
            return;
        }

        if (owner is null)
        {
            batch.Note(row, LegacyRule.FileWithoutOwner, "whose it is was not brought; kept without an owner");
        }

        var uploadedAt = row.Utc("uploaded_at");
        if (uploadedAt is null || uploadedAt > batch.Run.Now)
        {
            batch.Note(row, LegacyRule.TimeRepaired, "no time of uploading; that of this run");
            uploadedAt = batch.Run.Now;
        }

        var path = row.Line("file_path") ?? "";
        var file = new LegacyFile
        {
            // Documents stand in the order of their keys.
            Id = Guid.CreateVersion7(uploadedAt > DateTimeOffset.UnixEpoch ? uploadedAt.Value : batch.Run.Now),
            Kind = kind,
            OldId = row.Id,
            OwnerId = owner,
            Name = Cut(row.Line("filename") ?? Tail(path, row), LegacyFile.NameLength),
            MimeType = row.Line("file_type") is { } type ? Cut(type, LegacyFile.NameLength) : null,
            Description = row.Line("description") is { } words ? Cut(words, LegacyFile.TextLength) : null,
            Size = row.Link("file_size") is { } size and >= 0 ? size : null,
            IsMain = row.Flag("is_main") is true,
            UploadedAt = uploadedAt.Value,
            UploadedById =
                row.Link("uploaded_by") is { } by && run.People.TryGetValue(by, out var person) ? person.Id : null,
            Path = path,
        };
        batch.Db.Add(file);
        batch.Bring(row, file.Id, []);
        batch.WhenDone(() => run.Files.Add(file));
    }

    // A name keeps its ending, which says what the file is.
    private static string Cut(string text, int most)
    {
        var ending = Path.GetExtension(text);
        return text.Length <= most ? text
            : ending.Length is > 0 and < 12 ? LegacyText.Cut(text[..^ending.Length], most - ending.Length) + ending
            : LegacyText.Cut(text, most);
    }

    private static string Tail(string path, LegacyRow row) =>
        path.Split('/')[^1] is { Length: > 0 } tail
            ? tail
            : string.Create(CultureInfo.InvariantCulture, $"file {row.Id}");
}
