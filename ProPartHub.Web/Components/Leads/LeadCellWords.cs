using System.Globalization;
using Microsoft.Extensions.Localization;
using ProPartHub.Domain.Leads.Cells;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Leads;

/// <summary>What a number of a report counts, in the reader's words.</summary>
internal sealed class LeadCellWords(IStringLocalizer<LeadsTexts> texts, AgencyTime time)
{
    /// <summary>The name on the chip of the filter.</summary>
    /// <param name="cell">What is counted.</param>
    /// <param name="stage">The name of the stage that it is about.</param>
    public string NameOf(LeadCell cell, string stage) =>
        cell switch
        {
            AnswerCell answer => texts[$"Cell_Answer_{answer.Span}"],
            StayCell { Span: { } span } => texts[$"Cell_Stay_{span}", stage],
            StayCell => texts["Cell_Stay", stage],
            WonWithinCell won => texts.Plural("Cell_Won", won.Days),
            EndedCell ended => texts[
                "Cell_Ended",
                stage,
                time.FirstDay(ended.Since)?.ToString("d", CultureInfo.CurrentCulture) ?? ""
            ],
            _ => "—",
        };
}
