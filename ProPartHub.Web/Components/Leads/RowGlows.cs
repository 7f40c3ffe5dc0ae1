using ProPartHub.Domain.Leads;

namespace ProPartHub.Web.Components.Leads;

/// <summary>How often each row or card was changed by others since the page was opened; each time it glows.</summary>
internal sealed class RowGlows
{
    private readonly Dictionary<Guid, int> _changes = [];

    /// <summary>How often a lead was changed.</summary>
    public int Of(Guid leadId) => _changes.GetValueOrDefault(leadId);

    /// <summary>A lead was changed.</summary>
    public void Add(Guid leadId) => _changes[leadId] = Of(leadId) + 1;

    /// <summary>
    /// Everything was read again. "Read again" names no lead and swallows the changes that waited with it, so what shows
    /// something else than before was changed by others; what was not shown before may as well have moved into sight.
    /// </summary>
    public void AddDifferences(IEnumerable<LeadRow> before, IEnumerable<LeadRow> after)
    {
        var shown = new Dictionary<Guid, LeadRow>();
        foreach (var row in before)
        {
            shown[row.Id] = row;
        }

        foreach (var row in after)
        {
            if (shown.TryGetValue(row.Id, out var earlier) && earlier != row)
            {
                Add(row.Id);
            }
        }
    }
}
