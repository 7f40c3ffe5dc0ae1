using System.Globalization;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.HubSpot.Mapping;

/// <summary>
/// The budget: a range here, one amount in HubSpot. An amount inside our range changes nothing; any other is an exact
/// value. We write the middle of a closed range or the sole end of an open one.
/// </summary>
internal sealed class BudgetField(IReadOnlyList<PropertyRef> properties) : FieldMap(FieldName, properties)
{
    /// <summary>Name of the field that <see cref="LeadField.BudgetFrom"/> and <see cref="LeadField.BudgetTo"/> are together.</summary>
    public const string FieldName = FieldChange.Budget;

    public static readonly PropertyRef Amount = PropertyRef.Deal("amount");

    /// <summary>The old portal's band as text; read where there is no amount, never written.</summary>
    public static readonly PropertyRef Band = PropertyRef.Deal("budget");

    // numeric(15,2) holds thirteen digits before the point.
    private const decimal Largest = 9_999_999_999_999m;

    private static readonly Dictionary<string, (decimal? From, decimal? To)> Bands = new()
    {
        ["до 200к"] = (null, 200_000m),
        ["200к–500к"] = (200_000m, 500_000m),
        ["500к–1млн"] = (500_000m, 1_000_000m),
        ["1млн+"] = (1_000_000m, null),
    };

    /// <summary>Both ends as text: <c>200000..500000</c>, <c>..200000</c>, <c>1000000..</c>; null without either.</summary>
    public static string? Format(decimal? from, decimal? to) =>
        from is null && to is null ? null : string.Create(CultureInfo.InvariantCulture, $"{from:0.##}..{to:0.##}");

    /// <summary>The ends of a text made by <see cref="Format"/>.</summary>
    public static (decimal? From, decimal? To) Parse(string? text)
    {
        var parts = (text ?? "..").Split("..");
        return (Number(parts[0]), Number(parts[1]));
    }

    public override string? Ours(Lead lead) => Format(lead.BudgetFrom, lead.BudgetTo);

    public override string? Theirs(RecordPair theirs, IReadOnlySet<PropertyRef> changed, string? ours)
    {
        if (theirs[Amount] is not { } raw)
        {
            return theirs[Band] is { } band && Bands.TryGetValue(band.Replace('-', '–'), out var ends)
                ? Format(ends.From, ends.To)
                : null;
        }

        if (!PropertyValue.TryNumber(raw, out var amount) || Math.Abs(amount) > Largest)
        {
            return ours;
        }

        return IsInside(amount, ours) ? ours : Format(amount, amount);
    }

    public override IEnumerable<KeyValuePair<PropertyRef, string?>> Write(
        string? value,
        string? agreed,
        RecordPair theirs
    )
    {
        if (PropertyValue.TryNumber(theirs[Amount], out var amount) && IsInside(amount, value))
        {
            return [];
        }

        var (from, to) = Parse(value);
        var single = from is { } low && to is { } high ? (low + high) / 2 : from ?? to;
        return [new(Amount, single?.ToString("0.##", CultureInfo.InvariantCulture))];
    }

    public override IEnumerable<KeyValuePair<LeadField, string?>> Edits(string? value) => EditsOf(value);

    /// <summary>The two fields of a text made by <see cref="Format"/>.</summary>
    public static IEnumerable<KeyValuePair<LeadField, string?>> EditsOf(string? value)
    {
        var (from, to) = Parse(value);
        return [new(LeadField.BudgetFrom, Text(from)), new(LeadField.BudgetTo, Text(to))];
    }

    private static bool IsInside(decimal amount, string? range)
    {
        var (from, to) = Parse(range);
        return (from ?? to) is not null && amount >= (from ?? 0) && amount <= (to ?? decimal.MaxValue);
    }

    private static decimal? Number(string text) => PropertyValue.TryNumber(text, out var number) ? number : null;

    private static string? Text(decimal? amount) => amount?.ToString("0.##", CultureInfo.InvariantCulture);
}
