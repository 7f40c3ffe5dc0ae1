using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Claims;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Leads;

/// <summary>What a search for the same client found; never tells of a lead that the actor may not see.</summary>
/// <param name="Own">Leads that the actor may see, newest first.</param>
/// <param name="IsRegisteredElsewhere">True when somebody else's open lead has the phone or mail and holds the client.</param>
/// <param name="BlocksPhone">True when an open lead has the phone, so that registering it again is refused.</param>
/// <param name="MayAsk">True when the actor may ask for the client by the phone.</param>
public sealed record DuplicateFindings(
    IReadOnlyList<DuplicateLead> Own,
    bool IsRegisteredElsewhere,
    bool BlocksPhone,
    bool MayAsk = false
);

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
public sealed class DuplicateCheck(HubDatabase database, Protection protection)
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
        var since = await protection.SinceAsync(db, cancellationToken);
        var found = await Matching(db, number, mail, except)
            .OrderByDescending(lead => lead.Number)
            .Take(20)
            .Select(lead => new
            {
                lead.AgentId,
                lead.TeamId,
                Holds = lead.AgentId == null || lead.WorkedAt >= since,
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
        var foreign = found
            .Where(row => row is { Holds: true, Lead.IsOpen: true } && !actor.CanSee(row.AgentId, row.TeamId))
            .ToList();
        var own = found.Where(row => actor.CanSee(row.AgentId, row.TeamId)).Select(row => row.Lead).ToList();
        var isHeld = number is not null && foreign.Exists(row => row.Lead.SamePhone);
        var isOwn = number is not null && own.Exists(lead => lead is { IsOpen: true, SamePhone: true });
        return new DuplicateFindings(
            own,
            foreign.Count > 0,
            isHeld || isOwn,
            MayAsk: isHeld && !isOwn && actor.Role is Role.Agent
        );
    }

    /// <summary>Makes creations with one phone wait for one another until the transaction ends.</summary>
    internal static Task LockPhoneAsync(HubDbContext db, string phone, CancellationToken cancellationToken) =>
        LockPhonesAsync(db, [phone], cancellationToken);

    /// <summary>The same for several phones: in one order, whoever else takes some of them at this moment.</summary>
    internal static Task LockPhonesAsync(
        HubDbContext db,
        IReadOnlyCollection<string> phones,
        CancellationToken cancellationToken
    )
    {
        var distinct = phones.Distinct().ToArray();
        return db.Database.ExecuteSqlAsync(
            $"""
            SELECT pg_advisory_xact_lock(hashtextextended(phone, 0))
            FROM (SELECT phone FROM unnest({distinct}) AS phone ORDER BY hashtextextended(phone, 0)) AS sorted
            """,
            cancellationToken
        );
    }

    /// <summary>
    /// Takes a phone for an open lead until the transaction ends: nobody else registers it meanwhile, and nobody has it.
    /// </summary>
    /// <param name="db">The caller's transaction.</param>
    /// <param name="actor">For whom.</param>
    /// <param name="phone">The phone, in E.164.</param>
    /// <param name="except">The lead itself, where it is stored already.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidInputException">An open lead has the phone and holds its client.</exception>
    internal async Task ClaimAsync(
        HubDbContext db,
        Actor actor,
        string phone,
        Guid? except,
        CancellationToken cancellationToken
    ) => (await HoldersAsync(db, [phone], cancellationToken)).Refuse(actor, phone, except);

    /// <summary>
    /// Locks phones until the transaction ends and reads which open leads have them, for one lead or for many that are
    /// about to be registered.
    /// </summary>
    internal async Task<PhoneHolders> HoldersAsync(
        HubDbContext db,
        IReadOnlyCollection<string> phones,
        CancellationToken cancellationToken
    )
    {
        await LockPhonesAsync(db, phones, cancellationToken);
        return await LockedHoldersAsync(db, phones, cancellationToken);
    }

    /// <summary>The same for phones that the transaction has locked already.</summary>
    internal async Task<PhoneHolders> LockedHoldersAsync(
        HubDbContext db,
        IReadOnlyCollection<string> phones,
        CancellationToken cancellationToken
    )
    {
        var since = await protection.SinceAsync(db, cancellationToken);
        return await PhoneHolders.ReadAsync(db, phones, since, cancellationToken);
    }

    /// <summary>Marks open leads with a phone that is about to be registered once more, as after the end of their
    /// protection.</summary>
    /// <returns>What the new lead is marked with.</returns>
    internal static async Task<Attention> MarkSharedAsync(
        HubDbContext db,
        DateTimeOffset now,
        string phone,
        CancellationToken cancellationToken
    ) => (await PhoneHolders.ReadAsync(db, [phone], now, cancellationToken)).MarkShared(db, now, phone);

    /// <summary>Open leads that hold the client with a phone, the first registered first.</summary>
    /// <param name="db">The context.</param>
    /// <param name="phone">The phone, in E.164.</param>
    /// <param name="except">The lead being edited.</param>
    /// <param name="since">What was worked at this moment (UTC) or later is protected.</param>
    internal static IQueryable<Lead> Holding(HubDbContext db, string phone, Guid? except, DateTimeOffset since) =>
        Open(db, phone, except).Where(lead => lead.AgentId == null || lead.WorkedAt >= since);

    private static IQueryable<Lead> Open(HubDbContext db, string phone, Guid? except) =>
        Matching(db, phone, null, except)
            .AsNoTracking()
            .Where(lead => lead.ArchivedAt == null && lead.Status < LeadStatus.Won)
            .OrderBy(lead => lead.Number);

    private static IQueryable<Lead> Matching(HubDbContext db, string? phone, string? mail, Guid? except) =>
        db.Leads.Where(lead =>
            lead.Id != except
            && lead.MergedIntoId == null
            && (
                (phone != null && (lead.Phone == phone || lead.SecondPhone == phone))
                || (mail != null && lead.Email == mail)
            )
        );
}
