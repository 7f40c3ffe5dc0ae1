namespace ProPartHub.Domain.Knowledge;

/// <summary>A part of the knowledge base. Sections stand in one flat order.</summary>
public sealed class KnowledgeSection
{
    /// <summary>Key, made by the application (UUIDv7).</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>What it is called; unique without regard to case.</summary>
    public required string Name { get; set; }

    /// <summary>Place among the sections, from 0.</summary>
    public int Place { get; set; }

    /// <summary>PostgreSQL's row version (<c>xmin</c>).</summary>
    public uint Version { get; private set; }
}
