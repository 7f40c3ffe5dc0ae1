using System.Reflection;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using NSubstitute;
using ProPartHub.Domain.Leads;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Tests.Reference;

/// <summary>Every setting of the portal, and the page that lists them: <c>docs/configuration.md</c>.</summary>
internal sealed class ConfigurationReference
{
    private const string Head = """
        # Settings

        Every setting of the portal. A test writes this page from the classes that hold the settings and fails when the two differ:
        change the summary in the class, then
        `PROPART_REFERENCE=1 dotnet test --project ProPartHub.Tests -- --filter-class "*ConfigurationReferenceTests"`.

        ## How to set one

        Each setting can stand in three places; what comes later in this list goes before what comes earlier:

        1. `appsettings.json` in the folder the portal is started in: sections as objects, `{ "Mail": { "Port": 465 } }`;
        2. an environment variable, with `__` between the parts: `Mail__Port=465`;
        3. the command line: `--Mail:Port=465`, which others on the machine can read: not for passwords.

        Letter case does not matter. Settings are read once, at the start. A value that is wrong, and a required one that is missing,
        ends the portal at once; each is named. An environment variable that is empty counts as no value for texts, and is wrong for
        numbers, durations and `true` or `false`: leave those out.

        - **Durations** are written `hours:minutes:seconds`, such as `00:00:30`, or `days.hours:minutes:seconds`.
        - **Lists** are numbered from 0: `Hub__TrustedProxies__0`, `Hub__TrustedProxies__1`.
        - **Folders and files** are paths on the machine (in the container, where it runs in one), best absolute.
        - **Days and times of day** are the agency's, by `Hub:TimeZone`.

        """;

    /// <summary>The assemblies that make up the portal.</summary>
    public static IReadOnlyList<Assembly> Portal { get; } = [typeof(HubOptions).Assembly, typeof(Lead).Assembly];

    // What an operator meets first comes first.
    private static readonly string[] Order =
    [
        "Hub",
        "Database",
        "DataProtection",
        "Mail",
        "Accounts",
        "SingleSignOn",
        "Verification",
        "Files",
        "Backup",
        "HubSpot",
        "HubSpot:Sync",
        "Notifications",
        "Audit",
        "Privacy",
    ];

    private ConfigurationReference(CodeReadings readings)
    {
        Readings = readings;
        var classes = new OptionsClass(new CodeComments(Portal));
        Groups =
        [
            OtherSettings.Named,
            .. readings
                .Classes.Where(type => OptionsClass.SectionOf(type) is not null)
                .Select(classes.Read)
                .OrderBy(group => Array.IndexOf(Order, group.Title) is >= 0 and var place ? place : int.MaxValue)
                .ThenBy(group => group.Title, StringComparer.Ordinal),
            OtherSettings.OfThePlatform,
            OtherSettings.Variables,
        ];
        Settings = Groups.SelectMany(group => group.Settings).ToDictionary(setting => setting.Name);
    }

    /// <summary>The reference of the portal that the tests were built with.</summary>
    public static Lazy<ConfigurationReference> Present { get; } =
        new(() => new ConfigurationReference(new CodeReadings(Portal)));

    public static string Page => Path.Combine(Checkout.Folder, "docs", "configuration.md");

    /// <summary>What the code asks of the configuration.</summary>
    public CodeReadings Readings { get; }

    /// <summary>Parts of the page.</summary>
    public IReadOnlyList<SettingGroup> Groups { get; }

    /// <summary>All settings by name.</summary>
    public IReadOnlyDictionary<string, Setting> Settings { get; }

    /// <summary>Names of the settings without which the portal does not start outside Development, as it says itself.</summary>
    public static IReadOnlyList<string> Required { get; } = [.. Demands().Select(demand => demand.Split(' ')[0])];

    /// <summary>Whether a name such as <c>Mail:Port</c> or <c>Mail__Port</c>, with or without a number behind, is a setting.</summary>
    public bool Knows(string name)
    {
        var plain = name.Replace("__", ":", StringComparison.Ordinal);
        return Settings.Values.Any(setting =>
            setting.Name.Equals(plain, StringComparison.OrdinalIgnoreCase)
            || (
                setting.IsList
                && plain.StartsWith($"{setting.Name}:", StringComparison.OrdinalIgnoreCase)
                && int.TryParse(plain[(setting.Name.Length + 1)..], out _)
            )
        );
    }

    /// <summary>Whether a name such as <c>Files:Bucket</c> begins those of settings.</summary>
    public bool HasPart(string name) =>
        Settings.Keys.Any(known =>
            known.StartsWith(
                $"{name.Replace("__", ":", StringComparison.Ordinal)}:",
                StringComparison.OrdinalIgnoreCase
            )
        );

    /// <summary>The text of the page.</summary>
    public string Text()
    {
        var text = new StringBuilder(Head);
        text.Append("\n## Required outside Development\n\n");
        foreach (var name in Required)
        {
            text.Append($"- `{Settings[name].Variable}`{(name == Keys ? $", or `{KeysElsewise}`" : "")}\n");
        }

        foreach (var group in Groups)
        {
            text.Append($"\n## {group.Title}\n\n");
            if (group.About.Length > 0)
            {
                text.Append($"{group.About}\n\n");
            }

            text.Append("| environment variable | value | left out | meaning |\n| --- | --- | --- | --- |\n");
            foreach (var setting in group.Settings)
            {
                var required = Required.Contains(setting.Name) ? "**Required outside Development.** " : "";
                text.Append(
                    $"| `{setting.Variable}` | {setting.Value} | {setting.Default} | {required}{setting.Meaning} |\n"
                );
            }
        }

        return text.ToString();
    }

    private const string Keys = $"{DataProtectionSettings.Section}:{nameof(DataProtectionSettings.Certificate)}";

    private const string KeysElsewise =
        $"{DataProtectionSettings.Section}__{nameof(DataProtectionSettings.Unprotected)}=true";

    private static IEnumerable<string> Demands()
    {
        var production = Substitute.For<IHostEnvironment>();
        production.EnvironmentName.Returns(Environments.Production);
        var validator = new HubOptionsValidator(new ConfigurationBuilder().Build(), production);
        return validator.Validate(null, new HubOptions()).Failures ?? [];
    }
}
