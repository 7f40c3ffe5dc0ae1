using System.Text.RegularExpressions;
using ProPartHub.Domain.Data;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Reference;

/// <summary>docs/configuration.md lists every setting and says of each what its class says.</summary>
public sealed partial class ConfigurationReferenceTests
{
    private const string Variable = "PROPART_REFERENCE";

    private static ConfigurationReference Reference => ConfigurationReference.Present.Value;

    [Fact]
    public async Task Page_SaysWhatTheClassesSay()
    {
        if (Environment.GetEnvironmentVariable(Variable) is "1")
        {
            await File.WriteAllTextAsync(
                ConfigurationReference.Page,
                Reference.Text(),
                TestContext.Current.CancellationToken
            );
        }

        var page = await File.ReadAllTextAsync(ConfigurationReference.Page, TestContext.Current.CancellationToken);

        Assert.True(
            Reference.Text() == page,
            $"docs/configuration.md is not what the classes say; write it anew with {Variable}=1."
        );
    }

    [Fact]
    public void ClassesThatAreBound_NameTheirSection_AndAreOnThePage()
    {
        var classes = Reference.Readings.Classes;

        Assert.DoesNotContain(classes, type => OptionsClass.SectionOf(type) is null);
        Assert.Contains(typeof(DatabaseOptions), classes);
        Assert.Empty(classes.Select(OptionsClass.SectionOf).Except(Reference.Groups.Select(group => group.Title)));
    }

    [Fact]
    public void SettingsReadByName_AreOnThePage()
    {
        var read = Reference.Readings.Settings;

        Assert.Contains("AllowedHosts", read);
        Assert.DoesNotContain(read, name => !Reference.Settings.Keys.Any(known => IsOf(known, name)));
    }

    [Fact]
    public void SettingsOnThePageThatNoClassHolds_AreRead() =>
        Assert.DoesNotContain(
            OtherSettings.Named.Settings,
            setting => !Reference.Readings.Settings.Any(name => IsOf(setting.Name, name))
        );

    [Fact]
    public void EnvironmentVariables_AreOnThePage() =>
        Assert.Equal(
            OtherSettings.Variables.Settings.Select(variable => variable.Name),
            Reference.Readings.Variables.Except(OtherSettings.OfTheMachine)
        );

    [Fact]
    public void WhatTheStartDemands_IsMarked()
    {
        Assert.NotEmpty(ConfigurationReference.Required);
        Assert.All(ConfigurationReference.Required, name => Assert.True(Reference.Knows(name), name));
    }

    /// <summary>Other pages name settings as well; none may be called what it is not, or no more, called.</summary>
    [Fact]
    public void SettingsInOtherPages_AreCalledSo()
    {
        var sections = Reference.Settings.Keys.Where(name => name.Contains(':')).Select(name => name.Split(':')[0]);
        var pages = Directory
            .EnumerateFiles(Path.Combine(Checkout.Folder, "docs"), "*.md")
            .Append(Path.Combine(Checkout.Folder, "README.md"));
        var names = pages
            .SelectMany(page => Named().Matches(File.ReadAllText(page)), (page, name) => (page, name.Groups[1].Value))
            .Where(named => sections.Contains(named.Value.Split(':', '_')[0]))
            .ToList();

        Assert.True(names.Count > 30);
        Assert.Empty(
            names
                .Where(named => !Reference.Knows(named.Value) && !Reference.HasPart(named.Value))
                .Select(named => $"{Path.GetFileName(named.page)}: {named.Value}")
        );
    }

    // A setting of a section that the code has at hand is read without the section's name.
    private static bool IsOf(string known, string read) =>
        known == read || known.EndsWith($":{read}", StringComparison.Ordinal);

    [GeneratedRegex("`([A-Za-z]+(?:(?::|__)[A-Za-z0-9]+)+)(?:=[^`]*)?`")]
    private static partial Regex Named();
}
