using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Assignment;

/// <summary>What the rules say of a lead.</summary>
/// <param name="Rule">The rule that decides.</param>
/// <param name="PersonId">Who gets it; null where it stays in the pool.</param>
/// <param name="IsDelayed">True when a rule fits whose people are all away or full: it is asked again later.</param>
internal sealed record AssignmentChoice(AssignmentRule Rule, Guid? PersonId, bool IsDelayed);

/// <summary>
/// Rules, people, turns and loads as of one moment; chooses for one lead after another and keeps count of what it gave, so
/// that a preview and the deed choose alike. Whoever means to store its choices holds <see cref="LockAsync"/>.
/// </summary>
internal sealed class AssignmentDesk
{
    private readonly IReadOnlyList<AssignmentRule> _rules;
    private readonly Dictionary<Guid, Seat> _seats;
    private readonly Dictionary<(Guid Rule, Guid Person), AssignmentTurn> _turns;

    private AssignmentDesk(
        IReadOnlyList<AssignmentRule> rules,
        Dictionary<Guid, Seat> seats,
        Dictionary<(Guid, Guid), AssignmentTurn> turns
    ) => (_rules, _seats, _turns) = (rules, seats, turns);

    /// <summary>Lets one transaction at a time choose: turns are fair, and no one gets two leads for one place.</summary>
    public static Task LockAsync(HubDbContext db, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"SELECT pg_advisory_xact_lock(hashtext({nameof(AssignmentDesk)}))",
            cancellationToken
        );

    /// <summary>Reads everything; four commands.</summary>
    /// <param name="db">The context; where it tracks, what is chosen is stored with its other changes.</param>
    /// <param name="today">The agency's day.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<AssignmentDesk> OpenAsync(
        HubDbContext db,
        DateOnly today,
        CancellationToken cancellationToken
    )
    {
        var rules = await db
            .AssignmentRules.Where(rule => rule.DeletedAt == null && rule.IsOn)
            .OrderBy(rule => rule.Place)
            .ThenBy(rule => rule.Id)
            .ToListAsync(cancellationToken);
        var people = await db
            .Users.Where(user =>
                user.IsActive
                && user.IsVerified
                && !db.Absences.Any(row => row.UserId == user.Id && row.FromDay <= today && row.ToDay >= today)
            )
            .OrderBy(user => user.DisplayName)
            .ThenBy(user => user.Id)
            .Select(user => new
            {
                user.Id,
                user.Role,
                user.TeamId,
                Most = db.LeadCapacities.Where(row => row.UserId == user.Id).Select(row => row.Most).FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);
        var loads = await db
            .StageFigures.Where(row => row.AgentId != null)
            .Join(
                db.Stages.Where(stage => stage.Status < LeadStatus.Won),
                row => row.StageId,
                stage => stage.Id,
                (row, _) => row
            )
            .GroupBy(row => row.AgentId!.Value)
            .Select(group => new { group.Key, Leads = group.Sum(row => row.Leads) })
            .ToDictionaryAsync(row => row.Key, row => row.Leads, cancellationToken);
        var turns = await db.AssignmentTurns.ToDictionaryAsync(turn => (turn.RuleId, turn.UserId), cancellationToken);
        var seats = people.Select(
            (person, place) =>
                new Seat(person.Id, person.Role, person.TeamId, person.Most, place)
                {
                    Load = loads.GetValueOrDefault(person.Id),
                }
        );
        return new AssignmentDesk(rules, seats.ToDictionary(seat => seat.Id), turns);
    }

    /// <summary>Chooses for a lead and counts it as given.</summary>
    /// <param name="db">Takes new turns; null for a preview.</param>
    /// <param name="lead">The lead.</param>
    public AssignmentChoice Choose(HubDbContext? db, Lead lead)
    {
        AssignmentRule? without = null;
        foreach (var rule in _rules.Where(rule => rule.IsDefault || rule.Fits(lead)))
        {
            if (rule.Target is AssignmentTarget.Pool)
            {
                return new(without ?? rule, null, IsDelayed: without is not null);
            }

            if (Find(rule, lead.AgentId) is { } seat)
            {
                Give(db, rule, seat);
                return new(rule, seat.Id, IsDelayed: false);
            }

            without ??= rule;
        }

        // The default is always among them; only where its own people are all away nobody is found.
        return new(without ?? _rules[^1], null, IsDelayed: true);
    }

    private Seat? Find(AssignmentRule rule, Guid? present)
    {
        var free = _seats.Values.Where(seat => seat.Id != present && seat.IsFree);
        return rule.Target switch
        {
            AssignmentTarget.Person => free.FirstOrDefault(seat => seat.Id == rule.PersonId),
            AssignmentTarget.RoundRobin => OfTeam()
                .OrderBy(seat => TurnOf(rule, seat))
                .ThenBy(seat => seat.Place)
                .FirstOrDefault(),
            AssignmentTarget.LeastBusy => OfTeam()
                .OrderBy(seat => seat.Load)
                .ThenBy(seat => TurnOf(rule, seat))
                .ThenBy(seat => seat.Place)
                .FirstOrDefault(),
            _ => null,
        };

        IEnumerable<Seat> OfTeam() =>
            free.Where(seat => seat.Role is Role.Agent && rule.TeamId is { } team && seat.TeamId == team);
    }

    private long TurnOf(AssignmentRule rule, Seat seat) => _turns.GetValueOrDefault((rule.Id, seat.Id))?.Turn ?? 0;

    private void Give(HubDbContext? db, AssignmentRule rule, Seat seat)
    {
        seat.Load++;
        rule.Turns++;
        if (!_turns.TryGetValue((rule.Id, seat.Id), out var turn))
        {
            turn = new AssignmentTurn { RuleId = rule.Id, UserId = seat.Id };
            _turns[(rule.Id, seat.Id)] = turn;
            db?.AssignmentTurns.Add(turn);
        }

        turn.Turn = rule.Turns;
    }

    private sealed record Seat(Guid Id, Role Role, Guid? TeamId, int? Most, int Place)
    {
        public int Load { get; set; }

        public bool IsFree => Most is not { } most || Load < most;
    }
}
