using System.Text.RegularExpressions;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Reference;

/// <summary>The table of drills names tests that are there, and each drill that is there.</summary>
public sealed partial class ReliabilityTableTests
{
    private const string Drills = "ProPartHub.Tests.Reliability";

    private static readonly List<Type> Tests =
    [
        .. typeof(ReliabilityTableTests)
            .Assembly.GetTypes()
            .Where(type => type.GetMethods().Any(method => method.IsDefined(typeof(FactAttribute), inherit: true))),
    ];

    private static readonly HashSet<string> Named =
    [
        .. Row()
            .Matches(File.ReadAllText(Path.Combine(Checkout.Folder, "docs", "reliability.md")))
            .SelectMany(row => Name().Matches(row.Value))
            .Select(name => name.Groups[1].Value),
    ];

    [Fact]
    public void EveryNamedTest_IsThere()
    {
        Assert.NotEmpty(Named);
        Assert.Empty(Named.Except(Tests.Select(type => type.Name)));
    }

    [Fact]
    public void EveryDrill_IsInTheTable() =>
        Assert.Empty(Tests.Where(type => type.Namespace == Drills).Select(type => type.Name).Except(Named));

    [GeneratedRegex("^\\|.*$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`(\\w+Tests)`")]
    private static partial Regex Name();
}
