using System.Text.RegularExpressions;
using ProPartHub.Tests.Reference;
using Xunit;

namespace ProPartHub.Tests.Shipping;

/// <summary>Settings in files that operators begin with are settings of the portal, and what the start demands is among them.</summary>
public sealed partial class SettingFilesTests
{
    private static ConfigurationReference Reference => ConfigurationReference.Present.Value;

    [Fact]
    public void SettingsOfTheService_AreKnown_AndWhatTheStartDemandsIsAmongThem()
    {
        var lines = DeliveredFile.Lines("deploy", "systemd", "propart-hub.env");
        var settings = lines.Select(line => Assignment().Match(line)).ToList();

        // Read by systemd and, for commands, by a shell: single quotes mean the same to both.
        Assert.All(settings.Zip(lines), line => Assert.True(line.First.Success, line.Second));
        AssertComplete(settings.ConvertAll(setting => setting.Groups[1].Value));
    }

    [Fact]
    public void SettingsOfCompose_AreKnown_AndWhatTheStartDemandsIsAmongThem()
    {
        var settings = DeliveredFile
            .Lines("compose.yaml")
            .Select(line => Mapping().Match(line))
            .Where(line => line.Success)
            .Select(line => line.Groups[1].Value)
            .ToList();

        Assert.True(settings.Count > 10);
        AssertComplete(settings);
    }

    [Fact]
    public void VariablesOfCompose_StandInTheExample()
    {
        var asked = DeliveredFile
            .Lines("compose.yaml")
            .SelectMany(line => Variable().Matches(line))
            .Select(variable => variable.Groups[1].Value)
            .Distinct();
        var offered = DeliveredFile.Lines(".env.example").Select(line => line.Split('=')[0]);

        Assert.Equal(asked.Order(), offered.Order());
    }

    private static void AssertComplete(IReadOnlyList<string> settings)
    {
        Assert.DoesNotContain(settings, setting => !Reference.Knows(setting));
        Assert.DoesNotContain(
            ConfigurationReference.Required,
            required => !settings.Any(setting => Stands(setting, required))
        );
    }

    // The keys have a certificate or the word that they need none.
    private static bool Stands(string setting, string required) =>
        setting.Replace("__", ":", StringComparison.Ordinal) is var name
        && (name == required || (required == "DataProtection:Certificate" && name == "DataProtection:Unprotected"));

    [GeneratedRegex("^#?([A-Za-z_0-9]+)='[^']*'$")]
    private static partial Regex Assignment();

    [GeneratedRegex(@"^([A-Z][A-Za-z]+(?:__[A-Za-z0-9]+)+|AllowedHosts):")]
    private static partial Regex Mapping();

    [GeneratedRegex(@"\$\{([A-Z_]+)")]
    private static partial Regex Variable();
}
