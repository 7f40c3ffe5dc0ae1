using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Assignment;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Notifications;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.ServiceLevels;

/// <summary>Carries out steps of one service level inside the caller's transaction, which holds the desk's lock.</summary>
internal sealed class ServiceSteps(
    HubDbContext db,
    ServiceLevel level,
    WorkingClock clock,
    AgencyCalendar calendar,
    DateTimeOffset now
)
{
    private readonly List<Occasion> _occasions = [];
    private readonly LeadRecorder _recorder = new(Actor.System, ChangeOrigin.System, now) { ActorName = level.Name };
    private AssignmentDesk? _desk;
    private ILookup<Guid?, Guid>? _managers;
    private IReadOnlyList<Guid> _admins = [];

    /// <summary>What is to be told at the end.</summary>
    public IReadOnlyList<Occasion> Occasions => _occasions;

    /// <summary>Takes a step for a lead; it stands in the lead's history in the name of the service level.</summary>
    public async Task TakeAsync(Lead lead, ServiceAct act, int step, CancellationToken cancellationToken)
    {
        switch (act)
        {
            case ServiceAct.Remind:
                Record(lead, act);
                Tell(lead, lead.AgentId!.Value, NotificationKind.ServiceReminder, step);
                break;
            case ServiceAct.Escalate:
                Record(lead, act);
                foreach (var person in await LeadersAsync(lead, cancellationToken))
                {
                    Tell(lead, person, NotificationKind.ServiceEscalation, step);
                }

                break;
            case ServiceAct.FollowUp:
                Record(lead, act);
                await PlanAsync(lead, cancellationToken);
                break;
            case ServiceAct.Reassign:
                _desk ??= await AssignmentDesk.OpenAsync(db, calendar.DayOf(now), cancellationToken);
                await GiveAsync(lead, _desk.Choose(db, lead).PersonId, cancellationToken);
                break;
            default:
                await GiveAsync(lead, null, cancellationToken);
                break;
        }
    }

    private Task GiveAsync(Lead lead, Guid? person, CancellationToken cancellationToken) =>
        AssignmentRound.GiveAsync(db, lead, person, level.Name, now, cancellationToken);

    private async Task PlanAsync(Lead lead, CancellationToken cancellationToken)
    {
        var followUp = new FollowUp
        {
            LeadId = lead.Id,
            Title = level.FollowUpTitle ?? level.Name,
            DueAt = clock.NextOpening(now),
            AuthorName = level.Name,
            Origin = ChangeOrigin.System,
            CreatedAt = now,
        };
        db.FollowUps.Add(followUp);
        _recorder.Record(db, lead, LeadEventKind.FollowUpAdded, FollowUpFields.New(followUp), followUp.Id);
        await _recorder.MarkForHubSpotAsync(db, OutboxKind.FollowUp, followUp.Id, lead.Id, cancellationToken);
    }

    private void Record(Lead lead, ServiceAct act) =>
        _recorder.Record(db, lead, LeadEventKind.RuleApplied, [new(ServiceRound.StepField, null, act.ToString())]);

    private void Tell(Lead lead, Guid person, NotificationKind kind, int step) =>
        _occasions.Add(
            new Occasion(
                person,
                kind,
                string.Create(CultureInfo.InvariantCulture, $"service:{Short(level.Id)}:{Short(lead.Id)}:{step}"),
                now
            )
            {
                LeadId = lead.Id,
                Facts = new() { ServiceLevel = level.Name },
            }
        );

    // Two keys in the length of an occasion.
    private static string Short(Guid id) => Convert.ToBase64String(id.ToByteArray()).TrimEnd('=');

    private async Task<IEnumerable<Guid>> LeadersAsync(Lead lead, CancellationToken cancellationToken)
    {
        if (_managers is null)
        {
            var leaders = await db
                .Users.AsNoTracking()
                .Where(user => user.IsActive && user.Role != Role.Agent)
                .Select(user => new
                {
                    user.Id,
                    user.Role,
                    user.TeamId,
                })
                .ToListAsync(cancellationToken);
            _managers = leaders
                .Where(user => user is { Role: Role.Manager, TeamId: not null })
                .ToLookup(user => user.TeamId, user => user.Id);
            _admins = [.. leaders.Where(user => user.Role is Role.Admin).Select(user => user.Id)];
        }

        return lead.TeamId is not null && _managers.Contains(lead.TeamId) ? _managers[lead.TeamId] : _admins;
    }
}
