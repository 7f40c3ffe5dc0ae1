using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Tags;

namespace ProPartHub.Domain.Transfer.Import;

/// <summary>Understands the cells of rows by an import's mapping. One for a batch.</summary>
internal sealed class RowReader(
    LeadImport import,
    ImportDirectory directory,
    ImportVocabulary vocabulary,
    LeadOptionBook book
)
{
    private static readonly char[] BetweenPhones = [';', ',', '/', '\n'];

    /// <summary>Understands a row.</summary>
    public ReadRow Read(int number, IReadOnlyList<string> cells)
    {
        var draft = new Draft(number);
        for (var i = 0; i < import.Mapping.Count && i < cells.Count; i++)
        {
            var cell = WithoutGuard(cells[i]).Trim();
            if (import.Mapping[i] is not ImportField.None and var field && cell.Length > 0)
            {
                Take(draft, field, cell);
            }
        }

        return draft.Done();
    }

    // Our own files lead what a spreadsheet would take for a formula with an apostrophe, and so do spreadsheets themselves.
    private static string WithoutGuard(string cell) =>
        cell is ['\'', '=' or '+' or '-' or '@' or '\t' or '\r', ..] ? cell[1..] : cell;

    private void Take(Draft draft, ImportField field, string cell)
    {
        switch (field)
        {
            case ImportField.Number:
                draft.Number = LeadNumber(cell);
                break;
            case ImportField.Phone:
                TakePhones(draft, cell);
                break;
            case ImportField.SecondPhone:
                draft.Give(LeadField.SecondPhone, Phone(cell));
                break;
            case ImportField.Budget:
                TakeBudget(draft, cell);
                break;
            case ImportField.BudgetFrom or ImportField.BudgetTo:
                TakeEnd(draft, field, cell);
                break;
            case ImportField.BirthDate:
                TakeDay(draft, cell);
                break;
            case ImportField.Stage:
                draft.Stage = directory.Stage(cell);
                draft.FaultUnless(draft.Stage is not null, field, FieldErrorCode.UnknownOption);
                break;
            case ImportField.Agent:
                TakeAgent(draft, cell);
                break;
            case ImportField.Tags:
                TakeTags(draft, cell);
                break;
            default:
                var known = field.ToLeadField()!.Value;
                draft.Give(known, LeadOptions.For(known) is null ? cell : Option(known, cell));
                break;
        }
    }

    private static long? LeadNumber(string cell)
    {
        var digits = cell.StartsWith("L-", StringComparison.OrdinalIgnoreCase) ? cell[2..] : cell;
        return long.TryParse(digits, out var number) ? number : null;
    }

    // Where a cell holds several phones the second is the second phone, unless a column of its own says so.
    private void TakePhones(Draft draft, string cell)
    {
        if (PhoneNumber.TryNormalise(cell, import.PhoneCountry, out var whole))
        {
            draft.Give(LeadField.Phone, whole!);
            return;
        }

        var phones = cell.Split(BetweenPhones, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        draft.Give(LeadField.Phone, Phone(phones.Length > 1 ? phones[0] : cell));
        if (phones.Length > 1 && !draft.Gives(LeadField.SecondPhone))
        {
            draft.Give(LeadField.SecondPhone, Phone(phones[1]));
        }
    }

    private string Phone(string cell)
    {
        if (PhoneNumber.TryNormalise(cell, import.PhoneCountry, out var e164))
        {
            return e164!;
        }

        // Spreadsheets drop the plus of what they take for a number.
        return
            cell.Length is >= 10 and <= 15
            && cell.All(char.IsAsciiDigit)
            && PhoneNumber.TryNormalise("+" + cell, out e164)
            ? e164!
            : cell;
    }

    private void TakeBudget(Draft draft, string cell)
    {
        if (vocabulary.BandOf(cell) is { } band)
        {
            draft.GiveBudget(band.From, band.To, LeadOptions.BandCurrency);
        }
        else if (AmountText.TryRead(cell, out var amount))
        {
            draft.GiveBudget(amount!.From, amount.To, amount.Currency);
        }
        else
        {
            draft.Fault(ImportField.Budget, ImportFaultCode.UnreadableAmount);
        }
    }

    private static void TakeEnd(Draft draft, ImportField field, string cell)
    {
        if (AmountText.TryRead(cell, out var amount) && (amount!.From ?? amount.To) is { } end)
        {
            draft.GiveEnd(field.ToLeadField()!.Value, end, amount.Currency);
        }
        else
        {
            draft.Fault(field, ImportFaultCode.UnreadableAmount);
        }
    }

    private static void TakeDay(Draft draft, string cell)
    {
        if (DayText.TryRead(cell, out var day))
        {
            draft.Give(
                LeadField.BirthDate,
                day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)
            );
        }
        else
        {
            draft.Fault(ImportField.BirthDate, ImportFaultCode.UnreadableDay);
        }
    }

    private void TakeAgent(Draft draft, string cell)
    {
        draft.NamesAgent = true;
        if (vocabulary.IsPool(cell))
        {
            return;
        }

        var people = directory.People(cell);
        draft.AgentId = people.Count == 1 ? people[0] : null;
        draft.FaultUnless(people.Count > 0, ImportField.Agent, ImportFaultCode.UnknownAgent);
        draft.FaultUnless(people.Count < 2, ImportField.Agent, ImportFaultCode.AmbiguousAgent);
    }

    private void TakeTags(Draft draft, string cell)
    {
        foreach (
            var name in cell.Split(
                [',', ';', '\n'],
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
            )
        )
        {
            if (directory.Tag(name) is { } tag)
            {
                draft.Tags.Add(tag);
            }
            else
            {
                draft.Fault(ImportField.Tags, FieldErrorCode.UnknownOption);
            }
        }
    }

    // By what is stored, by the interface's labels in any of its languages, or by HubSpot's.
    private string Option(LeadField field, string cell)
    {
        var word = ImportWord.Of(cell);
        var offered = book.For(field) ?? [];
        return offered.FirstOrDefault(value => ImportWord.Of(value) == word)
            ?? vocabulary.ValueOf(field, cell)
            ?? offered.FirstOrDefault(value => book.LabelOf(field, value) is { } label && ImportWord.Of(label) == word)
            ?? cell;
    }

    private sealed class Draft(int number)
    {
        private readonly LeadInput _input = new();
        private readonly HashSet<LeadField> _given = [];
        private readonly List<ImportFault> _faults = [];

        public long? Number { get; set; }

        public Stage? Stage { get; set; }

        public bool NamesAgent { get; set; }

        public Guid? AgentId { get; set; }

        public List<Tag> Tags { get; } = [];

        public bool Gives(LeadField field) => _given.Contains(field);

        public void Give(LeadField field, string text)
        {
            LeadFields.Write(_input, field, LeadFields.Normalise(field, text));
            _given.Add(field);
        }

        public void GiveBudget(decimal? from, decimal? to, string? currency)
        {
            (_input.BudgetFrom, _input.BudgetTo) = (from, to);
            _given.UnionWith([LeadField.BudgetFrom, LeadField.BudgetTo]);
            GiveCurrency(currency);
        }

        public void GiveEnd(LeadField field, decimal end, string? currency)
        {
            _ = field is LeadField.BudgetFrom ? _input.BudgetFrom = end : _input.BudgetTo = end;
            _given.Add(field);
            GiveCurrency(currency);
        }

        public void Fault(ImportField field, string code) => _faults.Add(new ImportFault(field.ToString(), code));

        public void FaultUnless(bool isFine, ImportField field, string code)
        {
            if (!isFine)
            {
                Fault(field, code);
            }
        }

        public ReadRow Done() =>
            new(number, _input.Normalised(), _given, Number, Stage, NamesAgent, AgentId, Tags, _faults);

        // A column of its own, further left or right, says it more clearly than a sign beside an amount.
        private void GiveCurrency(string? currency)
        {
            if (currency is not null && _given.Add(LeadField.Currency))
            {
                _input.Currency = currency;
            }
        }
    }
}
