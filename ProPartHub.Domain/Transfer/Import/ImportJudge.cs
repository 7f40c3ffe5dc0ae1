using ProPartHub.Domain.Claims;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Transfer.Import;

/// <summary>
/// Says what is to become of rows, by the entry rules of a form and by what is known of their clients: the leads that are
/// there and the earlier rows of the file. The check and the run ask the same judge.
/// </summary>
internal sealed class ImportJudge(Protection protection, LeadInputValidator validator, KeysSeen seen)
{
    /// <summary>Judges a batch, in the file's order; at most four commands.</summary>
    public async Task<IReadOnlyList<RowVerdict>> JudgeAsync(
        HubDbContext db,
        Actor actor,
        LeadImport import,
        IReadOnlyList<ReadRow> rows,
        CancellationToken cancellationToken
    )
    {
        var since = await protection.SinceAsync(db, cancellationToken);
        var known = await KnownLeads.ReadAsync(db, rows, cancellationToken);
        var earlier = await seen.EarlierAsync(db, rows, cancellationToken);
        var verdicts = new List<RowVerdict>(rows.Count);
        foreach (var row in rows)
        {
            var client = new RowClient(actor, row, known.Of(row), since, earlier.Of(row));
            var verdict = Judge(import, row, client);
            verdicts.Add(verdict);
            if (verdict.Outcome is ImportOutcome.Created or ImportOutcome.Updated)
            {
                earlier.Add(row.Row, row.Keys, leadId: verdict.LeadId);
            }
        }

        return verdicts;
    }

    private RowVerdict Judge(LeadImport import, ReadRow row, RowClient client)
    {
        if (import.Policy is DuplicatePolicy.Create)
        {
            return client.StandsInTheWay() is { } fault ? RowVerdict.Refused(fault) : New(import, row, client);
        }

        if (client.Own is { } own)
        {
            return import.Policy is DuplicatePolicy.Skip
                ? Skipped(ImportFaultCode.LeadIsThere, own.Id)
                : Update(row, client, own);
        }

        if (client.Twin is { } twin)
        {
            return import.Policy is DuplicatePolicy.Skip
                ? new RowVerdict(
                    ImportOutcome.Skipped,
                    null,
                    twin.Row,
                    [new ImportFault("", ImportFaultCode.SameInFile, Row: twin.Row)]
                )
                : OfTwin(row, twin);
        }

        return client.StandsInTheWay() is { } phone ? RowVerdict.Refused(phone)
            : client.IsRegisteredElsewhere
                ? import.Policy is DuplicatePolicy.Skip ? Skipped(ImportFaultCode.RegisteredElsewhere, null)
                    : RowVerdict.Refused(new ImportFault("", ImportFaultCode.RegisteredElsewhere))
            : New(import, row, client);
    }

    private RowVerdict New(LeadImport import, ReadRow row, RowClient client)
    {
        var faults = Faults(row, only: null);
        if (row.Stage is { Status: LeadStatus.Lost } && row.Input.RefusalReason is null)
        {
            faults.Add(new ImportFault(nameof(ImportField.RefusalReason), FieldErrorCode.Required));
        }

        return faults.Count > 0 ? RowVerdict.Refused(faults) : new RowVerdict(ImportOutcome.Created, null, null, []);
    }

    private RowVerdict Update(ReadRow row, RowClient client, Lead lead)
    {
        var changed = row
            .Given.Where(field =>
                LeadFields.Read(row.Input, field) is { } value && value != LeadFields.Read((ILeadValues)lead, field)
            )
            .ToHashSet();
        var faults = Faults(Over(row, lead), LeadService.WithPartners(changed));
        if (changed.Contains(LeadField.Phone) && lead.IsOpen && client.OtherWithPhone(lead) is { } other)
        {
            faults.Add(other);
        }

        if (
            row.Stage is { Status: LeadStatus.Lost } stage
            && stage.Id != lead.StageId
            && (row.Input.RefusalReason ?? lead.RefusalReason) is null
        )
        {
            faults.Add(new ImportFault(nameof(ImportField.RefusalReason), FieldErrorCode.Required));
        }

        var isSame =
            changed.Count == 0
            && (row.Stage is null || row.Stage.Id == lead.StageId)
            && (!row.NamesAgent || row.AgentId == lead.AgentId)
            && row.Tags.Count == 0;
        return faults.Count > 0 ? RowVerdict.Refused(faults)
            : isSame ? Skipped(ImportFaultCode.NothingNew, lead.Id)
            : new RowVerdict(ImportOutcome.Updated, lead.Id, null, []);
    }

    // In the check its lead is not there yet; in the run it is.
    private RowVerdict OfTwin(ReadRow row, EarlierRow twin)
    {
        var faults = Faults(row, row.Given);
        return faults.Count > 0
            ? RowVerdict.Refused(faults)
            : new RowVerdict(ImportOutcome.Updated, twin.LeadId, twin.Row, []);
    }

    private List<ImportFault> Faults(ReadRow row, IReadOnlySet<LeadField>? only) =>
        Faults((row.Input, row.Faults), only);

    private List<ImportFault> Faults(
        (LeadInput Input, IReadOnlyList<ImportFault> Read) row,
        IReadOnlySet<LeadField>? only
    ) =>
        [
            .. row.Read,
            .. validator
                .Check(row.Input, only)
                .Where(error => !row.Read.Any(fault => fault.Field == error.Field))
                .Select(error => new ImportFault(
                    error.Field,
                    error.Code,
                    Convert.ToString(error.Limit, System.Globalization.CultureInfo.InvariantCulture)
                )),
        ];

    // Both ends of a budget are judged together, whichever of them the row gives.
    private static (LeadInput, IReadOnlyList<ImportFault>) Over(ReadRow row, Lead lead)
    {
        var merged = LeadInput.From(lead);
        foreach (var field in row.Given)
        {
            if (LeadFields.Read(row.Input, field) is { } value)
            {
                LeadFields.Write(merged, field, value);
            }
        }

        return (merged, row.Faults);
    }

    private static RowVerdict Skipped(string code, Guid? leadId) =>
        new(ImportOutcome.Skipped, leadId, null, [new ImportFault("", code)]);
}
