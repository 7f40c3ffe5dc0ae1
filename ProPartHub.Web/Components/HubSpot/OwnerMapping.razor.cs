using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Sync;

namespace ProPartHub.Web.Components.HubSpot;

/// <summary>HubSpot's owners and the people they are here; those who are nobody come first.</summary>
public sealed partial class OwnerMapping
{
    private const string PeoplePath = "/admin/people";

    [Inject]
    private MappingQueries Mapping { get; set; } = null!;

    /// <inheritdoc/>
    protected override Task<NumberedPage<MappedOwner>> LoadAsync(int number, CancellationToken cancellationToken) =>
        Mapping.OwnersAsync(Actor, number, cancellationToken);

    private static string PersonAddress(string name) => $"{PeoplePath}?q={Uri.EscapeDataString(name)}";
}
