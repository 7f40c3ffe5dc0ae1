using ProPartHub.HubSpotSandbox.Account;

namespace ProPartHub.HubSpotSandbox.Objects;

/// <summary>A value a property has or had, linked to the one before. An empty text is a cleared value.</summary>
public sealed record PropertyVersion(string Value, DateTimeOffset At, ChangeSource Source, PropertyVersion? Previous)
{
    /// <summary>This version and all before it, newest first.</summary>
    public IEnumerable<PropertyVersion> History()
    {
        for (var version = this; version is not null; version = version.Previous)
            yield return version;
    }
}
