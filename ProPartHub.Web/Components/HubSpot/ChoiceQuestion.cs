using Microsoft.Extensions.Localization;
using ProPartHub.Domain.People;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.HubSpot;

/// <summary>A question that is answered by choosing somebody.</summary>
/// <param name="Title">The question.</param>
/// <param name="Label">Of what is chosen.</param>
/// <param name="Action">The confirming button's words.</param>
/// <param name="Choices">Who can be chosen.</param>
/// <param name="Consequence">Says what will follow from a choice.</param>
public sealed record ChoiceQuestion(
    string Title,
    string Label,
    string Action,
    IReadOnlyList<Choice> Choices,
    Func<Choice, Task<string>> Consequence
);

/// <summary>Words and choices that several lists of owners share.</summary>
internal static class OwnerWords
{
    /// <summary>How many leads of the pool will find their agent.</summary>
    public static string Waiting(this IStringLocalizer<OwnerTexts> texts, int leads) =>
        leads == 0 ? texts["Waiting_None"] : texts.Plural("Waiting", leads);

    /// <summary>People to choose, each with the team.</summary>
    public static IReadOnlyList<Choice> Choices(this IEnumerable<PersonItem> people) =>
        [.. people.Select(person => new Choice(person.Id.ToString(), person.Name, person.TeamName))];
}
