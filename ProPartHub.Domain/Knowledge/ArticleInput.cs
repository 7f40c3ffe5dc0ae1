using ProPartHub.Domain.Errors;

namespace ProPartHub.Domain.Knowledge;

/// <summary>An article as a form has it.</summary>
public sealed record ArticleInput
{
    /// <summary>Title.</summary>
    public string? Title { get; init; }

    /// <summary>Section.</summary>
    public Guid? SectionId { get; init; }

    /// <summary>Text, in Markdown.</summary>
    public string? Body { get; init; }

    /// <summary>Whether everybody has to confirm that they have read it.</summary>
    public bool MustRead { get; init; }

    /// <summary>What a form opens with: the draft where there is one, or else what readers see.</summary>
    public static ArticleInput Of(Article article) => DraftOf(article) ?? PublishedOf(article);

    /// <summary>The draft; null where there is none.</summary>
    internal static ArticleInput? DraftOf(Article article) =>
        article.DraftAt is null
            ? null
            : new()
            {
                Title = article.DraftTitle,
                SectionId = article.DraftSectionId,
                Body = article.DraftBody,
                MustRead = article.DraftMustRead,
            };

    /// <summary>What readers see.</summary>
    internal static ArticleInput PublishedOf(Article article) =>
        new()
        {
            Title = article.Title,
            SectionId = article.SectionId,
            Body = article.Body,
            MustRead = article.MustRead,
        };

    /// <summary>A copy as it is stored: the title in one line, the text with plain line ends and without blanks around it.</summary>
    /// <exception cref="InvalidInputException">Something is missing, too long or unreadable.</exception>
    internal ArticleInput Checked()
    {
        var errors = new List<FieldError>();
        var values = this with
        {
            Title = Title?.ReplaceLineEndings(" ").Trim(),
            Body = Body?.ReplaceLineEndings("\n").Trim(),
        };
        Text(values.Title, ArticleLimits.Title, nameof(Title));
        Text(values.Body, ArticleLimits.Body, nameof(Body));
        if (values.SectionId is null)
        {
            errors.Add(new(nameof(SectionId), FieldErrorCode.Required));
        }

        if (errors.Count == 0 && (values.Body!.Count(letter => letter == '\n') >= ArticleLimits.Lines))
        {
            errors.Add(new(nameof(Body), FieldErrorCode.TooMany, ArticleLimits.Lines));
        }
        else if (errors.Count == 0 && !ArticleText.TryShow(values.Body!, "", null, out _))
        {
            errors.Add(new(nameof(Body), FieldErrorCode.UnreadableText));
        }
        else if (errors.Count == 0 && !ArticleText.PicturesHaveWords(values.Body!))
        {
            errors.Add(new(nameof(Body), FieldErrorCode.PictureWithoutWords));
        }

        return errors.Count > 0 ? throw new InvalidInputException(errors) : values;

        void Text(string? text, int most, string field)
        {
            if (string.IsNullOrEmpty(text))
            {
                errors.Add(new(field, FieldErrorCode.Required));
            }
            else if (text.Length > most)
            {
                errors.Add(new(field, FieldErrorCode.TooLong, most));
            }
            else if (!ReadableText.Is(text))
            {
                errors.Add(new(field, FieldErrorCode.UnreadableText));
            }
        }
    }
}
