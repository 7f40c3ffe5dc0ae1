using System.Globalization;

namespace ProPartHub.Tests.HubSpot.Histories;

/// <summary>How much a run does, by the environment.</summary>
internal static class Switches
{
    public static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
