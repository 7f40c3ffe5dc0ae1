using Microsoft.AspNetCore.Identity;

namespace ProPartHub.Domain.People;

/// <summary>A person with an account in the hub.</summary>
public sealed class HubUser : IdentityUser<Guid>
{
    /// <summary>Longest display name, in characters.</summary>
    public const int DisplayNameLength = 100;

    /// <summary>Name shown to colleagues.</summary>
    public required string DisplayName { get; set; }

    /// <summary>The one role of this person.</summary>
    public Role Role { get; set; } = Role.Agent;

    /// <summary>The team worked in (agent) or led (manager).</summary>
    public Guid? TeamId { get; set; }

    /// <summary>The team worked in or led.</summary>
    public Team? Team { get; set; }

    /// <summary>HubSpot owner id linked to this person; the surest way to tell whose deal it is.</summary>
    public string? HubSpotOwnerId { get; set; }

    /// <summary>Other spellings under which HubSpot's responsible-agent property names this person.</summary>
    public string[] Aliases { get; set; } = [];

    /// <summary>False once the account was switched off; such a person can neither log in nor keep a session.</summary>
    public bool IsActive { get; set; } = true;

    /// <summary>True when the next log-in has to choose a new password.</summary>
    public bool MustChangePassword { get; set; }

    /// <summary>
    /// True while a lock stands that an admin set, as against one after wrong passwords; says nothing once the lock is over.
    /// </summary>
    public bool LockedByAdmin { get; set; }

    /// <summary>False for an agent who registered and whom no manager has verified, who may do less.</summary>
    public bool IsVerified { get; set; } = true;

    /// <summary>True for made-up people of a development database.</summary>
    public bool IsDemo { get; set; }

    /// <summary>Interface language, <c>uk</c> or <c>en</c>.</summary>
    public string Culture { get; set; } = "uk";

    /// <summary>When the account was made (UTC).</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Last successful log-in (UTC).</summary>
    public DateTimeOffset? LastLoginAt { get; set; }

    /// <summary>The person as an actor in the services.</summary>
    /// <param name="address">Network address of the request or circuit.</param>
    public Actor ToActor(string? address) => new(Id, DisplayName, Role, TeamId, address);
}
