namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>
/// Leaves calls, mails, meetings, tasks and notes out, and says so of each. The former portal took them from the whole of
/// HubSpot and put them under whichever lead was read first, so that a lead holds the mails of other clients; whose they
/// truly are, HubSpot alone knows, and its sync brings them.
/// </summary>
internal sealed class LegacyActivities(LegacyRun run)
{
    /// <summary>Lists them.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        run.TableAsync(
            LegacyTable.Activities,
            // Nothing is ever brought of them, so no number of a kind of theirs is kept.
            default,
            (batch, _) =>
            {
                foreach (var row in batch.Rows)
                {
                    var type = row.Line("activity_type") ?? "activity";
                    batch.Note(
                        row,
                        LegacyRule.ActivityLeftOut,
                        $"{LegacyText.Cut(type, 20)} of lead {row.Raw("lead_id")}; HubSpot's sync brings those that are its own"
                    );
                }

                return Task.CompletedTask;
            },
            cancellationToken
        );
}
