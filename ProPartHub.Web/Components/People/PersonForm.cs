using FluentValidation.Results;
using Microsoft.Extensions.Localization;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.People;

/// <summary>What is being typed about a person.</summary>
public sealed class PersonForm
{
    /// <summary>The choice "new team" among the teams.</summary>
    public const string NewTeamChoice = "new";

    public string UserName { get; set; } = "";

    public string DisplayName { get; set; } = "";

    public string Email { get; set; } = "";

    public Role Role { get; set; } = Role.Agent;

    /// <summary>Id of a team, <see cref="NewTeamChoice"/>, or nothing.</summary>
    public string Team { get; set; } = "";

    public string NewTeam { get; set; } = "";

    public string Culture { get; set; } = "uk";

    /// <summary>Id of a HubSpot owner, or nothing.</summary>
    public string Owner { get; set; } = "";

    /// <summary>The form of a person who is there.</summary>
    public static PersonForm Of(PersonRow person) =>
        new()
        {
            UserName = person.UserName,
            DisplayName = person.DisplayName,
            Email = person.Email,
            Role = person.Role,
            Team = person.TeamId?.ToString() ?? "",
            Owner = person.HubSpotOwnerId ?? "",
        };

    /// <summary>The same for the services.</summary>
    public PersonInput ToInput() =>
        new(
            UserName,
            DisplayName,
            Email,
            Role,
            Guid.TryParse(Team, out var team) ? team : null,
            Team == NewTeamChoice ? NewTeam : null,
            Culture
        );
}

/// <summary>Words for what is wrong, in the reader's language.</summary>
internal static class PeopleFaults
{
    /// <summary>What is wrong with a field; null when nothing is.</summary>
    public static string? For(this IStringLocalizer<PeopleTexts> texts, ValidationResult? faults, string field) =>
        faults?.Errors.Find(fault => fault.PropertyName == field) is { } fault
            ? texts[$"Fault_{fault.ErrorCode}"].Value
            : null;
}
