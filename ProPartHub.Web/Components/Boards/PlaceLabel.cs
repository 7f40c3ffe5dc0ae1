using Microsoft.Extensions.Localization;
using ProPartHub.Domain.Boards;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Boards;

/// <summary>What a column is called.</summary>
internal static class PlaceLabel
{
    /// <summary>Its name in the reader's language.</summary>
    public static string Of(IStringLocalizer<BoardTexts> texts, BoardPlace place) =>
        place switch
        {
            StagePlace { Stage.Label: var label } => label,
            AgentPlace { Name: var name } => name ?? texts["Card_Pool"],
            FollowUpPlace { Span: var span } => texts[$"Span_{span}"],
            _ => "",
        };
}
