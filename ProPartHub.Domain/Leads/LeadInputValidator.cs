using System.Net.Mail;
using System.Text.RegularExpressions;
using FluentValidation;
using ProPartHub.Domain.Errors;

namespace ProPartHub.Domain.Leads;

/// <summary>
/// The entry rules of a lead: what a person may type. They are stricter than storage; what HubSpot and imports bring
/// is stored all the same. Takes a <see cref="LeadInput.Normalised"/> input.
/// </summary>
public sealed partial class LeadInputValidator : AbstractValidator<LeadInput>
{
    private static readonly DateOnly EarliestBirthDate = new(1900, 1, 1);

    /// <summary>Builds the rules.</summary>
    /// <param name="time">Decides what "in the future" is; a day's grace covers every time zone.</param>
    /// <param name="options">What may be chosen.</param>
    public LeadInputValidator(TimeProvider time, LeadOptionBook options)
    {
        RuleFor(lead => lead.ClientName)
            .Cascade(CascadeMode.Stop)
            .NotEmpty()
            .WithErrorCode(FieldErrorCode.Required)
            .MinimumLength(LeadLimits.ClientNameMinimum)
            .WithErrorCode(FieldErrorCode.TooShort)
            .WithState(_ => LeadLimits.ClientNameMinimum);
        RuleFor(lead => lead.Phone)
            .Cascade(CascadeMode.Stop)
            .NotEmpty()
            .WithErrorCode(FieldErrorCode.Required)
            .Must(BePhone)
            .WithErrorCode(FieldErrorCode.InvalidPhone);
        RuleFor(lead => lead.SecondPhone)
            .Cascade(CascadeMode.Stop)
            .Must(phone => phone is null || BePhone(phone))
            .WithErrorCode(FieldErrorCode.InvalidPhone)
            .Must((lead, phone) => phone is null || phone != lead.Phone)
            .WithErrorCode(FieldErrorCode.SamePhoneTwice);
        RuleFor(lead => lead.Email).Must(BeEmail).WithErrorCode(FieldErrorCode.InvalidEmail);
        RuleFor(lead => lead.Telegram)
            .Must(name => name is null || TelegramName().IsMatch(name))
            .WithErrorCode(FieldErrorCode.InvalidTelegram);
        RuleFor(lead => lead.BirthDate)
            .Must(date => date is null || (date >= EarliestBirthDate && date <= Today(time).AddDays(1)))
            .WithErrorCode(FieldErrorCode.InvalidDate);
        RuleFor(lead => lead.BudgetFrom).Must(BeAmount).WithErrorCode(FieldErrorCode.OutOfRange);
        RuleFor(lead => lead.BudgetTo)
            .Cascade(CascadeMode.Stop)
            .Must(BeAmount)
            .WithErrorCode(FieldErrorCode.OutOfRange)
            .Must((lead, to) => to is null || lead.BudgetFrom is null || to >= lead.BudgetFrom)
            .WithErrorCode(FieldErrorCode.BudgetReversed);
        foreach (var (field, limit) in Lengths)
        {
            RuleFor(lead => LeadFields.Read(lead, field))
                .Must(text => text is null || text.Length <= limit)
                .OverridePropertyName(field.ToString())
                .WithErrorCode(FieldErrorCode.TooLong)
                .WithState(_ => limit);
        }

        foreach (var field in LeadFields.Typed)
        {
            RuleFor(lead => LeadFields.Read(lead, field))
                .Must(ReadableText.Is)
                .OverridePropertyName(field.ToString())
                .WithErrorCode(FieldErrorCode.UnreadableText);
            RuleFor(lead => LeadFields.Read(lead, field))
                .Must(value => value is null || options.For(field)?.Contains(value) is not false)
                .OverridePropertyName(field.ToString())
                .WithErrorCode(FieldErrorCode.UnknownOption);
        }
    }

    /// <summary>
    /// Checks an input; with <paramref name="only"/>, only these fields, so that an imported lead's old faults do not
    /// stand in the way of editing something else.
    /// </summary>
    /// <returns>The first fault of each field.</returns>
    public IReadOnlyList<FieldError> Check(LeadInput input, IReadOnlySet<LeadField>? only = null) =>
        [
            .. Validate(input)
                .Errors.Where(failure => only is null || only.Contains(Enum.Parse<LeadField>(failure.PropertyName)))
                .DistinctBy(failure => failure.PropertyName)
                .Select(failure => new FieldError(failure.PropertyName, failure.ErrorCode, failure.CustomState)),
        ];

    private static IEnumerable<(LeadField Field, int Limit)> Lengths =>
        [
            (LeadField.ClientName, LeadLimits.ClientName),
            (LeadField.Email, LeadLimits.Email),
            (LeadField.Company, LeadLimits.Company),
            (LeadField.Telegram, LeadLimits.Telegram),
            (LeadField.Notes, LeadLimits.Notes),
        ];

    private static DateOnly Today(TimeProvider time) => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    private static bool BePhone(string? phone) => PhoneNumber.TryNormalise(phone, out _);

    // MailAddress accepts display names and quoted local parts, which no form of ours means.
    private static bool BeEmail(string? mail) =>
        mail is null
        || (MailAddress.TryCreate(mail, out var parsed) && parsed.Address == mail && MailShape().IsMatch(mail));

    private static bool BeAmount(decimal? amount) => amount is null or (>= 0 and <= LeadLimits.Budget);

    [GeneratedRegex(@"^[^\s@""<>()]+@[^\s@""<>()]+\.[^\s@""<>().]{2,}$", RegexOptions.None, 200)]
    private static partial Regex MailShape();

    [GeneratedRegex(@"^[A-Za-z0-9_]{3,32}$", RegexOptions.None, 200)]
    private static partial Regex TelegramName();
}
