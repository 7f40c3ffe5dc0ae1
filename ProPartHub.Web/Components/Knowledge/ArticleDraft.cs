using ProPartHub.Domain.Knowledge;

namespace ProPartHub.Web.Components.Knowledge;

/// <summary>What a form is about to store.</summary>
/// <param name="Opened">What it opened with.</param>
/// <param name="Typed">What it says.</param>
/// <param name="IsPublished">Whether readers shall see it; otherwise it is stored as the draft.</param>
/// <param name="Note">What was changed, in a few words.</param>
/// <param name="IsSmall">Whether who has read what readers see now has read this too.</param>
public sealed record ArticleEdit(ArticleInput Opened, ArticleInput Typed, bool IsPublished, string? Note, bool IsSmall);

/// <summary>An article's form as it is typed, and as the browser keeps it: texts by the inputs' names.</summary>
internal sealed class ArticleDraft
{
    private const string Ticked = "true";

    public string? Title { get; set; }

    public string? SectionId { get; set; }

    public string? Body { get; set; }

    public bool MustRead { get; set; }

    public string? Note { get; set; }

    public bool IsSmall { get; set; }

    /// <summary>The form as it opens.</summary>
    public static ArticleDraft Of(ArticleInput? opened) =>
        new()
        {
            Title = opened?.Title,
            SectionId = opened?.SectionId?.ToString(),
            Body = opened?.Body,
            MustRead = opened?.MustRead is true,
        };

    /// <summary>What it says.</summary>
    public ArticleInput Input() =>
        new()
        {
            Title = Title,
            SectionId = Guid.TryParse(SectionId, out var section) ? section : null,
            Body = Body,
            MustRead = MustRead,
        };

    /// <summary>Every value by its input's name.</summary>
    public IReadOnlyDictionary<string, string?> Values() =>
        new Dictionary<string, string?>
        {
            [nameof(Title)] = Title,
            [nameof(SectionId)] = SectionId,
            [nameof(Body)] = Body,
            [nameof(MustRead)] = MustRead ? Ticked : "",
            [nameof(Note)] = Note,
            [nameof(IsSmall)] = IsSmall ? Ticked : "",
        };

    /// <summary>Sets the values that are named.</summary>
    public void Write(IReadOnlyDictionary<string, string?> values)
    {
        Title = values.GetValueOrDefault(nameof(Title), Title);
        SectionId = values.GetValueOrDefault(nameof(SectionId), SectionId);
        Body = values.GetValueOrDefault(nameof(Body), Body);
        MustRead = values.TryGetValue(nameof(MustRead), out var ticked) ? ticked == Ticked : MustRead;
        Note = values.GetValueOrDefault(nameof(Note), Note);
        IsSmall = values.TryGetValue(nameof(IsSmall), out var small) ? small == Ticked : IsSmall;
    }
}
