using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.People;

/// <summary>How an account stands, in a word; what keeps people out comes before what does not.</summary>
public sealed partial class AccountState
{
    private const string Locked = "Locked";

    [Parameter, EditorRequired]
    public PersonRow Person { get; set; } = null!;

    [Inject]
    private AgencyTime Clock { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private string Kind =>
        !Person.IsActive ? "Off"
        : Person.LockedUntil > Time.GetUtcNow() ? Locked
        : Person.IsDemo ? "Demo"
        : Person.HasPassword ? "Active"
        : "Invited";
}
