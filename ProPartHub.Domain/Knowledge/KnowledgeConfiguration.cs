using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Knowledge;

internal sealed class KnowledgeConfiguration
    : IEntityTypeConfiguration<KnowledgeSection>,
        IEntityTypeConfiguration<Article>,
        IEntityTypeConfiguration<ArticleVersion>,
        IEntityTypeConfiguration<ArticleReading>,
        IEntityTypeConfiguration<ArticlePicture>,
        IEntityTypeConfiguration<ArticlePictureUse>
{
    public void Configure(EntityTypeBuilder<KnowledgeSection> builder)
    {
        builder.ToTable("knowledge_sections");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Version).IsRowVersion();
        builder.Property(row => row.Name).HasMaxLength(ArticleLimits.Section);
        builder.HasIndex(row => row.Place);
    }

    public void Configure(EntityTypeBuilder<Article> builder)
    {
        builder.ToTable("articles");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Number).UseIdentityAlwaysColumn();
        builder.Property(row => row.Version).IsRowVersion();
        builder.Property(row => row.Title).HasMaxLength(ArticleLimits.Title).UseCollation("uk-x-icu");
        builder.Property(row => row.DraftTitle).HasMaxLength(ArticleLimits.Title).UseCollation("uk-x-icu");
        builder.Property(row => row.Body).HasMaxLength(ArticleLimits.Body);
        builder.Property(row => row.DraftBody).HasMaxLength(ArticleLimits.Body);
        builder
            .HasOne<KnowledgeSection>()
            .WithMany()
            .HasForeignKey(row => row.SectionId)
            .OnDelete(DeleteBehavior.Restrict);
        builder
            .HasOne<KnowledgeSection>()
            .WithMany()
            .HasForeignKey(row => row.DraftSectionId)
            .OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<HubUser>().WithMany().HasForeignKey(row => row.AuthorId).OnDelete(DeleteBehavior.SetNull);
        builder
            .HasOne(row => row.DraftBy)
            .WithMany()
            .HasForeignKey(row => row.DraftById)
            .OnDelete(DeleteBehavior.SetNull);
        builder.HasIndex(row => row.AuthorId);
        builder.HasIndex(row => row.DraftById);
        builder.HasIndex(row => row.SectionId);
        builder.HasIndex(row => row.DraftSectionId);
        builder.HasIndex(row => row.Number).IsUnique();
        builder.HasIndex(row => row.SearchText).HasMethod("gin").HasOperators("gin_trgm_ops");

        // A section as readers page through it, then what only writers see.
        builder
            .HasIndex(row => new
            {
                row.SectionId,
                row.Title,
                row.Number,
            })
            .HasFilter("archived_at IS NULL AND published_version > 0");
        builder
            .HasIndex(row => row.Number, "drafts")
            .HasDatabaseName("ix_articles_drafts_number")
            .HasFilter("archived_at IS NULL AND draft_at IS NOT NULL");
        builder
            .HasIndex(row => row.Number, "archive")
            .HasDatabaseName("ix_articles_archived_number")
            .HasFilter("archived_at IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<ArticleVersion> builder)
    {
        builder.ToTable("article_versions");
        builder.HasKey(row => new { row.ArticleId, row.Number });
        builder.Property(row => row.Title).HasMaxLength(ArticleLimits.Title);
        builder.Property(row => row.SectionName).HasMaxLength(ArticleLimits.Section);
        builder.Property(row => row.Body).HasMaxLength(ArticleLimits.Body);
        builder.Property(row => row.Note).HasMaxLength(ArticleLimits.Note);
        builder.Property(row => row.AuthorName).HasMaxLength(HubUser.DisplayNameLength);
        builder.HasOne<Article>().WithMany().HasForeignKey(row => row.ArticleId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<HubUser>().WithMany().HasForeignKey(row => row.AuthorId).OnDelete(DeleteBehavior.SetNull);
        builder.HasIndex(row => row.AuthorId);
    }

    public void Configure(EntityTypeBuilder<ArticleReading> builder)
    {
        builder.ToTable("article_readings");
        builder.HasKey(row => new
        {
            row.ArticleId,
            row.UserId,
            row.VersionNumber,
        });
        builder.HasOne<Article>().WithMany().HasForeignKey(row => row.ArticleId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<HubUser>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => row.UserId);
    }

    public void Configure(EntityTypeBuilder<ArticlePicture> builder)
    {
        builder.ToTable("article_pictures");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder
            .HasOne<StoredFile>()
            .WithMany()
            .HasForeignKey(row => row.PictureFileId)
            .OnDelete(DeleteBehavior.Restrict);
        builder
            .HasOne<StoredFile>()
            .WithMany()
            .HasForeignKey(row => row.ThumbnailFileId)
            .OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<HubUser>().WithMany().HasForeignKey(row => row.AuthorId).OnDelete(DeleteBehavior.SetNull);
        builder.HasIndex(row => row.PictureFileId);
        builder.HasIndex(row => row.ThumbnailFileId);
        builder.HasIndex(row => row.AuthorId);
        builder.HasIndex(row => row.UploadedAt);
    }

    public void Configure(EntityTypeBuilder<ArticlePictureUse> builder)
    {
        builder.ToTable("article_picture_uses");
        builder.HasKey(row => new
        {
            row.ArticleId,
            row.VersionNumber,
            row.PictureId,
        });
        builder.HasOne<Article>().WithMany().HasForeignKey(row => row.ArticleId).OnDelete(DeleteBehavior.Cascade);
        builder
            .HasOne<ArticlePicture>()
            .WithMany()
            .HasForeignKey(row => row.PictureId)
            .OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => row.PictureId);
    }
}
