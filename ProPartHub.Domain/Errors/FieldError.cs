namespace ProPartHub.Domain.Errors;

/// <summary>
/// What is wrong with one field of an input. The code is the last part of a resource key, so that the message can be
/// shown at the field in the reader's language.
/// </summary>
/// <param name="Field">Name of the input's property.</param>
/// <param name="Code">One of <see cref="FieldErrorCode"/>.</param>
/// <param name="Limit">The limit that was missed (characters, amount, year), for the message.</param>
/// <param name="LeadId">The reader's own lead that stands in the way, for a link.</param>
public sealed record FieldError(string Field, string Code, object? Limit = null, Guid? LeadId = null);

/// <summary>Codes of <see cref="FieldError"/>.</summary>
public static class FieldErrorCode
{
    /// <summary>Must not be empty.</summary>
    public const string Required = nameof(Required);

    /// <summary>Shorter than the limit.</summary>
    public const string TooShort = nameof(TooShort);

    /// <summary>Longer than the limit.</summary>
    public const string TooLong = nameof(TooLong);

    /// <summary>No international phone number.</summary>
    public const string InvalidPhone = nameof(InvalidPhone);

    /// <summary>No mail address.</summary>
    public const string InvalidEmail = nameof(InvalidEmail);

    /// <summary>No Telegram nickname.</summary>
    public const string InvalidTelegram = nameof(InvalidTelegram);

    /// <summary>A birthday in the future or before 1900.</summary>
    public const string InvalidDate = nameof(InvalidDate);

    /// <summary>A time that lies behind where it has to lie ahead.</summary>
    public const string InThePast = nameof(InThePast);

    /// <summary>A time further ahead than the limit, in years.</summary>
    public const string TooFarAhead = nameof(TooFarAhead);

    /// <summary>Not one of the offered options.</summary>
    public const string UnknownOption = nameof(UnknownOption);

    /// <summary>Below zero or above the limit.</summary>
    public const string OutOfRange = nameof(OutOfRange);

    /// <summary>The upper end of the budget lies below the lower.</summary>
    public const string BudgetReversed = nameof(BudgetReversed);

    /// <summary>Somebody else has changed it since it was shown.</summary>
    public const string MovedMeanwhile = nameof(MovedMeanwhile);

    /// <summary>Something else of the person's has this name.</summary>
    public const string NameTaken = nameof(NameTaken);

    /// <summary>The person has as many as the limit already.</summary>
    public const string TooMany = nameof(TooMany);

    /// <summary>Has characters that cannot be shown or stored.</summary>
    public const string UnreadableText = nameof(UnreadableText);

    /// <summary>A picture of a text has no words for those who do not see it.</summary>
    public const string PictureWithoutWords = nameof(PictureWithoutWords);

    /// <summary>The same number stands in both phone fields.</summary>
    public const string SamePhoneTwice = nameof(SamePhoneTwice);

    /// <summary>An open lead that the reader may see has this phone.</summary>
    public const string DuplicateOwn = nameof(DuplicateOwn);

    /// <summary>An agent who is not verified has as many leads as such agents may have.</summary>
    public const string UnverifiedLimit = nameof(UnverifiedLimit);

    /// <summary>Somebody else's open lead has this phone: "already registered, ask your manager".</summary>
    public const string DuplicateForeign = nameof(DuplicateForeign);

    /// <summary>A lead is to be merged with itself or with one in the archive.</summary>
    public const string NotMergeable = nameof(NotMergeable);

    /// <summary>A merge can no longer be taken back: a lead was changed since, or a day has passed.</summary>
    public const string MergeStands = nameof(MergeStands);
}
