using System.Globalization;
using Microsoft.Extensions.Localization;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.HubSpot;

/// <summary>A check's findings in words, for the page and for the command.</summary>
internal static class CheckWords
{
    /// <summary>What was looked at.</summary>
    public static string NameOf(this IStringLocalizer<SyncTexts> texts, CheckFinding finding) =>
        finding.Subject is { } type
            ? texts[$"Check_{finding.Topic}", texts[$"Type_{type}"]]
            : texts[$"Check_{finding.Topic}"];

    /// <summary>What was found, and what to do about it.</summary>
    public static string WordsOf(this IStringLocalizer<SyncTexts> texts, CheckFinding finding) =>
        finding switch
        {
            { MissingScope: { Length: > 0 } scope } => texts["Check_MissingScope", scope],
            { Outcome: CheckOutcome.Fault } => finding.Words ?? texts["Fault_Forbidden"],
            { Topic: CheckTopic.Properties } => texts[Key(finding), string.Join(", ", finding.Values)],
            { Topic: CheckTopic.Account } => texts[Key(finding), [.. finding.Values]],
            { Topic: CheckTopic.Limits, Values.Count: 1 } => texts["Check_Limits_Unknown", Number(finding.Values[0])],
            _ => texts[Key(finding), [.. finding.Values.Select(Number)]],
        };

    private static string Key(CheckFinding finding) => $"Check_{finding.Topic}_{finding.Outcome}";

    private static string Number(string value) =>
        long.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("N0", CultureInfo.CurrentCulture)
            : value;
}
