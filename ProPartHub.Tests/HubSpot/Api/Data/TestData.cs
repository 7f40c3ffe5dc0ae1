using System.Text.Json;

namespace ProPartHub.Tests.HubSpot.Api;

/// <summary>The JSON files beside this one, built into the test assembly.</summary>
internal static class TestData
{
    public static JsonElement Read(string file)
    {
        var assembly = typeof(TestData).Assembly;
        var name = assembly
            .GetManifestResourceNames()
            .Single(name => name.EndsWith($".{file}", StringComparison.Ordinal));
        using var stream = assembly.GetManifestResourceStream(name)!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
