namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>Where things lie in the spoken version: the only place that knows version numbers.</summary>
/// <param name="version">A dated version (<c>2026-03</c>) or <c>v3</c>.</param>
internal sealed class HubSpotPaths(string version)
{
    /// <summary>The account API has no older dated version than this one.</summary>
    private const string FirstDatedAccountVersion = "2026-09";

    private readonly bool _dated = char.IsAsciiDigit(version[0]);

    public string Objects(string type) => _dated ? $"crm/objects/{version}/{type}" : $"crm/v3/objects/{type}";

    public string Object(string type, string id) => $"{Objects(type)}/{Uri.EscapeDataString(id)}";

    public string Associations(string from, string to) =>
        _dated ? $"crm/associations/{version}/{from}/{to}" : $"crm/v4/associations/{from}/{to}";

    public string Properties(string type) => _dated ? $"crm/properties/{version}/{type}" : $"crm/v3/properties/{type}";

    public string Pipelines(string type) => _dated ? $"crm/pipelines/{version}/{type}" : $"crm/v3/pipelines/{type}";

    public string Owners() => _dated ? $"crm/owners/{version}" : "crm/v3/owners";

    public string AccountDetails()
    {
        if (!_dated)
        {
            return "account-info/v3/details";
        }

        var isOlder = string.CompareOrdinal(version, FirstDatedAccountVersion) < 0;
        return $"account-info/{(isOlder ? FirstDatedAccountVersion : version)}/details";
    }
}
