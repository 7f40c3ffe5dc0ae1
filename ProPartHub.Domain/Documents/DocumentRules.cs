using ProPartHub.Domain.Errors;

namespace ProPartHub.Domain.Documents;

/// <summary>What a document may be called, and what may be said about it.</summary>
internal static class DocumentRules
{
    /// <summary>The texts without blanks around them.</summary>
    /// <exception cref="InvalidInputException">The title is missing, or a text is too long or unreadable.</exception>
    public static (string Title, string? Description) Checked(string? title, string? description)
    {
        var (name, words) = (title?.Trim(), description?.Trim() is { Length: > 0 } said ? said : null);
        List<FieldError> faults = [];
        if (string.IsNullOrEmpty(name))
        {
            faults.Add(new(nameof(Document.Title), FieldErrorCode.Required));
        }

        Check(nameof(Document.Title), name, Document.TitleLength);
        Check(nameof(Document.Description), words, Document.DescriptionLength);
        return faults.Count == 0 ? (name!, words) : throw new InvalidInputException(faults);

        void Check(string field, string? text, int longest)
        {
            if (text is null)
            {
                return;
            }

            if (!ReadableText.Is(text))
            {
                faults.Add(new(field, FieldErrorCode.UnreadableText));
            }
            else if (text.Length > longest)
            {
                faults.Add(new(field, FieldErrorCode.TooLong, longest));
            }
        }
    }
}
