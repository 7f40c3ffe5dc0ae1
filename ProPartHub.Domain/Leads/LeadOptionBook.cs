using System.Collections.Frozen;

namespace ProPartHub.Domain.Leads;

/// <summary>
/// The options that forms offer and rules accept: those of HubSpot's account, and where it has none for a field, the
/// agency's own (<see cref="LeadOptions"/>). One for the process, kept up to date by <see cref="LeadOptionWatch"/>; safe to
/// read from any thread.
/// </summary>
public sealed class LeadOptionBook
{
    private volatile FrozenDictionary<LeadField, IReadOnlyList<LeadOption>> _known = FrozenDictionary<
        LeadField,
        IReadOnlyList<LeadOption>
    >.Empty;

    /// <summary>The values to choose from, in order; null when the field is free text.</summary>
    public IReadOnlyList<string>? For(LeadField field) =>
        LeadOptions.For(field) is not { } own ? null
        : _known.TryGetValue(field, out var options)
            ? [.. options.Where(option => option.IsOffered).Select(option => option.Value)]
        : own;

    /// <summary>HubSpot's label of a value; null where HubSpot does not list it.</summary>
    public string? LabelOf(LeadField field, string value) =>
        _known.GetValueOrDefault(field)?.FirstOrDefault(option => option.Value == value)?.Label;

    /// <summary>Takes the options as last read; a field with none that is offered keeps the agency's own.</summary>
    public void Replace(IEnumerable<LeadOption> options) =>
        _known = options
            .GroupBy(option => option.Field)
            .Where(field => field.Any(option => option.IsOffered))
            .ToFrozenDictionary(
                field => field.Key,
                field => (IReadOnlyList<LeadOption>)[.. field.OrderBy(option => option.Place)]
            );
}
