using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Web.Hosting;
using Xunit;

namespace ProPartHub.Tests.Scale;

/// <summary>
/// Whatever runs in the background of the real portal stands in docs/scaling.md with what makes it safe on several instances. A
/// new service makes this fail: decide first, then write it there.
/// </summary>
public sealed partial class BackgroundTableTests
{
    [Fact]
    public async Task EveryHostedService_IsInTheTable_WithItsGuard()
    {
        var table = Row()
            .Matches(File.ReadAllText(Path.Combine(Checkout.Folder, "docs", "scaling.md")))
            .ToDictionary(row => row.Groups[1].Value, row => row.Groups[2].Value.Trim());

        Assert.Equal(await RunningAsync(), table.Keys.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(table.Values, string.IsNullOrWhiteSpace);
    }

    // With a token the sync is there, without one the sandbox.
    private static async Task<IEnumerable<string>> RunningAsync() =>
        (await ServicesAsync(new() { ["HubSpot:AccessToken"] = "token" }))
            .Concat(await ServicesAsync([]))
            .Distinct()
            .Order(StringComparer.Ordinal);

    private static async Task<List<string>> ServicesAsync(Dictionary<string, string?> settings)
    {
        await using var app = HubApplication.Build(
            ["--environment", "Development", "--contentRoot", Path.Combine(Checkout.Folder, "ProPartHub.Web")],
            builder =>
            {
                builder.Configuration.AddInMemoryCollection(
                    new Dictionary<string, string?>
                    {
                        ["ConnectionStrings:Hub"] = "Host=127.0.0.1;Database=unused",
                        ["Hub:LogFolder"] = "",
                    }
                );
                builder.Configuration.AddInMemoryCollection(settings);
            }
        );
        return
        [
            .. app
                .Services.GetServices<IHostedService>()
                .Select(service => service.GetType())
                .Where(type => type.Namespace?.StartsWith(nameof(ProPartHub), StringComparison.Ordinal) == true)
                .Select(type => type.Name),
        ];
    }

    [GeneratedRegex(@"^\| `(\w+)` \| [^|]+ \| ([^|]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
