using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Views;

/// <summary>Who finds a view, who may change it and with whom it may be shared.</summary>
public static class ViewRights
{
    /// <summary>
    /// With whom a person may share. A shared view stands in other people's menus, so agents keep theirs to themselves,
    /// managers may share with the team they lead and admins with everybody.
    /// </summary>
    public static IReadOnlyList<ViewSharing> Offered(Actor actor) =>
        actor.Role switch
        {
            Role.Admin when actor.TeamId is not null => [ViewSharing.Nobody, ViewSharing.Team, ViewSharing.All],
            Role.Admin => [ViewSharing.Nobody, ViewSharing.All],
            Role.Manager when actor.TeamId is not null => [ViewSharing.Nobody, ViewSharing.Team],
            _ => [ViewSharing.Nobody],
        };

    /// <summary>Own views and those shared with the actor.</summary>
    internal static IQueryable<SavedView> FoundBy(this IQueryable<SavedView> views, Actor actor)
    {
        var team = actor.TeamId;
        return views.Where(view =>
            view.DeletedAt == null
            && (
                view.OwnerId == actor.UserId
                || view.SharedWith == ViewSharing.All
                || (view.SharedWith == ViewSharing.Team && team != null && view.TeamId == team)
            )
        );
    }

    /// <summary>What to throw for a view that is not the actor's to reach: the audit hears of it where there is one.</summary>
    internal static NotFoundException Missing(Actor actor, bool isThere) =>
        isThere ? NotFoundException.Hidden(actor, "View", GuardedAct.ReachView) : new NotFoundException("View");

    /// <summary>The owner, and an admin for what stands in other people's menus, also once its owner has gone.</summary>
    internal static bool MayChange(Actor actor, SavedView view) =>
        view.OwnerId == actor.UserId || (actor.Role is Role.Admin && view.SharedWith is not ViewSharing.Nobody);
}
