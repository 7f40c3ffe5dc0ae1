namespace ProPartHub.Web.Hosting;

/// <summary>Where instances keep what they read alike (section <c>Cache</c>).</summary>
public sealed record CacheOptions
{
    /// <summary>The configuration section these settings are read from.</summary>
    public const string Section = "Cache";

    /// <summary>
    /// Address of a Redis as StackExchange.Redis reads it, such as <c>redis:6379,password=…,ssl=true</c>; empty: each instance
    /// keeps for itself. Names, roles and teams of colleagues lie there for ten minutes at a time.
    /// </summary>
    public string? Redis { get; init; }
}
