using ProPartHub.HubSpotSandbox.Objects;

namespace ProPartHub.HubSpotSandbox.Http;

/// <summary>Which scopes open which paths. Activities hang on the scopes of contacts.</summary>
internal static class Scopes
{
    public static ScopeRule None { get; } = _ => [];

    public static ScopeRule Owners { get; } = _ => ["crm.objects.owners.read"];

    public static ScopeRule ReadObjects(string parameter = "type") =>
        route => ForType(route, parameter, "crm.objects.{0}.read");

    public static ScopeRule WriteObjects(string parameter = "type") =>
        route => ForType(route, parameter, "crm.objects.{0}.write");

    public static ScopeRule ReadSchema { get; } =
        route => ForType(route, "type", "crm.schemas.{0}.read", "crm.objects.{0}.read");

    public static ScopeRule WriteSchema { get; } = route => ForType(route, "type", "crm.schemas.{0}.write");

    // An unknown type needs no scope: the handler answers that there is no such type.
    private static IReadOnlyList<string> ForType(
        RouteValueDictionary route,
        string parameter,
        params IEnumerable<string> patterns
    ) =>
        ObjectType.TryParse((string)route[parameter]!, out var type)
            ? [.. patterns.Select(pattern => pattern.Replace("{0}", type.ScopeName, StringComparison.Ordinal))]
            : [];
}
