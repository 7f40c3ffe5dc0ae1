using System.Security.Cryptography;
using ProPartHub.Domain.Data;

namespace ProPartHub.Web.Hosting;

/// <summary>
/// Tells builds of the portal apart, by code, style sheets and scripts; says nothing of what they are. A page goes over to
/// another instance as it is only where that is of the same build.
/// </summary>
internal static class HubBuild
{
    /// <summary>Name of the response header of the health probes that holds it.</summary>
    public const string Header = "Hub-Build";

    private static readonly Lazy<string> Made = new(Make);

    /// <summary>The same for all instances of one build.</summary>
    public static string Id => Made.Value;

    private static string Make()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var assembly in new[] { typeof(HubBuild).Assembly, typeof(HubDatabase).Assembly })
        {
            hash.AppendData(assembly.ManifestModule.ModuleVersionId.ToByteArray());
        }

        // What the browser is given lies outside the assemblies; this file names each by a hash of its content.
        var assets = Path.Combine(
            AppContext.BaseDirectory,
            $"{typeof(HubBuild).Assembly.GetName().Name}.staticwebassets.endpoints.json"
        );
        if (File.Exists(assets))
        {
            hash.AppendData(File.ReadAllBytes(assets));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
