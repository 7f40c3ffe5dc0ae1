namespace ProPartHub.Domain.Leads.Sorting;

/// <summary>Where a lead stood in a list when its page was opened.</summary>
internal static class SeenPlace
{
    /// <summary>The place; null where the page does not know what the list is sorted by.</summary>
    public static LeadCursor? Of(LeadDetails lead, LeadSort sort)
    {
        var values = lead.Values;
        return sort switch
        {
            LeadSort.Number => At(0, null),
            LeadSort.Updated => At(0, lead.UpdatedAt),
            LeadSort.Created => At(0, lead.CreatedAt),
            LeadSort.InStage => At(0, lead.StageChangedAt),
            LeadSort.Name => At(0, values.ClientName),
            LeadSort.Status => At(0, lead.Status),
            LeadSort.Phone => Filled(values.Phone),
            LeadSort.SecondPhone => Filled(values.SecondPhone),
            LeadSort.Email => Filled(values.Email),
            LeadSort.Telegram => Filled(values.Telegram?.ToLowerInvariant()),
            LeadSort.Messenger => Filled(values.Messenger),
            LeadSort.Company => Filled(values.Company),
            LeadSort.Country => Filled(values.Country),
            LeadSort.Source => Filled(values.Source),
            LeadSort.Language => Filled(values.Language),
            LeadSort.PurchaseGoal => Filled(values.PurchaseGoal),
            LeadSort.PropertyType => Filled(values.PropertyType),
            LeadSort.ObjectType => Filled(values.ObjectType),
            LeadSort.Agent => Filled(lead.AgentId is { } agent ? $"{agent} {lead.AgentName}" : null),
            LeadSort.Budget => (values.BudgetFrom ?? values.BudgetTo) is not { } amount
                ? At(2, null)
                : At(values.Currency == LeadOptions.BandCurrency ? 0 : 1, amount),
            _ => null,
        };

        LeadCursor Filled(string? value) => At(value is null ? 1 : 0, value);
        LeadCursor At(int stretch, object? key) => new(stretch, KeyText.Of(key), lead.Number, lead.Id);
    }
}
