using Microsoft.Extensions.Localization;
using MudBlazor;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Leads;

/// <summary>What one click did, one click takes back.</summary>
internal static class UndoOffer
{
    /// <summary>How long the offer stands, in milliseconds.</summary>
    private const int Duration = 10_000;

    /// <summary>Says what was done, with a button that takes it back.</summary>
    /// <param name="snackbar">The circuit's messages.</param>
    /// <param name="texts">The button's text.</param>
    /// <param name="done">What was done, in the reader's language.</param>
    /// <param name="undo">Called on a click, on the circuit's thread; says itself what went wrong.</param>
    public static void OfferUndo(
        this ISnackbar snackbar,
        IStringLocalizer<LeadsTexts> texts,
        string done,
        Func<Task> undo
    ) =>
        snackbar.Add(
            done,
            Severity.Normal,
            options =>
            {
                options.Action = texts["Undo"];
                options.ActionColor = Color.Primary;
                options.VisibleStateDuration = Duration;
                options.OnClick = _ => undo();
            }
        );
}
