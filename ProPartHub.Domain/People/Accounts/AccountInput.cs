namespace ProPartHub.Domain.People.Accounts;

/// <summary>A password typed twice.</summary>
public interface INewPassword
{
    /// <summary>The new password.</summary>
    string Password { get; }

    /// <summary>The same again.</summary>
    string Repeated { get; }
}

/// <summary>What makes an admin: the form behind the one-time link.</summary>
/// <param name="UserName">Name to log in by; ignored when the link is for an existing account.</param>
/// <param name="DisplayName">Name shown to colleagues.</param>
/// <param name="Email">Mail address; ignored when the link is for an existing account.</param>
/// <param name="Password">The password.</param>
/// <param name="Repeated">The password again.</param>
public sealed record AdminInput(string UserName, string DisplayName, string Email, string Password, string Repeated)
    : INewPassword;

/// <summary>What people change about themselves.</summary>
/// <param name="DisplayName">Name shown to colleagues.</param>
/// <param name="Culture">Interface language, <c>uk</c> or <c>en</c>.</param>
public sealed record ProfileInput(string DisplayName, string Culture);

/// <summary>A change of the own password.</summary>
/// <param name="Present">The password until now.</param>
/// <param name="Password">The new one.</param>
/// <param name="Repeated">The new one again.</param>
public sealed record PasswordInput(string Present, string Password, string Repeated) : INewPassword;

/// <summary>What an agent registers with.</summary>
/// <param name="UserName">Name to log in by.</param>
/// <param name="DisplayName">Name shown to colleagues.</param>
/// <param name="Email">Mail address.</param>
/// <param name="ManagerId">Manager whose team the agent joins.</param>
/// <param name="Password">The password.</param>
/// <param name="Repeated">The password again.</param>
/// <param name="Culture">Interface language, <c>uk</c> or <c>en</c>.</param>
public sealed record RegistrationInput(
    string UserName,
    string DisplayName,
    string Email,
    Guid? ManagerId,
    string Password,
    string Repeated,
    string Culture
) : INewPassword;

/// <summary>The wish for another mail address.</summary>
/// <param name="Present">The password of the account.</param>
/// <param name="Email">The new address.</param>
public sealed record AddressInput(string Present, string Email);

/// <summary>A person as an admin enters or changes one.</summary>
/// <param name="UserName">Name to log in by; kept as it is when an account is changed.</param>
/// <param name="DisplayName">Name shown to colleagues.</param>
/// <param name="Email">Mail address.</param>
/// <param name="Role">Role.</param>
/// <param name="TeamId">Team worked in or led; admins have none.</param>
/// <param name="NewTeam">Name of a team to make for the person instead.</param>
/// <param name="Culture">Interface language, <c>uk</c> or <c>en</c>; the person's own choice once the account is there.</param>
public sealed record PersonInput(
    string UserName,
    string DisplayName,
    string Email,
    Role Role,
    Guid? TeamId,
    string? NewTeam,
    string Culture
)
{
    /// <summary>The same without outer spaces and control characters, and without a team where the role has none.</summary>
    public PersonInput Normalised() =>
        this with
        {
            UserName = AccountName.Clean(UserName),
            DisplayName = AccountName.Clean(DisplayName),
            Email = AccountName.Clean(Email),
            TeamId = Role is Role.Admin || !string.IsNullOrWhiteSpace(NewTeam) ? null : TeamId,
            NewTeam = Role is Role.Admin || string.IsNullOrWhiteSpace(NewTeam) ? null : AccountName.Clean(NewTeam),
        };
}

/// <summary>What can be wrong about a field of an account; the error code of its validation failure.</summary>
public enum AccountFault
{
    /// <summary>Nothing was typed.</summary>
    Missing = 1,

    /// <summary>More characters than can be stored.</summary>
    TooLong,

    /// <summary>Not a possible user name (see <see cref="AccountName.IsUserName"/>).</summary>
    UserNameWrong,

    /// <summary>Somebody has this user name.</summary>
    UserNameTaken,

    /// <summary>Not a mail address.</summary>
    EmailWrong,

    /// <summary>Somebody has this mail address.</summary>
    EmailTaken,

    /// <summary>Fewer than <see cref="PasswordRules.Minimum"/> characters.</summary>
    PasswordShort,

    /// <summary>More than <see cref="PasswordRules.Maximum"/> characters.</summary>
    PasswordLong,

    /// <summary>The password is one that is guessed first.</summary>
    PasswordCommon,

    /// <summary>The password is the own user name or mail address.</summary>
    PasswordIsName,

    /// <summary>The two new passwords differ.</summary>
    PasswordsDiffer,

    /// <summary>The present password is wrong, or the account is locked after too many wrong ones.</summary>
    PresentWrong,

    /// <summary>A language the hub does not speak.</summary>
    CultureUnknown,

    /// <summary>The one-time link is used, expired or superseded.</summary>
    LinkDead,

    /// <summary>Agents and managers belong to a team.</summary>
    TeamMissing,

    /// <summary>There is no such team any more.</summary>
    TeamUnknown,

    /// <summary>There is a team of this name.</summary>
    TeamTaken,

    /// <summary>A role the hub does not have.</summary>
    RoleUnknown,

    /// <summary>Nobody takes the own role or locks the own account; a colleague does.</summary>
    OwnAccount,

    /// <summary>Nobody could run the hub any more.</summary>
    LastAdmin,

    /// <summary>The account is switched off; it opens nothing, whatever link it gets.</summary>
    SwitchedOff,

    /// <summary>No mail server is set.</summary>
    NoMail,

    /// <summary>There is no such manager, or no longer.</summary>
    ManagerUnknown,
}
