using System.Globalization;
using Microsoft.Extensions.Localization;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Columns;
using ProPartHub.Domain.Leads.Tags;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Leads.Listing;

/// <summary>
/// The list's columns as cells of a file: what people read there, but amounts as numbers and moments as days and hours of
/// the agency's zone.
/// </summary>
internal sealed class LeadExportCells(IStringLocalizer<LeadsTexts> texts, LeadOptionBook book, AgencyTime time)
{
    /// <summary>The headings of a column: a budget takes three.</summary>
    public IEnumerable<object?> Titles(LeadColumn column) =>
        column is LeadColumn.Budget
            ? [texts.Field(LeadField.BudgetFrom), texts.Field(LeadField.BudgetTo), texts.Field(LeadField.Currency)]
            : [texts.Title(column)];

    /// <summary>The cells of a column: text, an amount, or null.</summary>
    public IEnumerable<object?> Values(LeadColumn column, LeadRow row, LeadExtra? extra, IReadOnlyList<TagItem> tags) =>
        column switch
        {
            LeadColumn.Budget => [row.BudgetFrom, row.BudgetTo, row.Currency],
            LeadColumn.Client => [row.ClientName],
            LeadColumn.Number => [$"L-{row.Number}"],
            LeadColumn.Stage => [row.StageLabel],
            LeadColumn.Tags => [string.Join(", ", tags.Select(tag => tag.Name))],
            LeadColumn.Country => [Option(LeadField.Country, row.Country)],
            LeadColumn.Agent => [row.AgentName ?? texts["Row_Pool"].Value],
            LeadColumn.Phone => [row.Phone],
            LeadColumn.SecondPhone => [extra?.SecondPhone],
            LeadColumn.Email => [row.Email],
            LeadColumn.Source => [Option(LeadField.Source, row.Source)],
            LeadColumn.Updated => [Moment(row.UpdatedAt)],
            LeadColumn.Created => [Moment(row.CreatedAt)],
            LeadColumn.InStage => [Moment(row.StageChangedAt)],
            LeadColumn.FollowUp => [extra?.FollowUpAt is { } due ? $"{Moment(due)} {extra.FollowUpTitle}" : null],
            LeadColumn.Activity => [extra?.ActivityAt is { } activity ? Moment(activity) : null],
            LeadColumn.Sync => [extra?.Sync is { } sync ? texts[$"Filter_Sync_{sync}"].Value : null],
            LeadColumn.Team => [extra?.TeamName],
            _ => [ColumnLook.FieldOf(column) is { } field ? Option(field, ColumnLook.Stored(column, extra)) : null],
        };

    private string? Option(LeadField field, string? value) => value is null ? null : texts.Option(book, field, value);

    private string Moment(DateTimeOffset moment) =>
        time.Local(moment).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
