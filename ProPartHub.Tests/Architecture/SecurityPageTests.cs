using System.Globalization;
using System.Text.RegularExpressions;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Architecture;

/// <summary>docs/security.md names what holds each requirement; what it names has to be there, and its sums have to be right.</summary>
public sealed partial class SecurityPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Checkout.Folder, "docs", "security.md"));

    [Fact]
    public void WhateverIsNamed_IsThere()
    {
        var sources = Sources().ToDictionary(file => Path.GetFileName(file), File.ReadAllText);
        var code = string.Join('\n', sources.Values);
        var missing = Names().Where(name => !IsThere(name, sources, code)).ToList();

        Assert.Empty(missing);
        Assert.True(Names().Count() > 50);
    }

    [Fact]
    public void Requirements_StandOnce_AndTheirSumsAreRight()
    {
        var rows = Row()
            .Matches(Page)
            .Select(row => (Numbers: row.Groups[1].Value.Split(", "), State: row.Groups[2].Value))
            .ToList();
        var all = rows.SelectMany(row => row.Numbers).ToList();
        var sums = rows.GroupBy(row => row.State).ToDictionary(state => state.Key, state => state.Sum(Count));

        Assert.Equal(all.Count, all.Distinct().Count());
        Assert.Contains(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Of the {all.Count} requirements of levels 1 and 2: {sums["yes"]} yes, {sums["partly"]} partly, {sums["open"]} open, {sums["host"]} host, {sums["none"]} none."
            ),
            Page,
            StringComparison.Ordinal
        );
    }

    private static int Count((string[] Numbers, string State) row) => row.Numbers.Length;

    // Words in code's letters that begin like a type; "Tests.Method…" stands for a method that begins so.
    private static IEnumerable<string> Names() => Name().Matches(Page).Select(name => name.Groups[1].Value).Distinct();

    private static bool IsThere(string name, Dictionary<string, string> sources, string code)
    {
        var (type, member) = name.Split('.', 2) is [var before, var after] ? (before, after) : (name, null);
        if (!type.EndsWith("Tests", StringComparison.Ordinal))
        {
            // A type, a file of several types, a setting, or .NET's own as the code uses it.
            return sources.ContainsKey($"{type}.cs") || Regex.IsMatch(code, $@"\b{type}\b");
        }

        return sources.TryGetValue($"{type}.cs", out var tests)
            && (member is null || Regex.IsMatch(tests, $@"\b{member.TrimEnd('…')}"));
    }

    private static IEnumerable<string> Sources() =>
        Directory
            .EnumerateFiles(Checkout.Folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Generated().IsMatch(file))
            .DistinctBy(Path.GetFileName);

    [GeneratedRegex(@"[\\/](bin|obj)[\\/]")]
    private static partial Regex Generated();

    [GeneratedRegex(@"`([A-Z]\w+(?:\.[A-Z]\w+…?)?)`")]
    private static partial Regex Name();

    [GeneratedRegex(@"^\| ((?:\d+\.\d+\.\d+(?:, )?)+) \| (yes|partly|open|host|none) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
