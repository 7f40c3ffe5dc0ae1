using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using MimeKit;

namespace ProPartHub.Domain.Mail;

/// <summary>How the connection to the mail server is protected.</summary>
public enum MailSecurity
{
    /// <summary>Plain at first, then TLS by STARTTLS or not at all; usual on port 587.</summary>
    StartTls = 1,

    /// <summary>TLS from the start; usual on port 465.</summary>
    Tls = 2,

    /// <summary>No protection: only for a mail server on the same machine or network, and without a password.</summary>
    None = 3,
}

/// <summary>The mail server (section <c>Mail</c>). In Development mails go to a page of the portal, whatever is set.</summary>
public sealed class MailOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Mail";

    /// <summary>Name or address of the mail server. Empty: nothing is sent, and admins hand one-time links over themselves.</summary>
    public string? Host { get; set; }

    /// <summary>Port of the mail server.</summary>
    public int Port { get; set; } = 587;

    /// <summary>Protection of the connection.</summary>
    public MailSecurity Security { get; set; } = MailSecurity.StartTls;

    /// <summary>
    /// PEM file with the certificate authorities, or the mail server's own certificate, that alone are trusted; for a mail
    /// server whose certificate no public authority has signed. Empty: whom the machine trusts. Read anew for each mail.
    /// </summary>
    public string? TrustedCertificates { get; set; }

    /// <summary>Account at the mail server, if it asks for one; set together with <see cref="Password"/>.</summary>
    public string? User { get; set; }

    /// <summary>Password of that account.</summary>
    public string? Password { get; set; }

    /// <summary>Sender of all mails; needed with <see cref="Host"/>. As <c>hub@example.com</c> or <c>ProPart Hub &lt;hub@example.com&gt;</c>.</summary>
    public string? From { get; set; }

    /// <summary>Whether there is a mail server.</summary>
    public bool IsSet => !string.IsNullOrWhiteSpace(Host);
}

internal sealed class MailOptionsValidator : IValidateOptions<MailOptions>
{
    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        var faults = (options.IsSet ? Faults(options) : LeftOvers(options)).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(MailOptions options)
    {
        if (
            !MailboxAddress.TryParse(options.From, out var from)
            || !from.Address.Contains('@', StringComparison.Ordinal)
        )
        {
            yield return $"Mail:From '{options.From}' is no mail address; it is the sender of the portal's mails.";
        }

        if (options.Port is < 1 or > IPEndPoint.MaxPort)
        {
            yield return $"Mail:Port '{options.Port}' is no port.";
        }

        if (!Enum.IsDefined(options.Security))
        {
            yield return $"Mail:Security '{options.Security}' is none of StartTls, Tls and None.";
        }

        if (string.IsNullOrEmpty(options.User) != string.IsNullOrEmpty(options.Password))
        {
            yield return "Mail:User and Mail:Password are set together or not at all.";
        }

        if (options.Security == MailSecurity.None && !string.IsNullOrEmpty(options.Password))
        {
            yield return "Mail:Security None would send Mail:Password unprotected; use StartTls or Tls.";
        }

        if (
            !string.IsNullOrWhiteSpace(options.TrustedCertificates)
            && Unreadable(options.TrustedCertificates) is { } why
        )
        {
            yield return $"Mail:TrustedCertificates '{options.TrustedCertificates}' holds no certificates in PEM form: {why}";
        }
    }

    private static string? Unreadable(string file)
    {
        try
        {
            _ = new MailServerTrust(file);
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return fault.Message;
        }
    }

    // Somebody meant to set a mail server and would wait for mails in vain.
    private static IEnumerable<string> LeftOvers(MailOptions options)
    {
        if (!string.IsNullOrEmpty(options.From + options.User + options.Password + options.TrustedCertificates))
        {
            yield return "Mail:Host is not set, though other settings of the mail server are.";
        }
    }
}
