using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProPartHub.Domain.Assignment;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.People;
using ProPartHub.Domain.ServiceLevels;
using ProPartHub.Domain.Telemetry;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Automation;

/// <summary>
/// Does in the background what nobody has to ask for: gives new leads to agents, takes the steps of service levels, makes
/// follow-ups of birthdays and the next of those that repeat. At once when a lead comes or a follow-up is done, and every minute by the clock. On several instances whichever comes
/// first does it: each transaction holds a lock of the database and leaves a mark.
/// </summary>
public sealed partial class AutomationKeeping(
    AssignmentRound assignment,
    ServiceRound services,
    BirthdayFollowUps birthdays,
    RepeatedFollowUps repeated,
    LeadFeed feed,
    WorkLog work,
    TimeProvider time,
    ILogger<AutomationKeeping> logger
) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    // Of all that happens only this is a matter of seconds: somebody waits for an agent, or looks at the lead.
    private static readonly LeadEventKind[] Hurries = [LeadEventKind.Created, LeadEventKind.FollowUpDone];

    private readonly WakeSignal _wakes = new();

    /// <summary>Does what is due now.</summary>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        await assignment.RunAsync(cancellationToken);
        await services.RunAsync(cancellationToken);
        await birthdays.MakeAsync(cancellationToken);
        await repeated.MakeAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var pump = feed.Start(
            Actor.System,
            batch =>
            {
                if (batch.MustRefresh || batch.Changes.Any(change => change.Kinds.Any(Hurries.Contains)))
                {
                    _wakes.Wake();
                }

                return Task.CompletedTask;
            }
        );
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await work.RunAsync(BackgroundWork.Automation, () => KeepAsync(stoppingToken));
            }
            catch (Exception exception) when (DatabaseOutage.MayPass(exception))
            {
                // Nothing is lost: what is due stays due.
                LogFailed(exception);
            }

            await _wakes.WaitAsync(Interval, time, stoppingToken);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Rules could not be carried out; the next try is in a minute")]
    private partial void LogFailed(Exception exception);
}
