using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Leads;

/// <summary>
/// The open leads that have certain phones (E.164, either phone field), read once inside the transaction that has locked the
/// phones: who stands in the way of another lead, and who shares its phone.
/// </summary>
internal sealed class PhoneHolders
{
    // Each lead stands under each of its phones, the first registered first.
    private readonly Dictionary<string, List<Lead>> _open = new(StringComparer.Ordinal);
    private readonly DateTimeOffset _since;

    private PhoneHolders(IEnumerable<Lead> open, DateTimeOffset since)
    {
        _since = since;
        foreach (var lead in open)
        {
            Add(lead);
        }
    }

    /// <summary>Reads them in one command; they are tracked, since they may have to be marked.</summary>
    /// <param name="db">The caller's transaction.</param>
    /// <param name="phones">The phones.</param>
    /// <param name="since">What was worked at this moment (UTC) or later is protected.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<PhoneHolders> ReadAsync(
        HubDbContext db,
        IReadOnlyCollection<string> phones,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        var wanted = phones.Distinct().ToArray();
        var leads = db.Leads.Where(lead =>
            lead.MergedIntoId == null && lead.ArchivedAt == null && lead.Status < LeadStatus.Won
        );
        // Each by its own index: for both in one condition and many phones the database would rather read the whole table.
        var open = await leads
            .Where(lead => wanted.Contains(lead.Phone!))
            .Concat(leads.Where(lead => wanted.Contains(lead.SecondPhone!)))
            .ToListAsync(cancellationToken);
        return new PhoneHolders(open.DistinctBy(lead => lead.Id).OrderBy(lead => lead.Number), since);
    }

    /// <summary>A lead that has just been made in the same transaction.</summary>
    public void Add(Lead lead)
    {
        if (!lead.IsOpen)
        {
            return;
        }

        foreach (var phone in new[] { lead.Phone, lead.SecondPhone }.OfType<string>().Distinct())
        {
            (CollectionsMarshal.GetValueRefOrAddDefault(_open, phone, out _) ??= []).Add(lead);
        }
    }

    /// <summary>Refuses another open lead with a phone where one has it and holds the client.</summary>
    /// <param name="actor">For whom it would be.</param>
    /// <param name="phone">The phone.</param>
    /// <param name="except">The lead itself, where it is stored already.</param>
    /// <exception cref="InvalidInputException">One has it.</exception>
    public void Refuse(Actor actor, string phone, Guid? except)
    {
        var others = With(phone).FindAll(lead => lead.Id != except);
        // A lead of one's own stands in the way however long it was left alone; it is only to be opened.
        if (others.Find(lead => actor.CanSee(lead.AgentId, lead.TeamId)) is { } own)
        {
            throw new InvalidInputException([
                new FieldError(nameof(LeadField.Phone), FieldErrorCode.DuplicateOwn, LeadId: own.Id),
            ]);
        }

        if (others.Exists(lead => lead.AgentId is null || lead.WorkedAt >= _since))
        {
            throw new InvalidInputException([new FieldError(nameof(LeadField.Phone), FieldErrorCode.DuplicateForeign)]);
        }
    }

    /// <summary>Marks those that have a phone which is about to be registered once more.</summary>
    /// <returns>What the new lead is marked with.</returns>
    public Attention MarkShared(HubDbContext db, DateTimeOffset now, string phone)
    {
        var others = With(phone);
        // The hub marks them: who else registered the client is nothing for the other's agent to read.
        var recorder = new LeadRecorder(Actor.System, ChangeOrigin.System, now);
        foreach (var lead in others.Where(lead => !lead.Attention.HasFlag(Attention.SharedPhone)))
        {
            recorder.Mark(db, lead, lead.Attention | Attention.SharedPhone);
        }

        return others.Count > 0 ? Attention.SharedPhone : Attention.None;
    }

    private List<Lead> With(string phone) => _open.GetValueOrDefault(phone) ?? [];
}
