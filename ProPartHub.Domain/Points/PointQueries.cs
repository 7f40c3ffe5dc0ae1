using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Points;

/// <summary>The share that holds for somebody.</summary>
/// <param name="Percent">Percent.</param>
/// <param name="IsPersonal">True for a rate set for this person; false for the level's.</param>
/// <param name="Since">From when a personal rate holds (UTC).</param>
/// <param name="Reason">Why a personal rate was set, where somebody said.</param>
public sealed record Commission(decimal Percent, bool IsPersonal, DateTimeOffset? Since, string? Reason);

/// <summary>How somebody stands.</summary>
/// <param name="UserId">The person.</param>
/// <param name="Name">The person's name.</param>
/// <param name="IsOn">False when there are no points; then nothing here but the commission means anything.</param>
/// <param name="Points">All points together.</param>
/// <param name="Level">The level that they make.</param>
/// <param name="Next">The next level; null at the highest.</param>
/// <param name="Goal">Points that everybody strives for.</param>
/// <param name="Commission">The share that holds; null for who is not verified or has none.</param>
/// <param name="MayCorrect">Whether the reader may correct these points.</param>
public sealed record Standing(
    Guid UserId,
    string Name,
    bool IsOn,
    int Points,
    LevelRule Level,
    LevelRule? Next,
    int Goal,
    Commission? Commission,
    bool MayCorrect
)
{
    /// <summary>How much of the goal is reached, in percent from 0 to 100: points / goal · 100.</summary>
    public int GoalPercent => (int)Math.Clamp(Points * 100L / Math.Max(1, Goal), 0, 100);

    /// <summary>Points that are missing to the next level; null at the highest.</summary>
    public int? ToNext => Next is null ? null : Next.From - Points;
}

/// <summary>An entry of the ledger as people read it.</summary>
/// <param name="Id">The entry.</param>
/// <param name="At">When it happened (UTC).</param>
/// <param name="Kind">What for.</param>
/// <param name="Points">How many; negative where they were taken.</param>
/// <param name="LeadId">The lead, where the reader may see it now.</param>
/// <param name="LeadNumber">Its short number, likewise.</param>
/// <param name="ClientName">Its client, likewise.</param>
/// <param name="ByName">Who caused it.</param>
/// <param name="Reason">Why, for corrections.</param>
public sealed record LedgerRow(
    Guid Id,
    DateTimeOffset At,
    PointKind Kind,
    int Points,
    Guid? LeadId,
    long? LeadNumber,
    string? ClientName,
    string ByName,
    string? Reason
);

/// <summary>Reads points.</summary>
public sealed class PointQueries(HubDatabase database)
{
    /// <summary>Rows of a ledger's page.</summary>
    public const int PageSize = 30;

    /// <summary>How somebody stands; three commands.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="userId">About whom; null for the own.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="NotFoundException">There is no such person for the actor.</exception>
    public async Task<Standing> StandingAsync(Actor actor, Guid? userId, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        return await StandingAsync(db, actor, userId ?? actor.UserId, cancellationToken);
    }

    /// <summary>A page of somebody's ledger, newest first.</summary>
    /// <param name="actor">Who asks; leads out of this person's sight are not named.</param>
    /// <param name="userId">Whose; null for the own.</param>
    /// <param name="page">Which page, from 1.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="NotFoundException">There is no such person for the actor.</exception>
    public async Task<NumberedPage<LedgerRow>> LedgerAsync(
        Actor actor,
        Guid? userId,
        int page,
        CancellationToken cancellationToken
    )
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var whose = userId ?? actor.UserId;
        if (!await PointRights.LedgersOf(db, actor).AnyAsync(user => user.Id == whose, cancellationToken))
        {
            throw await PointRights.NoPersonAsync(db, actor, whose, cancellationToken);
        }

        var visible = db.Leads.VisibleTo(actor);
        return await db
            .PointEntries.Where(entry => entry.UserId == whose)
            .OrderByDescending(entry => entry.At)
            .ThenByDescending(entry => entry.Id)
            .LeftJoin(
                visible,
                entry => entry.LeadId,
                lead => lead.Id,
                (entry, lead) => new { Entry = entry, Lead = lead }
            )
            .Select(row => new LedgerRow(
                row.Entry.Id,
                row.Entry.At,
                row.Entry.Kind,
                row.Entry.Points,
                row.Lead == null ? null : row.Lead.Id,
                row.Lead == null ? null : row.Lead.Number,
                row.Lead == null ? null : row.Lead.ClientName,
                row.Entry.ByName,
                row.Entry.Reason
            ))
            .PageAsync(page, PageSize, cancellationToken);
    }

    private static async Task<Standing> StandingAsync(
        HubDbContext db,
        Actor actor,
        Guid userId,
        CancellationToken cancellationToken
    )
    {
        var person =
            await PointRights
                .LedgersOf(db, actor)
                .Where(user => user.Id == userId)
                .Select(user => new
                {
                    user.DisplayName,
                    IsPaid = user.Role == Role.Agent && user.IsVerified,
                    Rate = db
                        .CommissionRates.Where(rate => rate.UserId == userId)
                        .OrderByDescending(rate => rate.Since)
                        .Select(rate => new Commission(rate.Percent, true, rate.Since, rate.Reason))
                        .FirstOrDefault(),
                })
                .SingleOrDefaultAsync(cancellationToken)
            ?? throw await PointRights.NoPersonAsync(db, actor, userId, cancellationToken);
        var rules = await PointLedger.RulesAsync(db, cancellationToken);
        var points = await db
            .PointEntries.Where(entry => entry.UserId == userId)
            .SumAsync(entry => entry.Points, cancellationToken);
        var level = rules.LevelOf(points);
        var commission = !person.IsPaid
            ? null
            : person.Rate ?? (rules.IsOn ? new Commission(level.Percent, false, null, null) : null);
        return new(
            userId,
            person.DisplayName,
            rules.IsOn,
            points,
            level,
            rules.NextAfter(level),
            rules.Goal,
            commission,
            rules.IsOn && PointRights.Corrects(actor, userId)
        );
    }
}
