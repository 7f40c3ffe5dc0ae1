using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.People;

/// <summary>How an account stands, in a word; what keeps people out comes before what does not.</summary>
public sealed partial class AccountState
{
    internal const string Locked = "Locked";

    [Parameter, EditorRequired]
    public PersonRow Person { get; set; } = null!;

    [Inject]
    private AgencyTime Clock { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private string Kind => KindOf(Person, Time.GetUtcNow());

    /// <summary>The state's text is <c>State_{kind}</c>; that of a locked account takes the end of the lock.</summary>
    internal static string KindOf(PersonRow person, DateTimeOffset now) =>
        !person.IsActive ? "Off"
        : person.LockedUntil > now ? Locked
        : person.IsDemo ? "Demo"
        : person.HasPassword ? "Active"
        : "Invited";
}
