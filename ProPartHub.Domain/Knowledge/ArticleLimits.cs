namespace ProPartHub.Domain.Knowledge;

/// <summary>Longest and most of the knowledge base: one place for forms, rules and columns.</summary>
public static class ArticleLimits
{
    /// <summary>Title, in characters.</summary>
    public const int Title = 150;

    /// <summary>Text, in characters of Markdown.</summary>
    public const int Body = 20_000;

    /// <summary>Lines of a text: versions are compared by line.</summary>
    public const int Lines = 2_000;

    /// <summary>What is said of a change, in characters.</summary>
    public const int Note = 300;

    /// <summary>Name of a section, in characters.</summary>
    public const int Section = 80;

    /// <summary>Most sections.</summary>
    public const int Sections = 40;
}
