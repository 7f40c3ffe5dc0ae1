using System.Globalization;
using ProPartHub.Domain.Leads.Cells;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Leads;

/// <summary>What a number of a report counts, as a value of an address: <c>answer-inday</c>, <c>won-90</c>, or with a stage's
/// id <c>stay-…-inweek</c> and <c>ended-…-2026-03-02</c>.</summary>
internal static class LeadCellAddress
{
    private const string Answer = "answer";
    private const string Stay = "stay";
    private const string Ended = "ended";
    private const string Won = "won";
    private const char Between = '-';
    private const string IdFormat = "N";

    // Longer than anybody waits for a deal.
    private const int MostDays = 3_650;

    public static string? Write(LeadCell? cell, AgencyTime time) =>
        cell switch
        {
            AnswerCell answer => $"{Answer}-{Named(answer.Span)}",
            StayCell { Span: { } span } stay => $"{Stay}-{Id(stay.StageId)}-{Named(span)}",
            StayCell stay => $"{Stay}-{Id(stay.StageId)}",
            WonWithinCell won => string.Create(CultureInfo.InvariantCulture, $"{Won}-{won.Days}"),
            EndedCell ended => $"{Ended}-{Id(ended.StageId)}-{LeadListAddress.Day(time.FirstDay(ended.Since))}",
            _ => null,
        };

    /// <summary>Reads what <see cref="Write"/> wrote; null for anything else.</summary>
    public static LeadCell? Read(string? text, AgencyTime time)
    {
        var parts = text?.Split(Between, 3) ?? [];
        return parts switch
        {
            [Answer, var span] when LeadListAddress.ParseEnum<AnswerSpan>(span) is { } known => new AnswerCell(known),
            [Stay, var id] when IsId(id, out var stage) => new StayCell(stage, null),
            [Stay, var id, var span]
                when IsId(id, out var stage) && LeadListAddress.ParseEnum<StaySpan>(span) is { } known => new StayCell(
                stage,
                known
            ),
            [Won, var days]
                when int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    && number is > 0 and <= MostDays => new WonWithinCell(number),
            [Ended, var id, var day] when IsId(id, out var stage) && LeadListAddress.StartOf(day, time) is { } since =>
                new EndedCell(stage, since),
            _ => null,
        };
    }

    private static string Id(Guid stage) => stage.ToString(IdFormat);

    private static bool IsId(string text, out Guid id) => Guid.TryParseExact(text, IdFormat, out id);

    private static string Named<T>(T span)
        where T : struct, Enum => span.ToString().ToLowerInvariant();
}
