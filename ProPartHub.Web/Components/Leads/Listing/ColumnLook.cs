using Microsoft.Extensions.Localization;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Columns;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Leads.Listing;

/// <summary>How each column of the list looks: its title, its usual width, the sort behind its heading.</summary>
internal static class ColumnLook
{
    /// <summary>All columns, as the menu offers them.</summary>
    public static readonly IReadOnlyList<LeadColumn> All = Enum.GetValues<LeadColumn>();

    /// <summary>The title, in the reader's language.</summary>
    public static string Title(this IStringLocalizer<LeadsTexts> texts, LeadColumn column) =>
        FieldOf(column) is { } field ? texts.Field(field) : texts[$"Column_{column}"];

    /// <summary>The field that the column shows as it is stored; null for what is written in another way.</summary>
    public static LeadField? FieldOf(LeadColumn column) =>
        column switch
        {
            LeadColumn.Phone => LeadField.Phone,
            LeadColumn.SecondPhone => LeadField.SecondPhone,
            LeadColumn.Email => LeadField.Email,
            LeadColumn.Telegram => LeadField.Telegram,
            LeadColumn.Messenger => LeadField.Messenger,
            LeadColumn.Company => LeadField.Company,
            LeadColumn.Source => LeadField.Source,
            LeadColumn.Language => LeadField.Language,
            LeadColumn.PurchaseGoal => LeadField.PurchaseGoal,
            LeadColumn.PropertyType => LeadField.PropertyType,
            LeadColumn.ObjectType => LeadField.ObjectType,
            _ => null,
        };

    /// <summary>What a column that shows a field as it is stored says of a lead, beyond its row.</summary>
    public static string? Stored(LeadColumn column, LeadExtra? extra) =>
        column switch
        {
            LeadColumn.Telegram => extra?.Telegram,
            LeadColumn.Messenger => extra?.Messenger,
            LeadColumn.Company => extra?.Company,
            LeadColumn.Language => extra?.Language,
            LeadColumn.PurchaseGoal => extra?.PurchaseGoal,
            LeadColumn.PropertyType => extra?.PropertyType,
            LeadColumn.ObjectType => extra?.ObjectType,
            _ => null,
        };

    /// <summary>
    /// The sort behind the heading. Tags have no order among themselves; the last activity is the later of two tables' newest,
    /// which no index has.
    /// </summary>
    public static LeadSort? SortOf(LeadColumn column) =>
        column switch
        {
            LeadColumn.Client => LeadSort.Name,
            LeadColumn.Stage => LeadSort.Status,
            LeadColumn.Tags or LeadColumn.Activity => null,
            _ => LeadListAddress.ParseEnum<LeadSort>(column.ToString()),
        };

    /// <summary>True where the first click begins with the latest or largest: moments that are past, numbers and amounts.</summary>
    public static bool BeginsDescending(LeadSort sort) =>
        sort is LeadSort.Number or LeadSort.Updated or LeadSort.Created or LeadSort.InStage or LeadSort.Budget;

    /// <summary>The width until somebody chooses another, in CSS pixels.</summary>
    public static int UsualWidth(LeadColumn column) =>
        column switch
        {
            // The standard columns together fit beside the menu on a screen of 1,440 pixels.
            LeadColumn.Client => 196,
            LeadColumn.Number => 92,
            LeadColumn.Stage => 160,
            LeadColumn.Tags => 124,
            LeadColumn.Budget => 184,
            LeadColumn.Country => 100,
            LeadColumn.Agent => 132,
            LeadColumn.Updated => 136,
            LeadColumn.Language or LeadColumn.Messenger => 120,
            LeadColumn.Email or LeadColumn.Company or LeadColumn.FollowUp => 208,
            _ => 152,
        };

    /// <summary>The style class of heading and cells.</summary>
    public static string Class(LeadColumn column) =>
        column is LeadColumn.Budget ? "cell-budget number" : $"cell-{column.ToString().ToLowerInvariant()}";
}
