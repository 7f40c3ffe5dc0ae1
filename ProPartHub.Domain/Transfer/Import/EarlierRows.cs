namespace ProPartHub.Domain.Transfer.Import;

/// <summary>A row that comes earlier in the file and became, or would become, a lead.</summary>
/// <param name="Row">Its place.</param>
/// <param name="LeadId">Its lead; null where that is not there yet.</param>
internal sealed record EarlierRow(int Row, Guid? LeadId);

/// <summary>The earlier rows of a file by their clients' phones and mails.</summary>
internal sealed class EarlierRows
{
    private readonly Dictionary<string, EarlierRow> _rows = new(StringComparer.Ordinal);

    /// <summary>Takes a row in; the first of a client stays.</summary>
    public void Add(int row, IEnumerable<string> keys, Guid? leadId)
    {
        foreach (var key in keys)
        {
            _rows.TryAdd(key, new EarlierRow(row, leadId));
        }
    }

    /// <summary>The first row with one of these.</summary>
    public EarlierRow? OfAny(IEnumerable<string> keys) =>
        keys.Select(key => _rows.GetValueOrDefault(key)).OfType<EarlierRow>().MinBy(row => row.Row);

    /// <summary>What is known of a row's client by all it has, and by its phone alone.</summary>
    public (EarlierRow? ByAll, EarlierRow? ByPhone) Of(ReadRow row) =>
        (OfAny(row.Keys), row.Input.Phone is { } phone ? OfAny([phone]) : null);
}
