using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.FollowUps;

namespace ProPartHub.Domain.Leads.Sorting;

/// <summary>Leads by when their next follow-up is due: the index of open follow-ups is walked and not that of the leads.</summary>
internal sealed class FollowUpStretch : LeadStretch
{
    /// <summary>Of each lead the follow-up to be done next.</summary>
    public static IQueryable<FollowUp> Next(HubDbContext db) =>
        db.FollowUps.Where(next =>
            next.DoneAt == null
            && next.DeletedAt == null
            && !db.FollowUps.Any(other =>
                other.LeadId == next.LeadId
                && other.DoneAt == null
                && other.DeletedAt == null
                && (other.DueAt < next.DueAt || (other.DueAt == next.DueAt && other.Id < next.Id))
            )
        );

    /// <summary>Leads for which nothing is planned.</summary>
    public static IQueryable<Lead> Without(HubDbContext db, IQueryable<Lead> leads) =>
        leads.Where(lead =>
            !db.FollowUps.Any(row => row.LeadId == lead.Id && row.DoneAt == null && row.DeletedAt == null)
        );

    /// <inheritdoc/>
    public override Expression<Func<Lead, object?>> Key(HubDbContext db) =>
        lead =>
            db.FollowUps.Where(row => row.LeadId == lead.Id && row.DoneAt == null && row.DeletedAt == null)
                .OrderBy(row => row.DueAt)
                .Select(row => (DateTimeOffset?)row.DueAt)
                .FirstOrDefault();

    /// <inheritdoc/>
    public override IQueryable<Lead> Rows(
        HubDbContext db,
        IQueryable<Lead> leads,
        bool descending,
        LeadCursor? beyond,
        int take
    )
    {
        var next = Next(db);
        if (beyond is { Id: var id } && KeyText.TryRead<DateTimeOffset>(beyond.Key, out var at))
        {
            next = descending
                ? next.Where(row =>
                    EF.Functions.LessThan(ValueTuple.Create(row.DueAt, row.LeadId), ValueTuple.Create(at, id))
                )
                : next.Where(row =>
                    EF.Functions.GreaterThan(ValueTuple.Create(row.DueAt, row.LeadId), ValueTuple.Create(at, id))
                );
        }

        var planned = next.Join(
            leads,
            row => row.LeadId,
            lead => lead.Id,
            (row, lead) =>
                new
                {
                    row.DueAt,
                    row.LeadId,
                    Lead = lead,
                }
        );
        var ordered = descending
            ? planned.OrderByDescending(row => row.DueAt).ThenByDescending(row => row.LeadId)
            : planned.OrderBy(row => row.DueAt).ThenBy(row => row.LeadId);
        return ordered.Take(take).Select(row => row.Lead);
    }
}
