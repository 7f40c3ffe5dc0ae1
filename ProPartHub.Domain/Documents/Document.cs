using ProPartHub.Domain.Files;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Documents;

/// <summary>What a document belongs to.</summary>
public enum DocumentOwnerKind
{
    /// <summary>A lead.</summary>
    Lead = 1,

    /// <summary>A person of the agency.</summary>
    Person = 2,

    /// <summary>A property of the catalogue.</summary>
    Property = 3,
}

/// <summary>A lead, person or property.</summary>
/// <param name="Kind">Which of them.</param>
/// <param name="Id">Its key.</param>
public readonly record struct DocumentOwner(DocumentOwnerKind Kind, Guid Id);

/// <summary>A document of a lead, a person or a property, in one version or more. The newest is the one that is meant.</summary>
public sealed class Document
{
    /// <summary>Longest title, in characters.</summary>
    public const int TitleLength = 200;

    /// <summary>Longest description, in characters.</summary>
    public const int DescriptionLength = 500;

    /// <summary>Most documents of one owner.</summary>
    public const int MostOfOwner = 100;

    /// <summary>Most versions of one document.</summary>
    public const int MostVersions = 50;

    /// <summary>So long a removed document can be brought back.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    /// <summary>Key, made by the application (UUIDv7): order of adding.</summary>
    public Guid Id { get; init; }

    /// <summary>The lead, where it belongs to one.</summary>
    public Guid? LeadId { get; init; }

    /// <summary>The person, where it belongs to one.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>The property, where it belongs to one.</summary>
    public Guid? DevelopmentId { get; init; }

    /// <summary>What it is called.</summary>
    public required string Title { get; set; }

    /// <summary>What there is to say about it.</summary>
    public string? Description { get; set; }

    /// <summary>Who added it; null for the hub itself.</summary>
    public Guid? AuthorId { get; init; }

    /// <summary>When it was removed (UTC); it can be brought back for <see cref="KeptFor"/>.</summary>
    public DateTimeOffset? RemovedAt { get; set; }

    /// <summary>Its versions.</summary>
    public List<DocumentVersion> Versions { get; init; } = [];

    /// <summary>What it belongs to.</summary>
    public DocumentOwner Owner =>
        LeadId is { } lead ? new(DocumentOwnerKind.Lead, lead)
        : PersonId is { } person ? new(DocumentOwnerKind.Person, person)
        : new(DocumentOwnerKind.Property, DevelopmentId!.Value);
}

/// <summary>A document as it was handed in once.</summary>
public sealed class DocumentVersion
{
    /// <summary>Longest name of a file, in characters.</summary>
    public const int NameLength = 120;

    /// <summary>Key, made by the uploader's page (UUIDv7).</summary>
    public Guid Id { get; init; }

    /// <summary>The document.</summary>
    public Guid DocumentId { get; init; }

    /// <summary>1 for the first, and so on.</summary>
    public int Number { get; init; }

    /// <summary>The content.</summary>
    public Guid StoredFileId { get; init; }

    /// <summary>The content.</summary>
    public StoredFile StoredFile { get; init; } = null!;

    /// <summary>The person's name of the file, made harmless.</summary>
    public required string Name { get; init; }

    /// <summary>Who uploaded it; null for the hub itself.</summary>
    public Guid? UploadedById { get; init; }

    /// <summary>Who uploaded it.</summary>
    public HubUser? UploadedBy { get; init; }

    /// <summary>When (UTC).</summary>
    public DateTimeOffset UploadedAt { get; init; }
}
