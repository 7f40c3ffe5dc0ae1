using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Errors;

namespace ProPartHub.Domain.People;

/// <summary>
/// Who is acting. Every service method takes one: rights are decided in the service from these values and never
/// from an ambient user, since a circuit lives for hours and a background job has no user at all.
/// </summary>
/// <param name="UserId">The portal user, or <see cref="Guid.Empty"/> for the hub itself.</param>
/// <param name="Name">Name shown beside what was done.</param>
/// <param name="Role">Role at the moment of the call.</param>
/// <param name="TeamId">Team the person belongs to (an agent) or leads (a manager).</param>
/// <param name="Address">Network address captured at log-in or circuit start; null for background work.</param>
/// <param name="ViewerId">The admin who looks through this person's eyes; such an actor writes nothing.</param>
/// <param name="ViewerName">That admin's name.</param>
public sealed record Actor(
    Guid UserId,
    string Name,
    Role Role,
    Guid? TeamId,
    string? Address = null,
    Guid? ViewerId = null,
    string? ViewerName = null
)
{
    /// <summary>The hub itself: imports, sync and scheduled work.</summary>
    public static Actor System { get; } = new(Guid.Empty, "ProPart Hub", Role.Admin, null);

    /// <summary>True for the hub itself.</summary>
    public bool IsSystem => UserId == Guid.Empty;

    /// <summary>Hears of what this actor is refused; null where nobody shall, as for the hub itself.</summary>
    public RefusalLog? Refusals { get; init; }

    /// <summary>The same, where it may write.</summary>
    /// <exception cref="ForbiddenException">An admin only looks through this person's eyes.</exception>
    public Actor Writing() =>
        ViewerId is null ? this : throw ForbiddenException.For(this, GuardedAct.ChangeWhileLooking, UserId);

    /// <summary>The id to store as a foreign key: null for the hub itself.</summary>
    public Guid? StoredId => IsSystem ? null : UserId;
}
