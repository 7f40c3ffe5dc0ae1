using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.Merging;

/// <summary>By what a client is known again.</summary>
internal sealed record ClientMarks(Guid LeadId, IReadOnlyList<string> Phones, string? Email, string? TelegramKey)
{
    public static ClientMarks Of(Guid leadId, ILeadValues lead) =>
        new(
            leadId,
            [.. new[] { lead.Phone, lead.SecondPhone }.OfType<string>().Distinct()],
            lead.Email,
            lead.Telegram?.ToLowerInvariant()
        );

    public bool IsEmpty => Phones.Count == 0 && Email is null && TelegramKey is null;
}

/// <summary>Finds leads that may be about one client, each mark by its index.</summary>
internal static class SuspectLeads
{
    /// <summary>Leads outside the archive with one of the marks which nobody has told apart from the lead.</summary>
    public static IQueryable<Lead> Suspects(this HubDbContext db, ClientMarks marks)
    {
        var (id, phones, email, telegram) = marks;
        return db.Leads.Where(lead =>
            lead.Id != id
            && lead.ArchivedAt == null
            && (
                (phones.Count > 0 && (phones.Contains(lead.Phone!) || phones.Contains(lead.SecondPhone!)))
                || (email != null && lead.Email == email)
                || (telegram != null && EF.Property<string?>(lead, LeadConfiguration.TelegramKey) == telegram)
            )
            && !db.DistinctClients.Any(pair => pair.FirstId == id && pair.SecondId == lead.Id)
            && !db.DistinctClients.Any(pair => pair.SecondId == id && pair.FirstId == lead.Id)
        );
    }

    /// <summary>True where another open lead has the lead's phone and nobody has told the two apart.</summary>
    public static Task<bool> SharesPhoneAsync(
        this HubDbContext db,
        Lead lead,
        Guid except,
        CancellationToken cancellationToken
    ) =>
        lead.Phone is not { } phone
            ? Task.FromResult(false)
            : db.Suspects(new ClientMarks(lead.Id, [phone], null, null))
                .AnyAsync(other => other.Id != except && other.Status < LeadStatus.Won, cancellationToken);
}
