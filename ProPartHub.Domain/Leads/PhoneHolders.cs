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
    private readonly List<Lead> _open;
    private readonly DateTimeOffset _since;

    private PhoneHolders(List<Lead> open, DateTimeOffset since) => (_open, _since) = (open, since);

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
        var open = await db
            .Leads.Where(lead =>
                lead.MergedIntoId == null
                && lead.ArchivedAt == null
                && lead.Status < LeadStatus.Won
                && (wanted.Contains(lead.Phone!) || wanted.Contains(lead.SecondPhone!))
            )
            .OrderBy(lead => lead.Number)
            .ToListAsync(cancellationToken);
        return new PhoneHolders(open, since);
    }

    /// <summary>A lead that has just been made in the same transaction.</summary>
    public void Add(Lead lead)
    {
        if (lead.IsOpen)
        {
            _open.Add(lead);
        }
    }

    /// <summary>Refuses another open lead with a phone where one has it and holds the client.</summary>
    /// <param name="actor">For whom it would be.</param>
    /// <param name="phone">The phone.</param>
    /// <param name="except">The lead itself, where it is stored already.</param>
    /// <exception cref="InvalidInputException">One has it.</exception>
    public void Refuse(Actor actor, string phone, Guid? except)
    {
        var others = With(phone).Where(lead => lead.Id != except).ToList();
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
        var others = With(phone).ToList();
        // The hub marks them: who else registered the client is nothing for the other's agent to read.
        var recorder = new LeadRecorder(Actor.System, ChangeOrigin.System, now);
        foreach (var lead in others.Where(lead => !lead.Attention.HasFlag(Attention.SharedPhone)))
        {
            recorder.Mark(db, lead, lead.Attention | Attention.SharedPhone);
        }

        return others.Count > 0 ? Attention.SharedPhone : Attention.None;
    }

    private IEnumerable<Lead> With(string phone) =>
        _open.Where(lead => lead.Phone == phone || lead.SecondPhone == phone);
}
