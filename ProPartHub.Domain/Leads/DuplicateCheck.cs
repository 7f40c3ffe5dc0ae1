using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Leads;

/// <summary>What a search for the same client found; never tells of a lead that the actor may not see.</summary>
/// <param name="Own">Leads that the actor may see, newest first.</param>
/// <param name="IsRegisteredElsewhere">True when somebody else's open lead has the phone or mail.</param>
/// <param name="BlocksPhone">True when an open lead has the phone, so that registering it again is refused.</param>
public sealed record DuplicateFindings(IReadOnlyList<DuplicateLead> Own, bool IsRegisteredElsewhere, bool BlocksPhone);

/// <summary>A lead with the same phone or mail.</summary>
public sealed record DuplicateLead(
    Guid Id,
    long Number,
    string ClientName,
    bool SamePhone,
    bool SameEmail,
    bool IsOpen
);

/// <summary>Finds leads of the same client by phone (E.164, either phone field) and mail, each an index look-up.</summary>
public sealed class DuplicateCheck(HubDatabase database)
{
    /// <summary>Looks while a person types.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="phone">Phone as typed; ignored until it is a whole number.</param>
    /// <param name="email">Mail as typed.</param>
    /// <param name="except">The lead being edited.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<DuplicateFindings> FindAsync(
        Actor actor,
        string? phone,
        string? email,
        Guid? except,
        CancellationToken cancellationToken
    )
    {
        PhoneNumber.TryNormalise(phone, out var number);
        var mail = LeadFields.Normalise(LeadField.Email, ReadableText.Cleaned(email));
        if (number is null && mail is null)
        {
            return new DuplicateFindings([], false, false);
        }

        await using var db = await database.ReadAsync(cancellationToken);
        var found = await Matching(db, number, mail, except)
            .OrderByDescending(lead => lead.Number)
            .Take(20)
            .Select(lead => new
            {
                lead.AgentId,
                lead.TeamId,
                Lead = new DuplicateLead(
                    lead.Id,
                    lead.Number,
                    lead.ClientName,
                    lead.Phone == number || lead.SecondPhone == number,
                    lead.Email == mail,
                    lead.ArchivedAt == null && lead.Status < LeadStatus.Won
                ),
            })
            .ToListAsync(cancellationToken);
        return new DuplicateFindings(
            [.. found.Where(row => actor.CanSee(row.AgentId, row.TeamId)).Select(row => row.Lead)],
            found.Any(row => row.Lead.IsOpen && !actor.CanSee(row.AgentId, row.TeamId)),
            number is not null && found.Any(row => row.Lead is { IsOpen: true, SamePhone: true })
        );
    }

    /// <summary>Makes creations with one phone wait for one another until the transaction ends.</summary>
    internal static Task LockPhoneAsync(HubDbContext db, string phone, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({phone}, 0))", cancellationToken);

    /// <summary>The reason why an open lead with this phone may not be stored; empty when it may.</summary>
    internal static async Task<IReadOnlyList<FieldError>> ErrorsAsync(
        HubDbContext db,
        Actor actor,
        string phone,
        Guid? except,
        CancellationToken cancellationToken
    )
    {
        var other = await Matching(db, phone, null, except)
            .AsNoTracking()
            .Where(lead => lead.ArchivedAt == null && lead.Status < LeadStatus.Won)
            .OrderBy(lead => lead.Number)
            .Select(lead => new
            {
                lead.Id,
                lead.AgentId,
                lead.TeamId,
            })
            .FirstOrDefaultAsync(cancellationToken);
        return other switch
        {
            null => [],
            _ when actor.CanSee(other.AgentId, other.TeamId) =>
            [
                new FieldError(nameof(LeadField.Phone), FieldErrorCode.DuplicateOwn, LeadId: other.Id),
            ],
            _ => [new FieldError(nameof(LeadField.Phone), FieldErrorCode.DuplicateForeign)],
        };
    }

    private static IQueryable<Lead> Matching(HubDbContext db, string? phone, string? mail, Guid? except) =>
        db.Leads.Where(lead =>
            lead.Id != except
            && (
                (phone != null && (lead.Phone == phone || lead.SecondPhone == phone))
                || (mail != null && lead.Email == mail)
            )
        );
}
