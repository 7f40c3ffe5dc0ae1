using ProPartHub.Domain.Leads;

namespace ProPartHub.Web.Components.Leads.Listing;

/// <summary>
/// The rows that are chosen, by lead: they stay chosen while rows come, go and change around them. Or all that the list
/// finds, which no ids stand for.
/// </summary>
public sealed class RowSelection
{
    private readonly HashSet<Guid> _chosen = [];
    private Guid? _last;

    /// <summary>True when all that the list finds is meant, whatever page of it is shown.</summary>
    public bool IsAllMatching { get; private set; }

    /// <summary>The chosen leads; without meaning where all are meant.</summary>
    public IReadOnlyCollection<Guid> Chosen => _chosen;

    /// <summary>True when nothing is chosen.</summary>
    public bool IsEmpty => _chosen.Count == 0 && !IsAllMatching;

    /// <summary>True for a chosen lead.</summary>
    public bool Has(Guid leadId) => IsAllMatching || _chosen.Contains(leadId);

    /// <summary>Chooses all that the list finds.</summary>
    public void ChooseAllMatching() => IsAllMatching = true;

    /// <summary>Chooses a row or lets it go; with the shift key everything between it and the last one likewise.</summary>
    /// <param name="rows">The rows as they are shown.</param>
    /// <param name="tick">Which.</param>
    public void Tick(IReadOnlyList<LeadRow> rows, RowTick tick)
    {
        // Who takes one out of all means those on the page but for that one.
        if (IsAllMatching)
        {
            TickAll(rows, isOn: true);
        }

        var isOn = !_chosen.Contains(tick.LeadId);
        foreach (var id in Between(rows, tick))
        {
            Set(id, isOn);
        }

        _last = tick.LeadId;
    }

    /// <summary>Chooses all rows of the page or lets them go.</summary>
    public void TickAll(IReadOnlyList<LeadRow> rows, bool isOn)
    {
        if (IsAllMatching)
        {
            Clear();
        }

        foreach (var row in rows)
        {
            Set(row.Id, isOn);
        }
    }

    /// <summary>Lets everything go.</summary>
    public void Clear()
    {
        _chosen.Clear();
        (_last, IsAllMatching) = (null, false);
    }

    private static int PlaceOf(IReadOnlyList<LeadRow> rows, Guid? id)
    {
        for (var place = 0; place < rows.Count; place++)
        {
            if (rows[place].Id == id)
            {
                return place;
            }
        }

        return -1;
    }

    private IEnumerable<Guid> Between(IReadOnlyList<LeadRow> rows, RowTick tick)
    {
        var (from, to) = (PlaceOf(rows, _last), PlaceOf(rows, tick.LeadId));
        return !tick.IsRange || from < 0 || to < 0
            ? [tick.LeadId]
            : rows.Skip(Math.Min(from, to)).Take(Math.Abs(from - to) + 1).Select(row => row.Id);
    }

    private void Set(Guid id, bool isOn)
    {
        if (isOn)
        {
            _chosen.Add(id);
        }
        else
        {
            _chosen.Remove(id);
        }
    }
}
