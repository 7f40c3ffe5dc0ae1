using Microsoft.Extensions.Localization;
using ProPartHub.Domain.Errors;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Views;

/// <summary>What is wrong with a view, in the reader's language.</summary>
internal static class ViewFaults
{
    public static string Fault(this IStringLocalizer<ViewsTexts> texts, FieldError error) =>
        error.Limit is null ? texts[$"Fault_{error.Code}"] : texts[$"Fault_{error.Code}", error.Limit];
}
