using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Errors;

namespace ProPartHub.Domain.FollowUps;

/// <summary>Whether clients' birthdays become follow-ups, and when.</summary>
public sealed record BirthdayRule
{
    /// <summary>Most days ahead.</summary>
    public const int MostDaysAhead = 30;

    /// <summary>Where it is kept.</summary>
    public static AgencySettingKey<BirthdayRule> Key { get; } = new("birthdays", new());

    /// <summary>False while none are made.</summary>
    public bool IsOn { get; init; }

    /// <summary>How many days before the birthday the follow-up is made.</summary>
    public int DaysAhead { get; init; } = 1;

    /// <summary>At which full hour of the agency's morning it is made, and due on the birthday itself.</summary>
    public int Hour { get; init; } = 9;

    /// <summary>What the follow-up says.</summary>
    public string? Title { get; init; }

    /// <summary>A copy as it is stored.</summary>
    /// <exception cref="InvalidInputException">A number is out of range, or the title is missing, too long or unreadable.</exception>
    internal BirthdayRule Checked()
    {
        var title = Title?.ReplaceLineEndings(" ").Trim();
        var errors = new List<FieldError>();
        if (IsOn && string.IsNullOrEmpty(title))
        {
            errors.Add(new(nameof(Title), FieldErrorCode.Required));
        }

        if (title?.Length > FollowUp.TitleLength)
        {
            errors.Add(new(nameof(Title), FieldErrorCode.TooLong, FollowUp.TitleLength));
        }

        if (!ReadableText.Is(title))
        {
            errors.Add(new(nameof(Title), FieldErrorCode.UnreadableText));
        }

        if (DaysAhead is < 0 or > BirthdayRule.MostDaysAhead)
        {
            errors.Add(new(nameof(DaysAhead), FieldErrorCode.OutOfRange, BirthdayRule.MostDaysAhead));
        }

        if (Hour is < 0 or > 23)
        {
            errors.Add(new(nameof(Hour), FieldErrorCode.OutOfRange, 23));
        }

        return errors.Count > 0 ? throw new InvalidInputException(errors) : this with { Title = title };
    }
}
