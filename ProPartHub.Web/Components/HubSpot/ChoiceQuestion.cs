using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.HubSpot;

/// <summary>Somebody to choose.</summary>
/// <param name="Id">Key.</param>
/// <param name="Name">Name.</param>
/// <param name="Note">What stands quietly beside it.</param>
public sealed record Choice(string Id, string Name, string? Note);

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

/// <summary>Sentences that several lists of owners share.</summary>
internal static class OwnerSentences
{
    /// <summary>How many leads of the pool will find their agent.</summary>
    public static string Waiting(
        this Microsoft.Extensions.Localization.IStringLocalizer<OwnerTexts> texts,
        int leads
    ) => leads == 0 ? texts["Waiting_None"] : texts.Plural("Waiting", leads);
}
