using Microsoft.Extensions.Options;

namespace ProPartHub.Web.Hosting.ErrorReports;

/// <summary>Where errors are reported to; nowhere without an address.</summary>
public sealed class ErrorReportOptions
{
    /// <summary>The configuration section these settings are read from.</summary>
    public const string Section = "Sentry";

    /// <summary>
    /// The project's address in Sentry, or in what speaks its language, such as <c>https://key@errors.example.com/1</c>. Errors
    /// of the log are sent there with the portal's version and the ids of person and circuit, personal data masked; nothing is
    /// sent without one.
    /// </summary>
    public string? Dsn { get; set; }

    /// <summary>How this installation is called there; the host's environment, such as <c>Production</c>, if empty.</summary>
    public string? Environment { get; set; }
}

/// <summary>Says before the start where the address is none.</summary>
internal sealed class ErrorReportOptionsValidator : IValidateOptions<ErrorReportOptions>
{
    public ValidateOptionsResult Validate(string? name, ErrorReportOptions options) =>
        string.IsNullOrEmpty(options.Dsn) || IsDsn(options.Dsn)
            ? ValidateOptionsResult.Success
            // Its key stays out of the message.
            : ValidateOptionsResult.Fail("Sentry:Dsn must be an address such as https://key@errors.example.com/1.");

    private static bool IsDsn(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && address.Scheme is "http" or "https"
        && address.UserInfo.Length > 0
        && address.AbsolutePath.Trim('/').Length > 0;
}
