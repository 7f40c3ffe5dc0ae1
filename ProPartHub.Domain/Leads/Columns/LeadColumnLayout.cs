using ProPartHub.Domain.People.Settings;

namespace ProPartHub.Domain.Leads.Columns;

/// <summary>A column in its place.</summary>
/// <param name="Column">Which.</param>
/// <param name="Width">Its width in CSS pixels; null for its usual one.</param>
public sealed record LeadColumnPlace(LeadColumn Column, int? Width = null);

/// <summary>
/// Which columns a person's list has, in which order and how wide. Kept for each person by
/// <see cref="PersonSettings"/>; what is changed by hand is put in order here, so that whatever was stored can be shown.
/// </summary>
/// <param name="Columns">The columns that are shown, from left to right.</param>
public sealed record LeadColumnLayout(IReadOnlyList<LeadColumnPlace> Columns)
{
    /// <summary>Narrowest column, in CSS pixels.</summary>
    public const int Narrowest = 72;

    /// <summary>Widest column, in CSS pixels.</summary>
    public const int Widest = 640;

    /// <summary>What holds until somebody chooses.</summary>
    public static readonly LeadColumnLayout Standard = new([
        new(LeadColumn.Client),
        new(LeadColumn.Number),
        new(LeadColumn.Stage),
        new(LeadColumn.Tags),
        new(LeadColumn.Budget),
        new(LeadColumn.Country),
        new(LeadColumn.Agent),
        new(LeadColumn.Updated),
    ]);

    /// <summary>Where people's choices are kept.</summary>
    public static readonly PersonSettingKey<LeadColumnLayout> Key = new("lead-list.columns", Standard);

    /// <summary>The same as it can be shown: each column once, only known ones, the client first, widths within bounds.</summary>
    public LeadColumnLayout InOrder()
    {
        var known = (Columns ?? [])
            .Where(place => place is not null && Enum.IsDefined(place.Column))
            .DistinctBy(place => place.Column)
            .Select(place => place with { Width = Clamped(place.Width) })
            .ToList();
        var client = known.Find(place => place.Column is LeadColumn.Client) ?? new(LeadColumn.Client);
        return new([client, .. known.Where(place => place.Column is not LeadColumn.Client)]);
    }

    /// <summary>True when the column is shown.</summary>
    public bool Shows(LeadColumn column) => Columns.Any(place => place.Column == column);

    /// <summary>The same with a column more, at the end, or less; the client stays.</summary>
    public LeadColumnLayout With(LeadColumn column, bool isShown) =>
        new LeadColumnLayout(
            isShown && !Shows(column) ? [.. Columns, new(column)]
            : isShown ? Columns
            : [.. Columns.Where(place => place.Column != column)]
        ).InOrder();

    /// <summary>The same with a column moved to another place.</summary>
    /// <param name="column">A shown column; any other changes nothing, nor does the client.</param>
    /// <param name="place">Its new place; 0 is the client's, and what lies outside is brought inside.</param>
    public LeadColumnLayout Moved(LeadColumn column, int place)
    {
        if (column is LeadColumn.Client || Columns.FirstOrDefault(one => one.Column == column) is not { } moved)
        {
            return this;
        }

        var others = Columns.Where(one => one.Column != column).ToList();
        others.Insert(Math.Clamp(place, 1, others.Count), moved);
        return new(others);
    }

    /// <summary>The same with a column of another width, brought within bounds; null for its usual one.</summary>
    public LeadColumnLayout Resized(LeadColumn column, int? width) =>
        new([.. Columns.Select(place => place.Column == column ? place with { Width = Clamped(width) } : place)]);

    private static int? Clamped(int? width) => width is { } value ? Math.Clamp(value, Narrowest, Widest) : null;
}
