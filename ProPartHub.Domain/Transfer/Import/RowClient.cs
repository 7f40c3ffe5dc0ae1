using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Transfer.Import;

/// <summary>
/// What is known of a row's client. Of leads that the actor does not see it tells no more than a form does: that the client
/// is registered.
/// </summary>
internal sealed class RowClient
{
    private readonly ReadRow _row;
    private readonly Actor _actor;
    private readonly DateTimeOffset _since;
    private readonly List<Lead> _leads;
    private readonly EarlierRow? _samePhone;

    /// <summary>Looks through leads and rows.</summary>
    /// <param name="actor">Who imports.</param>
    /// <param name="row">The row.</param>
    /// <param name="known">Leads not in the archive that have something in common with the row.</param>
    /// <param name="since">What was worked at this moment (UTC) or later is protected.</param>
    /// <param name="earlier">Earlier rows of the file about the same client.</param>
    public RowClient(
        Actor actor,
        ReadRow row,
        IEnumerable<Lead> known,
        DateTimeOffset since,
        (EarlierRow? ByAll, EarlierRow? ByPhone) earlier
    )
    {
        (_actor, _row, _since) = (actor, row, since);
        (Twin, _samePhone) = earlier;
        _leads = [.. known];
        Own = _leads
            .Where(Sees)
            .OrderByDescending(lead => lead.Number == row.Number)
            .ThenByDescending(lead => lead.IsOpen)
            .ThenByDescending(HasPhone)
            .ThenByDescending(lead => lead.Number)
            .FirstOrDefault();
    }

    /// <summary>The lead that the row is about, of those that the actor sees.</summary>
    public Lead? Own { get; }

    /// <summary>The first earlier row about the same client.</summary>
    public EarlierRow? Twin { get; }

    /// <summary>True where an open lead that the actor does not see holds the client.</summary>
    public bool IsRegisteredElsewhere =>
        _leads.Exists(lead => !Sees(lead) && Holds(lead) && (HasPhone(lead) || HasMail(lead)));

    /// <summary>Why the form would refuse a new lead of this client; null where it would not.</summary>
    public ImportFault? StandsInTheWay() =>
        ByPhone(except: null)
        ?? (
            _samePhone is { } twin
                ? new ImportFault(nameof(ImportField.Phone), ImportFaultCode.SameInFile, Row: twin.Row)
                : null
        );

    /// <summary>Why the form would refuse to give the row's phone to a lead; null where it would not.</summary>
    public ImportFault? OtherWithPhone(Lead lead) => ByPhone(lead.Id);

    private ImportFault? ByPhone(Guid? except)
    {
        var open = _leads.FindAll(lead => lead.Id != except && lead.IsOpen && Has(lead, _row.Input.Phone));
        return open.Exists(Sees) ? new ImportFault(nameof(ImportField.Phone), FieldErrorCode.DuplicateOwn)
            : open.Exists(Holds) ? new ImportFault(nameof(ImportField.Phone), FieldErrorCode.DuplicateForeign)
            : null;
    }

    private bool Sees(Lead lead) => _actor.CanSee(lead.AgentId, lead.TeamId);

    private bool Holds(Lead lead) => lead.IsOpen && (lead.AgentId is null || lead.WorkedAt >= _since);

    private bool HasPhone(Lead lead) => _row.Phones.Any(phone => Has(lead, phone));

    private bool HasMail(Lead lead) => _row.Input.Email is { } mail && lead.Email == mail;

    private static bool Has(Lead lead, string? phone) =>
        phone is not null && (lead.Phone == phone || lead.SecondPhone == phone);
}
