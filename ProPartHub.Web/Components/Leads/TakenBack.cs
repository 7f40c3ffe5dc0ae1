using Microsoft.Extensions.Localization;
using MudBlazor;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Web.Hosting;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Leads;

/// <summary>Takes something back and says so when that cannot be done: the page it was done on may be gone by then.</summary>
internal static class TakenBack
{
    /// <summary>Says what was done and offers to take it back.</summary>
    /// <param name="snackbar">The circuit's messages.</param>
    /// <param name="texts">What they say.</param>
    /// <param name="done">What was done, in the reader's language.</param>
    /// <param name="undo">Answers false where somebody has changed it since, so that nothing was taken back.</param>
    /// <param name="onTakenBack">Called afterwards, for a page that is still open.</param>
    public static void Offer(
        ISnackbar snackbar,
        IStringLocalizer<LeadsTexts> texts,
        string done,
        Func<Task<bool>> undo,
        Func<Task> onTakenBack
    ) =>
        snackbar.OfferUndo(
            texts,
            done,
            async () =>
            {
                await RunAsync(snackbar, texts, undo);
                await onTakenBack();
            }
        );

    /// <summary>Takes it back.</summary>
    /// <param name="snackbar">The circuit's messages.</param>
    /// <param name="texts">What they say.</param>
    /// <param name="undo">Answers false where somebody has changed it since, so that nothing was taken back.</param>
    public static async Task RunAsync(ISnackbar snackbar, IStringLocalizer<LeadsTexts> texts, Func<Task<bool>> undo)
    {
        try
        {
            if (!await undo())
            {
                snackbar.Add(texts["Undo_TooLate"], Severity.Warning);
            }
        }
        catch (InvalidInputException exception) when (exception.Errors[0].Code == FieldErrorCode.MovedMeanwhile)
        {
            // Somebody else's later move is not taken back with one's own.
            snackbar.Add(texts["Undo_TooLate"], Severity.Warning);
        }
        catch (InvalidInputException exception)
        {
            snackbar.Add(texts.Fault(exception.Errors[0]), Severity.Error);
        }
        catch (Exception exception) when (exception is NotFoundException or ForbiddenException)
        {
            snackbar.Add(texts.Refusal(exception), Severity.Error);
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            snackbar.Add(texts["Save_Failed"], Severity.Error);
        }
    }
}
