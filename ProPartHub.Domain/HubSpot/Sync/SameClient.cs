namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>Leads of one client that HubSpot does not have yet: one contact is made for all of them.</summary>
internal static class SameClient
{
    /// <summary>For each lead the one whose values its contact is made of: the first of the client, by mail, else by phone.</summary>
    /// <param name="leads">In the order in which they go.</param>
    public static IEnumerable<(DueLead Lead, DueLead Maker)> Makers(IEnumerable<DueLead> leads)
    {
        var byMail = new Dictionary<string, DueLead>();
        var byPhone = new Dictionary<string, DueLead>();
        foreach (var lead in leads)
        {
            var maker = Of(byMail, lead.Lead.Email) ?? Of(byPhone, lead.Lead.Phone) ?? lead;
            Note(byMail, lead.Lead.Email, maker);
            Note(byPhone, lead.Lead.Phone, maker);
            yield return (lead, maker);
        }
    }

    private static DueLead? Of(Dictionary<string, DueLead> makers, string? value) =>
        value is null ? null : makers.GetValueOrDefault(value);

    private static void Note(Dictionary<string, DueLead> makers, string? value, DueLead maker)
    {
        if (value is not null)
        {
            makers.TryAdd(value, maker);
        }
    }
}
