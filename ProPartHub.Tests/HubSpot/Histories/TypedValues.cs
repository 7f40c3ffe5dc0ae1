namespace ProPartHub.Tests.HubSpot.Histories;

/// <summary>
/// Every value a person typed, each unlike any other, and those that somebody replaced with open eyes: it stood before
/// them when they typed the next. Whatever else becomes of a value is the sync's doing.
/// </summary>
internal sealed class TypedValues
{
    private readonly HashSet<(Guid LeadId, string Field, string Value)> _typed = [];
    private readonly HashSet<(Guid LeadId, string Field, string Value)> _replaced = [];
    private readonly HashSet<(Guid LeadId, string Field, string Value)> _raced = [];

    /// <summary>A person saw one value and typed another.</summary>
    /// <param name="leadId">The lead.</param>
    /// <param name="field">The field.</param>
    /// <param name="seen">What stood there.</param>
    /// <param name="value">What was typed.</param>
    /// <param name="isRaced">Typed in HubSpot while a call was on its way there.</param>
    public void Add(Guid leadId, string field, string? seen, string value, bool isRaced = false)
    {
        if (isRaced)
        {
            _raced.Add((leadId, field, value));
        }

        _typed.Add((leadId, field, value));
        if (seen is not null)
        {
            _replaced.Add((leadId, field, seen));
        }
    }

    /// <summary>What nobody replaced: it has to stand somewhere.</summary>
    public IEnumerable<(string Field, string Value, bool IsRaced)> Of(Guid leadId) =>
        _typed
            .Where(value => value.LeadId == leadId && !_replaced.Contains(value))
            .Select(value => (value.Field, value.Value, _raced.Contains(value)));
}
