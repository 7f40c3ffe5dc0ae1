using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ProPartHub.Benchmarks.Circuits;

/// <summary>What a prerendered page holds for starting its circuit.</summary>
/// <param name="Markers">The interactive components, in the page's order.</param>
/// <param name="State">Protected state of the prerendering; empty when there is none.</param>
public sealed partial record CircuitPage(IReadOnlyList<JsonNode> Markers, string State)
{
    /// <summary>Reads a page's HTML.</summary>
    public static CircuitPage Parse(string html) =>
        new(
            [
                .. Marker()
                    .Matches(html)
                    .Select(match => JsonNode.Parse(match.Groups[1].Value)!)
                    // The end marker of a prerendered component has no type.
                    .Where(marker => (string?)marker["type"] == "server"),
            ],
            ComponentState().Match(html).Groups[1].Value
        );

    /// <summary>The argument of <c>UpdateRootComponents</c> that adds every component.</summary>
    public string AddAll() =>
        new JsonObject
        {
            ["batchId"] = 1,
            ["operations"] = new JsonArray([
                .. Markers.Select(
                    (marker, index) =>
                        (JsonNode)
                            new JsonObject
                            {
                                ["type"] = "add",
                                ["ssrComponentId"] = index + 1,
                                ["marker"] = marker.DeepClone(),
                            }
                ),
            ]),
        }.ToJsonString();

    [GeneratedRegex("<!--Blazor:(\\{.*?\\})-->", RegexOptions.Singleline)]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:([A-Za-z0-9+/=]+)-->")]
    private static partial Regex ComponentState();
}
