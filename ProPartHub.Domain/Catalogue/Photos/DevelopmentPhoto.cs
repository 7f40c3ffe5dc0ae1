using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProPartHub.Domain.Files;

namespace ProPartHub.Domain.Catalogue.Photos;

/// <summary>A photo of a development: a picture that never changes, with a place and a caption that do.</summary>
public sealed class DevelopmentPhoto
{
    /// <summary>Most photos of a development.</summary>
    public const int Most = 60;

    /// <summary>Longest caption, in characters.</summary>
    public const int LongestCaption = 200;

    /// <summary>So long a photo that was taken away can be brought back.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    /// <summary>Key, made by the application (UUIDv7).</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>What it shows.</summary>
    public Guid DevelopmentId { get; init; }

    /// <summary>The picture.</summary>
    public Guid PictureId { get; init; }

    /// <summary>The same, small.</summary>
    public Guid ThumbnailId { get; init; }

    /// <summary>Width of the picture, in pixels.</summary>
    public int Width { get; init; }

    /// <summary>Height of the picture, in pixels.</summary>
    public int Height { get; init; }

    /// <summary>Place among the photos, smaller first; the first is the cover.</summary>
    public int Place { get; set; }

    /// <summary>What is seen in it.</summary>
    public string? Caption { get; set; }

    /// <summary>When it was taken away (UTC); see <see cref="KeptFor"/>.</summary>
    public DateTimeOffset? RemovedAt { get; set; }
}

internal sealed class DevelopmentPhotoConfiguration : IEntityTypeConfiguration<DevelopmentPhoto>
{
    public void Configure(EntityTypeBuilder<DevelopmentPhoto> builder)
    {
        builder.ToTable("development_photos");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Caption).HasMaxLength(DevelopmentPhoto.LongestCaption);
        builder
            .HasOne<Development>()
            .WithMany(row => row.Photos)
            .HasForeignKey(row => row.DevelopmentId)
            .OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<StoredFile>().WithMany().HasForeignKey(row => row.PictureId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<StoredFile>().WithMany().HasForeignKey(row => row.ThumbnailId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => row.PictureId);
        builder.HasIndex(row => row.ThumbnailId);
        builder
            .HasIndex(row => new
            {
                row.DevelopmentId,
                row.Place,
                row.Id,
            })
            .HasFilter("removed_at IS NULL");
        builder.HasIndex(row => row.RemovedAt).HasFilter("removed_at IS NOT NULL");
    }
}
