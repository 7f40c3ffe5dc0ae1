using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Tags;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Agency.Shared;

/// <summary>Which topics a transaction of this process changes, by the entities that its context saves.</summary>
internal static class SharedChanges
{
    /// <summary>Adds to <see cref="HubDbContext.ChangedTopics"/> at each save.</summary>
    public static void Watch(HubDbContext db) =>
        db.SavingChanges += (_, _) =>
            db.ChangedTopics.UnionWith(
                db.ChangeTracker.Entries()
                    .Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
                    .Select(TopicOf)
                    .OfType<AgencyTopic>()
            );

    private static AgencyTopic? TopicOf(EntityEntry entry) =>
        entry.Entity switch
        {
            Stage or Pipeline => AgencyTopic.Stages,
            Tag => AgencyTopic.Tags,
            Team => AgencyTopic.People,
            // Each log-in changes a row of people, and nothing that anybody is shown of them.
            HubUser => entry.State is not EntityState.Modified || IsShown(entry) ? AgencyTopic.People : null,
            _ => null,
        };

    private static bool IsShown(EntityEntry entry) =>
        entry.Properties.Any(property =>
            property.IsModified
            && property.Metadata.Name
                is nameof(HubUser.DisplayName)
                    or nameof(HubUser.Role)
                    or nameof(HubUser.TeamId)
                    or nameof(HubUser.IsActive)
        );
}
