using ProPartHub.Domain.Errors;

namespace ProPartHub.Domain.Templates;

/// <summary>What a template must be.</summary>
internal static class TemplateRules
{
    /// <summary>A copy as it is stored: trimmed, empty text as null, subjects for mails alone.</summary>
    /// <exception cref="InvalidInputException">
    /// The name is missing, a text is too long or unreadable or names a field that there is not, or there is no text at all.
    /// </exception>
    public static TemplateInput Checked(TemplateInput typed)
    {
        var errors = new List<FieldError>();
        var isMail = typed.Channel is MessageChannel.Mail;
        var values = typed with
        {
            Name = Line(typed.Name),
            SubjectUk = isMail ? Line(typed.SubjectUk) : null,
            SubjectEn = isMail ? Line(typed.SubjectEn) : null,
            BodyUk = Text(typed.BodyUk),
            BodyEn = Text(typed.BodyEn),
        };
        Check(values.Name, MessageTemplate.NameLength, nameof(values.Name));
        Check(values.SubjectUk, MessageTemplate.SubjectLength, nameof(values.SubjectUk));
        Check(values.SubjectEn, MessageTemplate.SubjectLength, nameof(values.SubjectEn));
        Check(values.BodyUk, MessageTemplate.BodyLength, nameof(values.BodyUk));
        Check(values.BodyEn, MessageTemplate.BodyLength, nameof(values.BodyEn));
        if (values.Name is null)
        {
            errors.Add(new(nameof(values.Name), FieldErrorCode.Required));
        }

        if (values.BodyUk is null && values.BodyEn is null)
        {
            errors.Add(new(nameof(values.BodyUk), FieldErrorCode.Required));
        }

        if (!Enum.IsDefined(values.Channel))
        {
            errors.Add(new(nameof(values.Channel), FieldErrorCode.UnknownOption));
        }

        if (!Enum.IsDefined(values.SharedWith))
        {
            errors.Add(new(nameof(values.SharedWith), FieldErrorCode.UnknownOption));
        }

        return errors.Count > 0 ? throw new InvalidInputException(errors) : values;

        void Check(string? text, int most, string field)
        {
            if (text?.Length > most)
            {
                errors.Add(new(field, FieldErrorCode.TooLong, most));
            }
            else if (!ReadableText.Is(text))
            {
                errors.Add(new(field, FieldErrorCode.UnreadableText));
            }
            else if (text is not null && MergeFields.Fill(text, NoValues).Unknown is [var unknown, ..])
            {
                errors.Add(new(field, UnknownField, $"{{{unknown}}}"));
            }
        }
    }

    /// <summary>Code for a field that there is not; the limit is the field as it was written.</summary>
    public const string UnknownField = nameof(UnknownField);

    private static readonly Dictionary<string, string?> NoValues = [];

    private static string? Line(string? text) =>
        text?.ReplaceLineEndings(" ").Trim() is { Length: > 0 } line ? line : null;

    private static string? Text(string? text) =>
        text?.ReplaceLineEndings("\n").Trim() is { Length: > 0 } clean ? clean : null;
}
