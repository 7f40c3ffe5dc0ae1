using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Leads.Cells;

/// <summary>
/// What a number of a report counts and no other filter can say, as a filter of the list: the list under a number asks the
/// database the same as the report did, and so counts the same.
/// </summary>
public abstract record LeadCell
{
    /// <summary>The stage that it is about, for its name.</summary>
    public virtual Guid? AboutStageId => null;

    /// <summary>Of the leads given, those that the number counts. Who may see them is settled before.</summary>
    internal abstract IQueryable<Lead> Of(HubDbContext db, IQueryable<Lead> leads);
}
