using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.HubSpot.Mapping;

/// <summary>
/// One thing that both sides edit: a field of the lead, and the properties that hold it in HubSpot. Values on the lead's
/// side are invariant text as in <see cref="LeadFields"/>.
/// </summary>
/// <param name="name">Name of the <see cref="LeadField"/>, or <see cref="BudgetField.FieldName"/>.</param>
/// <param name="properties">Properties that the account has, the most trusted first.</param>
internal abstract class FieldMap(string name, IReadOnlyList<PropertyRef> properties)
{
    /// <summary>Key in snapshots, conflicts and history.</summary>
    public string Name => name;

    /// <summary>Properties read for this field, the most trusted first.</summary>
    public IReadOnlyList<PropertyRef> Properties => properties;

    /// <summary>Who wins when both sides changed it.</summary>
    public virtual MergePolicy Policy => MergePolicy.HubSpotWins;

    /// <summary>The lead's value.</summary>
    public abstract string? Ours(Lead lead);

    /// <summary>What HubSpot's values mean for the lead.</summary>
    /// <param name="theirs">HubSpot's values.</param>
    /// <param name="changed">Properties of this field that differ from the last snapshot; all, where there is none.</param>
    /// <param name="ours">The lead's value, for what HubSpot cannot say exactly.</param>
    public abstract string? Theirs(RecordPair theirs, IReadOnlySet<PropertyRef> changed, string? ours);

    /// <summary>What the properties should hold for a value of ours; those that hold it already may be among them.</summary>
    /// <param name="value">The lead's value.</param>
    /// <param name="agreed">The value both sides last agreed on.</param>
    /// <param name="theirs">HubSpot's present values.</param>
    public abstract IEnumerable<KeyValuePair<PropertyRef, string?>> Write(
        string? value,
        string? agreed,
        RecordPair theirs
    );

    /// <summary>The lead's fields to set for a value; empty for stage and agent, which have commands of their own.</summary>
    public abstract IEnumerable<KeyValuePair<LeadField, string?>> Edits(string? value);
}
