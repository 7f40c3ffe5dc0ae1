using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Sorting;

namespace ProPartHub.Domain.Boards;

/// <summary>Leads whose next follow-up is due in a span, those due first first; or those for which nothing is planned.</summary>
public sealed record FollowUpPlace(FollowUpSpan Span, FollowUpDays Days) : BoardPlace
{
    /// <inheritdoc/>
    public override string Key => Span.ToString().ToLowerInvariant();

    /// <inheritdoc/>
    public override bool Holds(BoardCard card) => Days.Of(card.FollowUpAt) == Span;

    /// <inheritdoc/>
    public override int Compare(BoardCard first, BoardCard second) =>
        Span is FollowUpSpan.None
            ? ByNumber.Compare(first, second)
            : (first.FollowUpAt, first.FollowUpId).CompareTo((second.FollowUpAt, second.FollowUpId));

    internal override IQueryable<Lead> Leads(HubDbContext db, IQueryable<Lead> found, BoardSlice slice)
    {
        if (Span is FollowUpSpan.None)
        {
            return ByNumber.Page(FollowUpStretch.Without(db, found), slice);
        }

        var due = Between(FollowUpStretch.Next(db), Days.Of(Span));
        if (slice.Card is { FollowUpAt: { } at, FollowUpId: { } id })
        {
            due = slice.Way switch
            {
                SliceWay.Above => due.Where(row =>
                    EF.Functions.LessThan(ValueTuple.Create(row.DueAt, row.Id), ValueTuple.Create(at, id))
                ),
                SliceWay.FromHere => due.Where(row =>
                    EF.Functions.GreaterThanOrEqual(ValueTuple.Create(row.DueAt, row.Id), ValueTuple.Create(at, id))
                ),
                _ => due.Where(row =>
                    EF.Functions.GreaterThan(ValueTuple.Create(row.DueAt, row.Id), ValueTuple.Create(at, id))
                ),
            };
        }

        var leads = due.Join(
            found,
            row => row.LeadId,
            lead => lead.Id,
            (row, lead) =>
                new
                {
                    row.DueAt,
                    row.Id,
                    Lead = lead,
                }
        );
        var ordered =
            slice.Way is SliceWay.Above
                ? leads.OrderByDescending(row => row.DueAt).ThenByDescending(row => row.Id)
                : leads.OrderBy(row => row.DueAt).ThenBy(row => row.Id);
        return ordered.Take(slice.Rows).Select(row => row.Lead);
    }

    private static IQueryable<FollowUp> Between(
        IQueryable<FollowUp> followUps,
        (DateTimeOffset? From, DateTimeOffset? Before) span
    )
    {
        if (span.From is { } from)
        {
            followUps = followUps.Where(row => row.DueAt >= from);
        }

        return span.Before is { } before ? followUps.Where(row => row.DueAt < before) : followUps;
    }
}
