using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>Takes calls, mails and meetings into timelines; they are read only here.</summary>
internal sealed class ActivityIntake(SyncSession session)
{
    /// <summary>Takes up to a hundred in one transaction.</summary>
    /// <param name="kind">What they are.</param>
    /// <param name="reads">The records.</param>
    /// <param name="origin">Import, which leaves the history alone, or HubSpot.</param>
    /// <param name="alongside">What to write in the same transaction.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>How many activities are new or different.</returns>
    public Task<int> TakeAsync(
        EngagementType kind,
        IReadOnlyList<EngagementRead> reads,
        ChangeOrigin origin,
        Func<HubDbContext, CancellationToken, Task>? alongside,
        CancellationToken cancellationToken
    ) =>
        session.WriteAsync(
            async (db, token) =>
            {
                var settled = await EngagementRead.SettledAsync(db, reads, token);
                var ids = settled.Select(read => read.Record.Id).ToList();
                var leadIds = settled.SelectMany(read => read.LeadIds).Distinct().ToList();
                var stored = await db
                    .Activities.Where(row => row.Kind == kind.Kind && ids.Contains(row.HubSpotId))
                    .ToDictionaryAsync(row => (row.HubSpotId, row.LeadId), token);
                var leads =
                    origin is ChangeOrigin.Import
                        ? []
                        : await db
                            .Leads.Where(lead => leadIds.Contains(lead.Id))
                            .ToDictionaryAsync(row => row.Id, token);
                foreach (var read in settled)
                {
                    foreach (var leadId in read.LeadIds)
                    {
                        if (!stored.TryGetValue((read.Record.Id, leadId), out var activity))
                        {
                            activity = new Activity
                            {
                                LeadId = leadId,
                                Kind = kind.Kind!.Value,
                                HubSpotId = read.Record.Id,
                            };
                            db.Activities.Add(activity);
                            Fill(activity, kind, read.Record);
                            Announce(db, leads.GetValueOrDefault(leadId), activity, read.Record);
                        }
                        else
                        {
                            Fill(activity, kind, read.Record);
                        }
                    }
                }

                await (alongside?.Invoke(db, token) ?? Task.CompletedTask);
                return db.Changed<Activity>();
            },
            cancellationToken
        );

    /// <summary>Notes that HubSpot no longer has them.</summary>
    public Task GoneAsync(ActivityKind kind, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        session.WriteAsync(
            (db, token) =>
                db
                    .Activities.Where(row => row.Kind == kind && ids.Contains(row.HubSpotId) && row.DeletedAt == null)
                    .ExecuteUpdateAsync(row => row.SetProperty(activity => activity.DeletedAt, session.Now), token),
            cancellationToken
        );

    // The first import brings months of calls: timelines show them, the history does not repeat them.
    private void Announce(HubDbContext db, Lead? lead, Activity activity, HubSpotObject record)
    {
        if (lead is not null)
        {
            LeadWork.Note(lead, activity, session.Now);
            session
                .Recorder(record.UpdatedAt)
                .Record(db, lead, LeadEventKind.ActivityAdded, [], subjectId: activity.Id);
        }
    }

    private void Fill(Activity activity, EngagementType kind, HubSpotObject record)
    {
        activity.Subject = Text(kind.Subject, record);
        activity.Body = NoteText.ToText(record[kind.Body]) is { Length: > 0 } body ? body : null;
        activity.Direction = Text(kind.Direction, record);
        activity.Status = Text(kind.Status, record);
        activity.Duration = DurationOf(record);
        activity.OccurredAt = HubSpotTime.Parse(record[EngagementType.Time]) ?? record.CreatedAt ?? session.Now;
        activity.OwnerName = session.Map.Agents.OwnerName(record[EngagementType.Owner]);
        activity.DeletedAt = null;
    }

    private static string? Text(string? property, HubSpotObject record) =>
        property is not null && record[property] is { Length: > 0 } text ? IncomingText.Readable(text) : null;

    private static TimeSpan? DurationOf(HubSpotObject record)
    {
        if (
            PropertyValue.TryNumber(record[EngagementType.CallDuration], out var milliseconds)
            && milliseconds is >= 0 and < 86_400_000
        )
        {
            return TimeSpan.FromMilliseconds((double)milliseconds);
        }

        var start = HubSpotTime.Parse(record[EngagementType.MeetingStart]);
        var end = HubSpotTime.Parse(record[EngagementType.MeetingEnd]);
        return end > start ? end - start : null;
    }
}
