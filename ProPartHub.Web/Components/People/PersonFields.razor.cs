using FluentValidation.Results;
using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.People.Accounts;

namespace ProPartHub.Web.Components.People;

/// <summary>The fields of a person, new or there already; they write into <see cref="Form"/>.</summary>
public sealed partial class PersonFields
{
    [Parameter, EditorRequired]
    public PersonForm Form { get; set; } = null!;

    [Parameter]
    public ValidationResult? Faults { get; set; }

    [Parameter, EditorRequired]
    public IReadOnlyList<TeamItem> Teams { get; set; } = [];

    [Parameter]
    public IReadOnlyList<OwnerChoice> Owners { get; set; } = [];

    /// <summary>The owner linked now, who may be archived and so among no choices.</summary>
    [Parameter]
    public string? LinkedOwner { get; set; }

    [Parameter]
    public bool IsNew { get; set; }

    /// <summary>True for the reader's own account, whose role only a colleague changes.</summary>
    [Parameter]
    public bool IsOwn { get; set; }

    private string? Fault(string field) => T.For(Faults, field);

    private string? Invalid(string field) => Fault(field) is null ? null : "true";

    // The fault is what matters; without one, the hint of the fields that have one.
    private string? DescribedBy(string field) =>
        Fault(field) is not null ? $"person-{field}-error"
        : field is nameof(PersonInput.UserName) or nameof(PersonInput.Role) or nameof(PersonInput.TeamId)
            ? $"person-{field}-hint"
        : null;
}
