using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Knowledge;

/// <summary>
/// Something that people of the agency should know. What readers see and the draft beside it stand in one row, so that
/// whoever changes either meets the other at the row's version.
/// </summary>
public sealed class Article
{
    /// <summary>Key, made by the application (UUIDv7).</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Short number for addresses; given by the database.</summary>
    public long Number { get; init; }

    /// <summary>Title that readers see; empty until it was published.</summary>
    public string Title { get; set; } = "";

    /// <summary>Section in which readers find it; null until it was published.</summary>
    public Guid? SectionId { get; set; }

    /// <summary>Text that readers see, in Markdown.</summary>
    public string Body { get; set; } = "";

    /// <summary>Whether everybody has to confirm that they have read it.</summary>
    public bool MustRead { get; set; }

    /// <summary>Number of the version that readers see; 0 until it was published.</summary>
    public int PublishedVersion { get; set; }

    /// <summary>When that version was published (UTC).</summary>
    public DateTimeOffset? PublishedAt { get; set; }

    /// <summary>Number of the last version, which may be a draft that was kept; versions are counted from 1.</summary>
    public int LastVersion { get; set; }

    /// <summary>Title of the draft; null where there is none.</summary>
    public string? DraftTitle { get; set; }

    /// <summary>Section of the draft.</summary>
    public Guid? DraftSectionId { get; set; }

    /// <summary>Text of the draft.</summary>
    public string? DraftBody { get; set; }

    /// <summary>Whether the draft is to be read by everybody.</summary>
    public bool DraftMustRead { get; set; }

    /// <summary>When the draft was stored (UTC); null where there is none.</summary>
    public DateTimeOffset? DraftAt { get; set; }

    /// <summary>Who stored the draft; null for accounts that are gone.</summary>
    public Guid? DraftById { get; set; }

    /// <summary>Who stored the draft.</summary>
    public HubUser? DraftBy { get; set; }

    /// <summary>Who began it; null for the hub itself.</summary>
    public Guid? AuthorId { get; init; }

    /// <summary>When it was begun (UTC).</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was archived (UTC): readers no longer find it, and it can be brought back.</summary>
    public DateTimeOffset? ArchivedAt { get; set; }

    /// <summary>What readers see without its marks, for excerpts.</summary>
    public string Plain { get; set; } = "";

    /// <summary>The title that readers see, as search compares it; see <see cref="Leads.SearchText"/>.</summary>
    public string SearchTitle { get; set; } = "";

    /// <summary>Title and text that readers see, as search compares them.</summary>
    public string SearchText { get; set; } = "";

    /// <summary>PostgreSQL's row version (<c>xmin</c>).</summary>
    public uint Version { get; private set; }
}
