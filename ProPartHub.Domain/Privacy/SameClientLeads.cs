using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.Privacy;

/// <summary>Which leads are about one client: those with the same phone or mail.</summary>
internal static class SameClientLeads
{
    public static IQueryable<Lead> OfClient(this IQueryable<Lead> leads, Lead lead)
    {
        var (id, email) = (lead.Id, lead.Email);
        var phones = new[] { lead.Phone, lead.SecondPhone }.OfType<string>().ToList();
        return leads.Where(row =>
            row.Id == id
            || phones.Contains(row.Phone!)
            || phones.Contains(row.SecondPhone!)
            || (email != null && row.Email == email)
        );
    }
}
