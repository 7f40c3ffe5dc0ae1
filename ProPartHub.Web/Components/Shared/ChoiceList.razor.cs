using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace ProPartHub.Web.Components.Shared;

/// <summary>Somebody to choose.</summary>
/// <param name="Id">Key.</param>
/// <param name="Name">Name.</param>
/// <param name="Note">What stands quietly beside it.</param>
public sealed record Choice(string Id, string Name, string? Note);

/// <summary>Somebody to choose from a list, found by typing part of the name.</summary>
public sealed partial class ChoiceList
{
    private const int ShownAtOnce = 50;

    private string _search = "";

    /// <summary>Id of the search field; unlike any other on the page.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    /// <summary>Of what is chosen.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>Stands in the empty search field.</summary>
    [Parameter, EditorRequired]
    public string Placeholder { get; set; } = "";

    /// <summary>Stands in place of the list when nobody is found.</summary>
    [Parameter, EditorRequired]
    public string NobodyText { get; set; } = "";

    /// <summary>Who can be chosen; null while that is being read.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<Choice>? Choices { get; set; }

    /// <summary>Whether what is typed may stand in the note as well as in the name.</summary>
    [Parameter]
    public bool SearchesNotes { get; set; }

    /// <summary>Who is chosen.</summary>
    [Parameter]
    public Choice? Chosen { get; set; }

    /// <summary>Called with each choice.</summary>
    [Parameter]
    public EventCallback<Choice> ChosenChanged { get; set; }

    // Every word must be there, in any order: "вовк тар" finds «Тарас Вовк».
    private IEnumerable<Choice> Found
    {
        get
        {
            var words = _search.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return (Choices ?? [])
                .Where(choice => words.All(word => Contains(Searched(choice), word)))
                .Take(ShownAtOnce);
        }
    }

    private string Searched(Choice choice) => SearchesNotes ? $"{choice.Name} {choice.Note}" : choice.Name;

    private static bool Contains(string text, string word) =>
        CultureInfo.CurrentCulture.CompareInfo.IndexOf(
            text,
            word,
            CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace
        ) >= 0;
}
