using System.Globalization;
using Microsoft.Extensions.Localization;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Web.Components.HubSpot;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Hosting;

/// <summary>
/// <c>check-hubspot [--create-properties]</c>: reads the account without changing it, says what the sync will find there and
/// what to mend; with the option it makes the hub's own unique property, which is the admin's consent to it.
/// </summary>
internal static class HubSpotCheck
{
    public const string Name = "check-hubspot";

    private const string CreateProperties = "--create-properties";

    /// <summary>Runs the command with the configured token, without serving pages or syncing.</summary>
    /// <returns>The exit code: 0 fine, 1 something to mend, 2 no token configured.</returns>
    public static async Task<int> RunAsync(
        IServiceProvider services,
        string[] options,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        if (services.GetService<HubSpotClient>() is not { } client)
        {
            await output.WriteLineAsync("No HubSpot token is configured (HubSpot:AccessToken): the sync is off.");
            return 2;
        }

        // Like the log, what a command prints is English.
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en");
        var limiter = services.GetRequiredService<HubSpotLimiter>();
        var check = new AccountCheck(client, limiter.Snapshot);
        if (options.Contains(CreateProperties))
        {
            try
            {
                await check.CreateLeadIdsAsync(cancellationToken);
            }
            catch (HubSpotException refusal)
            {
                await output.WriteLineAsync(refusal.Message);
                return 1;
            }
        }

        var texts = services.GetRequiredService<IStringLocalizer<SyncTexts>>();
        var findings = await check.RunAsync(cancellationToken);
        foreach (var finding in findings)
        {
            await output.WriteLineAsync($"{Mark(finding.Outcome)} {texts.NameOf(finding)}: {texts.WordsOf(finding)}");
        }

        return findings.Any(IsToBeMended) ? 1 : 0;
    }

    // What an account does not have is its own affair, but for the property that keeps leads from being made twice.
    private static bool IsToBeMended(CheckFinding finding) =>
        finding.Outcome is CheckOutcome.Fault
        || finding is { Topic: CheckTopic.LeadIds, Outcome: CheckOutcome.Attention };

    private static string Mark(CheckOutcome outcome) =>
        outcome switch
        {
            CheckOutcome.Fine => "[ok]  ",
            CheckOutcome.Attention => "[note]",
            _ => "[MEND]",
        };
}
