using FluentValidation;

namespace ProPartHub.Domain.People.Accounts;

internal sealed class AdminInputValidator : AbstractValidator<AdminInput>
{
    public AdminInputValidator()
    {
        RuleFor(input => input.UserName).IsUserName();
        RuleFor(input => input.Email).IsMail();
        RuleFor(input => input.DisplayName).IsDisplayName();
        this.AddNewPassword();
        RuleFor(input => input.Password)
            .Must((input, password) => !PasswordRules.IsOwnName(password, input.UserName, input.Email))
            .WithErrorCode(nameof(AccountFault.PasswordIsName));
    }
}

internal sealed class ProfileInputValidator : AbstractValidator<ProfileInput>
{
    public ProfileInputValidator()
    {
        RuleFor(input => input.DisplayName).IsDisplayName();
        RuleFor(input => input.Culture).IsCulture();
    }
}

internal sealed class PersonInputValidator : AbstractValidator<PersonInput>
{
    public PersonInputValidator()
    {
        RuleFor(input => input.UserName).IsUserName();
        RuleFor(input => input.DisplayName).IsDisplayName();
        RuleFor(input => input.Email).IsMail();
        RuleFor(input => input.Role).IsInEnum().WithErrorCode(nameof(AccountFault.RoleUnknown));
        RuleFor(input => input.NewTeam).MaximumLength(Team.NameLength).WithErrorCode(nameof(AccountFault.TooLong));
        RuleFor(input => input.TeamId)
            .Must((input, team) => input.Role is Role.Admin || team is not null || input.NewTeam is not null)
            .WithErrorCode(nameof(AccountFault.TeamMissing));
        RuleFor(input => input.Culture).IsCulture();
    }
}

internal sealed class RegistrationInputValidator : AbstractValidator<RegistrationInput>
{
    public RegistrationInputValidator()
    {
        RuleFor(input => input.DisplayName).IsDisplayName();
        RuleFor(input => input.UserName).IsUserName();
        RuleFor(input => input.Email).IsMail();
        RuleFor(input => input.ManagerId).NotNull().WithErrorCode(nameof(AccountFault.ManagerUnknown));
        this.AddNewPassword();
        RuleFor(input => input.Password)
            .Must((input, password) => !PasswordRules.IsOwnName(password, input.UserName, input.Email))
            .WithErrorCode(nameof(AccountFault.PasswordIsName));
        RuleFor(input => input.Culture).IsCulture();
    }
}

internal sealed class AddressInputValidator : AbstractValidator<AddressInput>
{
    public AddressInputValidator()
    {
        RuleFor(input => input.Present).NotEmpty().WithErrorCode(nameof(AccountFault.Missing));
        RuleFor(input => input.Email).IsMail();
    }
}

internal sealed class PasswordInputValidator : AbstractValidator<PasswordInput>
{
    public PasswordInputValidator()
    {
        RuleFor(input => input.Present).NotEmpty().WithErrorCode(nameof(AccountFault.Missing));
        this.AddNewPassword();
    }
}

internal static class AccountRuleBuilder
{
    public static void IsUserName<T>(this IRuleBuilderInitial<T, string> rule) =>
        rule.Cascade(CascadeMode.Stop)
            .NotEmpty()
            .WithErrorCode(nameof(AccountFault.Missing))
            .Must(AccountName.IsUserName)
            .WithErrorCode(nameof(AccountFault.UserNameWrong));

    public static void IsMail<T>(this IRuleBuilderInitial<T, string> rule) =>
        rule.Cascade(CascadeMode.Stop)
            .NotEmpty()
            .WithErrorCode(nameof(AccountFault.Missing))
            .MaximumLength(AccountName.MailLength)
            .WithErrorCode(nameof(AccountFault.TooLong))
            .EmailAddress()
            .WithErrorCode(nameof(AccountFault.EmailWrong));

    public static void IsCulture<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(culture => culture is "uk" or "en").WithErrorCode(nameof(AccountFault.CultureUnknown));

    public static void IsDisplayName<T>(this IRuleBuilder<T, string> rule) =>
        rule.NotEmpty()
            .WithErrorCode(nameof(AccountFault.Missing))
            .MaximumLength(HubUser.DisplayNameLength)
            .WithErrorCode(nameof(AccountFault.TooLong));
}
