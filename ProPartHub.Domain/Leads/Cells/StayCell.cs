using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Leads.Cells;

/// <summary>How long a lead stood in a stage.</summary>
public enum StaySpan
{
    /// <summary>At most 24 hours.</summary>
    InDay = 1,

    /// <summary>Longer, but at most 7 days.</summary>
    InWeek,

    /// <summary>Longer, but at most 30 days.</summary>
    InMonth,

    /// <summary>More than 30 days.</summary>
    Longer,
}

/// <summary>Leads that have left a stage after they had stood in it so long, all their stays together.</summary>
/// <param name="StageId">The stage.</param>
/// <param name="Span">How long; null for however long.</param>
public sealed record StayCell(Guid StageId, StaySpan? Span) : LeadCell
{
    /// <summary>The longest <see cref="StaySpan.InDay"/>.</summary>
    public static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>The longest <see cref="StaySpan.InWeek"/>.</summary>
    public static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>The longest <see cref="StaySpan.InMonth"/>.</summary>
    public static readonly TimeSpan Month = TimeSpan.FromDays(30);

    /// <inheritdoc/>
    public override Guid? AboutStageId => StageId;

    internal override IQueryable<Lead> Of(HubDbContext db, IQueryable<Lead> leads)
    {
        var stays = StageStay.Of(db, leads).Where(stay => stay.StageId == StageId);
        stays = Span switch
        {
            StaySpan.InDay => stays.Where(stay => stay.Length <= Day),
            StaySpan.InWeek => stays.Where(stay => stay.Length > Day && stay.Length <= Week),
            StaySpan.InMonth => stays.Where(stay => stay.Length > Week && stay.Length <= Month),
            StaySpan.Longer => stays.Where(stay => stay.Length > Month),
            _ => stays,
        };
        return leads.Where(lead => stays.Select(stay => stay.LeadId).Contains(lead.Id));
    }
}
