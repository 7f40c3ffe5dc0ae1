using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.People;

namespace ProPartHub.Web.Components.HubSpot;

/// <summary>Names that deals have for their agent and that are nobody's here; one choice makes a name somebody's.</summary>
public sealed partial class AgentNameList
{
    [Inject]
    private AgentNameQueries Names { get; set; } = null!;

    [Inject]
    private OwnerAliases Aliases { get; set; } = null!;

    [Inject]
    private AgentForecast Forecast { get; set; } = null!;

    [Inject]
    private PeopleQueries People { get; set; } = null!;

    /// <inheritdoc/>
    protected override Task<NumberedPage<UnknownAgentName>> LoadAsync(
        int number,
        CancellationToken cancellationToken
    ) => Names.PageAsync(Actor, number, cancellationToken);

    private Task NameAsync(UnknownAgentName row) =>
        ActAsync(async token =>
        {
            var people = await People.AssignableAsync(Actor, token);
            var question = new ChoiceQuestion(
                T["Names_Title", row.Name],
                T["Choose_Person"],
                T["Names_Act"],
                people.Choices(),
                async choice => T.Waiting(await Forecast.OfAliasAsync(Actor, Guid.Parse(choice.Id), row.Name, token))
            );
            if (await ChoiceDialog.AskAsync(Dialogs, question) is not { } chosen)
            {
                return null;
            }

            // A colleague may have given the name away meanwhile.
            return await Aliases.AddAsync(Actor, Guid.Parse(chosen.Id), row.Name, token) is { } refusal
                ? T[$"Alias_{refusal.Fault}", refusal.Holder ?? ""]
                : T["Names_Named", row.Name, chosen.Name];
        });
}
