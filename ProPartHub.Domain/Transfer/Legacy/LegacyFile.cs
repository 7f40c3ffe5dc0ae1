using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>
/// A file of the former portal: whose it is, what was said of it, where its content lay and whether that was found. Kept
/// here until its content comes to stand where it belongs, so that nothing is lost on the way.
/// </summary>
public sealed class LegacyFile
{
    /// <summary>Longest name, in characters.</summary>
    public const int NameLength = 255;

    /// <summary>Longest path and description, in characters.</summary>
    public const int TextLength = 500;

    /// <summary>Key, made by the application (UUIDv7).</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>What kind of file it is.</summary>
    public LegacyKind Kind { get; init; }

    /// <summary>Its number in the former portal.</summary>
    public long OldId { get; init; }

    /// <summary>The development, unit or person here; null where there is none.</summary>
    public Guid? OwnerId { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its type as the former portal had it.</summary>
    public string? MimeType { get; init; }

    /// <summary>What was said of it.</summary>
    public string? Description { get; init; }

    /// <summary>Bytes, as the former portal had it.</summary>
    public long? Size { get; init; }

    /// <summary>True for the picture that stands for its development.</summary>
    public bool IsMain { get; init; }

    /// <summary>When it was uploaded (UTC).</summary>
    public DateTimeOffset UploadedAt { get; init; }

    /// <summary>Who uploaded it, where that is known.</summary>
    public Guid? UploadedById { get; init; }

    /// <summary>Path, address or key under which its content lay.</summary>
    public required string Path { get; init; }

    /// <summary>Its content in the file store; null while that was not found.</summary>
    public Guid? StoredFileId { get; set; }

    /// <summary>Why its content is not here; null where nothing is wrong or nobody has looked yet.</summary>
    public LegacyFileProblem? Problem { get; set; }
}

/// <summary>Why the content of a file is not here. Numbers are stored.</summary>
public enum LegacyFileProblem
{
    /// <summary>There is no such file in the folder.</summary>
    Missing = 1,

    /// <summary>The file store takes nothing of its type.</summary>
    WrongType = 2,

    /// <summary>It is larger than the file store takes.</summary>
    TooLarge = 3,

    /// <summary>There is nothing in it.</summary>
    Empty = 4,

    /// <summary>No place is set for files.</summary>
    NoStore = 5,

    /// <summary>Its person or property has as many as it may have.</summary>
    TooMany = 6,

    /// <summary>What it belongs to was deleted here.</summary>
    OwnerGone = 7,
}

internal sealed class LegacyFileConfiguration : IEntityTypeConfiguration<LegacyFile>
{
    public void Configure(EntityTypeBuilder<LegacyFile> builder)
    {
        builder.ToTable("legacy_files");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Name).HasMaxLength(LegacyFile.NameLength);
        builder.Property(row => row.MimeType).HasMaxLength(LegacyFile.NameLength);
        builder.Property(row => row.Description).HasMaxLength(LegacyFile.TextLength);
        builder.Property(row => row.Path).HasMaxLength(LegacyFile.TextLength);
        builder.HasOne<HubUser>().WithMany().HasForeignKey(row => row.UploadedById).OnDelete(DeleteBehavior.SetNull);
        // While this row names it, no sweep takes the content away.
        builder
            .HasOne<StoredFile>()
            .WithMany()
            .HasForeignKey(row => row.StoredFileId)
            .OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => row.StoredFileId);
        builder.HasIndex(row => row.UploadedById);
        builder.HasIndex(row => new { row.Kind, row.OldId }).IsUnique();
        builder.HasIndex(row => new { row.OwnerId, row.Kind });
    }
}
