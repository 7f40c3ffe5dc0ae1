using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.People;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.HubSpot;

/// <summary>HubSpot's owners beside the hub's people; links and unlinks them, and keeps people's other names.</summary>
public sealed partial class OwnerList
{
    /// <summary>Which of them are listed.</summary>
    [Parameter, EditorRequired]
    public OwnerFilter Filter { get; set; }

    /// <summary>Part of a name or mail address.</summary>
    [Parameter]
    public string? Search { get; set; }

    [Inject]
    private OwnerMappingQueries Owners { get; set; } = null!;

    [Inject]
    private OwnerLinking Linking { get; set; } = null!;

    [Inject]
    private AgentForecast Forecast { get; set; } = null!;

    [Inject]
    private PeopleQueries People { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc/>
    protected override Task<NumberedPage<OwnerRow>> LoadAsync(int number, CancellationToken cancellationToken) =>
        Owners.PageAsync(Actor, Filter, Search, number, cancellationToken);

    private void Show(OwnerFilter filter, string? search) =>
        Navigation.NavigateTo(OwnerAddress.Write(OwnerPart.Owners, filter, search));

    // The question is part of the act: while it stands, a second click asks nothing.
    private Task LinkAsync(OwnerRow row) =>
        ActAsync(async token =>
        {
            var question = row.OwnerId is { } ownerId
                ? await PersonQuestionAsync(row.OwnerName!, ownerId, token)
                : await OwnerQuestionAsync(row.UserName!, row.UserId!.Value, token);
            if (await ChoiceDialog.AskAsync(Dialogs, question) is not { } chosen)
            {
                return null;
            }

            var userId = row.UserId ?? Guid.Parse(chosen.Id);
            await Linking.LinkAsync(Actor, userId, row.OwnerId ?? chosen.Id, token);
            return T["Linked", row.OwnerName ?? chosen.Name, row.UserName ?? chosen.Name];
        });

    private Task UnlinkAsync(OwnerRow row) =>
        ActAsync(async token =>
        {
            var isSure = await ConfirmDialog.AskAsync(
                Dialogs,
                T["Unlink_Title", row.OwnerName!],
                T["Unlink_Text", row.UserName!],
                T["Unlink"],
                isDestructive: true
            );
            if (!isSure)
            {
                return null;
            }

            await Linking.LinkAsync(Actor, row.UserId!.Value, null, token);
            return T["Unlinked", row.OwnerName!, row.UserName!];
        });

    private async Task<ChoiceQuestion> PersonQuestionAsync(
        string ownerName,
        string ownerId,
        CancellationToken cancellationToken
    ) =>
        new(
            T["Link_Person_Title", ownerName],
            T["Choose_Person"],
            T["Link"],
            (await People.AssignableAsync(Actor, cancellationToken)).Choices(),
            choice => ConsequenceAsync(Guid.Parse(choice.Id), ownerId, cancellationToken)
        );

    private async Task<ChoiceQuestion> OwnerQuestionAsync(
        string userName,
        Guid userId,
        CancellationToken cancellationToken
    ) =>
        new(
            T["Link_Owner_Title", userName],
            T["Choose_Owner"],
            T["Link"],
            [
                .. (await Linking.ChoicesAsync(Actor, cancellationToken)).Select(owner => new Choice(
                    owner.Id,
                    owner.Name,
                    owner.LinkedTo is null ? owner.Email : T["Choice_Taken", owner.LinkedTo]
                )),
            ],
            choice => ConsequenceAsync(userId, choice.Id, cancellationToken)
        );

    private async Task<string> ConsequenceAsync(Guid userId, string ownerId, CancellationToken cancellationToken) =>
        $"{T.Waiting(await Forecast.OfLinkAsync(Actor, userId, ownerId, cancellationToken))} {T["Link_Replaces"]}";
}
