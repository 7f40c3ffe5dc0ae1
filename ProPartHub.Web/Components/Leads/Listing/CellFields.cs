using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Columns;
using ProPartHub.Domain.People;

namespace ProPartHub.Web.Components.Leads.Listing;

/// <summary>Which cells are edited in place, and which fields stand in each.</summary>
internal static class CellFields
{
    /// <summary>The fields of a column's cells; none for what is not edited in place.</summary>
    public static IReadOnlyList<LeadField> Of(LeadColumn column) =>
        column switch
        {
            LeadColumn.Client => [LeadField.ClientName],
            LeadColumn.Country => [LeadField.Country],
            LeadColumn.Budget => [LeadField.BudgetFrom, LeadField.BudgetTo, LeadField.Currency],
            // The reason is asked for by stages that mean lost.
            LeadColumn.Stage => [LeadField.Stage, LeadField.RefusalReason],
            LeadColumn.Agent => [LeadField.Agent],
            _ => ColumnLook.FieldOf(column) is { } field ? [field] : [],
        };

    /// <summary>True where the person may edit cells of the column; the service decides for each lead.</summary>
    public static bool MayEdit(Actor actor, LeadColumn column) =>
        Of(column).Count > 0 && (column is not LeadColumn.Agent || actor.Role is not Role.Agent);

    /// <summary>The values of a column's fields as the lead has them, as invariant text.</summary>
    public static Dictionary<string, string?> Read(LeadDetails lead, LeadColumn column) =>
        Of(column)
            .ToDictionary(
                field => field.ToString(),
                field =>
                    field switch
                    {
                        LeadField.Stage => lead.StageId.ToString(),
                        LeadField.Agent => lead.AgentId?.ToString(),
                        _ => LeadFields.Read(lead.Values, field),
                    }
            );
}
