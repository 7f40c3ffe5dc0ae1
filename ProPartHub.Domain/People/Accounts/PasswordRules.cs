using FluentValidation;

namespace ProPartHub.Domain.People.Accounts;

/// <summary>
/// What a password must be: long. No composition rules and no forced change, as ASVS 5.0 (6.2.5, 6.2.10) and NIST
/// SP 800-63B ask for; they make people choose worse passwords.
/// </summary>
public static class PasswordRules
{
    /// <summary>Fewest characters.</summary>
    public const int Minimum = 12;

    /// <summary>Most characters.</summary>
    public const int Maximum = 128;

    /// <summary>Whether a password is just the account's name or mail address, the first guess of anybody.</summary>
    internal static bool IsOwnName(string password, string? userName, string? mail) =>
        string.Equals(password, userName, StringComparison.OrdinalIgnoreCase)
        || string.Equals(password, mail, StringComparison.OrdinalIgnoreCase);

    internal static void AddNewPassword<T>(this AbstractValidator<T> validator)
        where T : INewPassword
    {
        validator
            .RuleFor(input => input.Password)
            .Cascade(CascadeMode.Stop)
            .NotEmpty()
            .WithErrorCode(nameof(AccountFault.Missing))
            .MinimumLength(Minimum)
            .WithErrorCode(nameof(AccountFault.PasswordShort))
            .MaximumLength(Maximum)
            .WithErrorCode(nameof(AccountFault.PasswordLong))
            .Must(password => !CommonPasswords.Contains(password))
            .WithErrorCode(nameof(AccountFault.PasswordCommon));
        validator
            .RuleFor(input => input.Repeated)
            .Equal(input => input.Password)
            .WithErrorCode(nameof(AccountFault.PasswordsDiffer));
    }
}
