using Microsoft.Extensions.Options;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Web.Account;

/// <summary>
/// <c>create-admin --user NAME --email MAIL</c>: prints a one-time link behind which that admin sets a password. For an
/// admin who exists it is the way back in after a lost password.
/// </summary>
internal static class CreateAdminCommand
{
    public const string Name = "create-admin";

    private const string Usage = "Usage: create-admin --user NAME --email MAIL";

    /// <summary>Runs the command against the configured database, without serving pages.</summary>
    /// <returns>The exit code: 0 done, 1 refused, 2 wrongly called.</returns>
    public static async Task<int> RunAsync(
        IServiceProvider services,
        string[] options,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        // The command line alone: among the environment's settings "user" is whoever runs the server.
        var arguments = new ConfigurationBuilder().AddCommandLine(options).Build();
        if (arguments["user"] is not { Length: > 0 } user || arguments["email"] is not { Length: > 0 } email)
        {
            await output.WriteLineAsync(Usage);
            return 2;
        }

        var (token, faults) = await services
            .GetRequiredService<AdminInvitation>()
            .IssueAsync(user, email, cancellationToken);
        if (token is null)
        {
            foreach (var fault in faults.Errors)
            {
                await output.WriteLineAsync($"{fault.PropertyName}: {Explain(fault.ErrorCode)}");
            }

            return 1;
        }

        var portal = services.GetRequiredService<IOptions<HubOptions>>().Value.PublicUrl?.ToString() ?? LocalAddress;
        await output.WriteLineAsync(
            $"Open within {AccountLinks.Lifetime.TotalHours:0} hours to set the password; it works once:"
        );
        await output.WriteLineAsync($"  {AccountStartup.Link(portal, token)}");
        return 0;
    }

    // Where the launch profile serves the portal; elsewhere Hub:PublicUrl is required.
    private const string LocalAddress = "http://localhost:5080";

    // The console speaks English, as the log does.
    private static string Explain(string code) =>
        Enum.TryParse<AccountFault>(code, out var fault)
            ? fault switch
            {
                AccountFault.UserNameWrong =>
                    $"{AccountName.MinimumLength} to {AccountName.MaximumLength} Latin letters, digits, dots, dashes or underscores.",
                AccountFault.UserNameTaken => "Another account has this user name.",
                AccountFault.EmailTaken => "Another account has this mail address.",
                AccountFault.EmailWrong or AccountFault.TooLong => "Not a mail address.",
                _ => "Missing.",
            }
            : code;
}
