using System.ComponentModel.DataAnnotations;

namespace ProPartHub.Domain.People.Accounts;

/// <summary>How people sign in (section <c>Accounts</c>).</summary>
public sealed class AccountOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Accounts";

    /// <summary>
    /// Cost of a password hash as a power of two: each step doubles the time. 12 takes about a quarter of a second on
    /// a small server. After a change old hashes are renewed at the next log-in of their owner.
    /// </summary>
    [Range(4, 16)]
    public int BcryptCost { get; set; } = 12;

    /// <summary>Whether agents may register by themselves, which needs a mail server; not set: in Development alone.</summary>
    public bool? Registration { get; set; }

    /// <summary>Hours without a request after which a session ends.</summary>
    [Range(1, 24 * 30)]
    public int SessionIdleHours { get; set; } = 10;

    /// <summary>
    /// Hours after which a session ends however busy it is; a week, so that an agent's phone asks for the password
    /// every Monday and not in the middle of a viewing.
    /// </summary>
    [Range(1, 24 * 90)]
    public int SessionLimitHours { get; set; } = 24 * 7;

    /// <summary>
    /// Who may only work with a second factor, an authenticator app or a passkey; others may have one. Whoever lacks it sets
    /// it up at the log-in.
    /// </summary>
    public SecondFactorDuty SecondFactorFor { get; set; } = SecondFactorDuty.Admins;

    /// <summary>Tries a minute to log in to one account from one network address; those beyond are refused until the minute is over.</summary>
    [Range(1, 1000)]
    public int TriesPerAccountAndMinute { get; set; } = 5;

    /// <summary>Tries a minute to log in from one network address, whatever the account; a whole office may share one.</summary>
    [Range(1, 100_000)]
    public int TriesPerAddressAndMinute { get; set; } = 60;
}

/// <summary>Who may only work with a second factor.</summary>
public enum SecondFactorDuty
{
    /// <summary>Nobody has to.</summary>
    Nobody,

    /// <summary>Admins, who see and may do everything.</summary>
    Admins,

    /// <summary>Managers and admins.</summary>
    ManagersAndAdmins,

    /// <summary>Everybody.</summary>
    Everybody,
}
