using ProPartHub.Domain.HubSpot.Api;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>What became of one record that was sent.</summary>
/// <param name="Record">The record as HubSpot answered; null when it was not written.</param>
/// <param name="Refused">Properties that HubSpot did not take, with its words.</param>
/// <param name="Failure">Why the whole record was not written.</param>
internal sealed record SentRecord(
    HubSpotObject? Record,
    IReadOnlyDictionary<string, string> Refused,
    HubSpotException? Failure
);

/// <summary>
/// Sends records by batch. A value that HubSpot refuses is left out and the rest of its record sent again, so that one
/// bad field holds neither its record nor the batch.
/// </summary>
internal sealed class RecordSender(HubSpotClient client)
{
    /// <summary>Changes records; keys are their ids.</summary>
    public async Task<Dictionary<string, SentRecord>> UpdateAsync(
        string type,
        IReadOnlyDictionary<string, Dictionary<string, string?>> changes,
        CancellationToken cancellationToken
    )
    {
        var sent = new Dictionary<string, SentRecord>();
        foreach (var chunk in changes.Where(change => change.Value.Count > 0).Chunk(HubSpotClient.BatchSize))
        {
            await SendAsync(
                chunk.ToDictionary(change => change.Key, change => new Dictionary<string, string?>(change.Value)),
                pending =>
                    client.UpdateBatchAsync(
                        type,
                        [.. pending.Select(entry => new HubSpotUpdate(entry.Key, entry.Value))],
                        HubSpotPriority.Push,
                        cancellationToken
                    ),
                sent
            );
        }

        return sent;
    }

    /// <summary>Creates records; keys are the trace ids.</summary>
    /// <exception cref="HubSpotWriteOutcomeUnknownException">Any of them may have been made.</exception>
    public async Task<Dictionary<string, SentRecord>> CreateAsync(
        string type,
        IReadOnlyList<HubSpotCreate> inputs,
        string? uniqueProperty,
        CancellationToken cancellationToken
    )
    {
        var sent = new Dictionary<string, SentRecord>();
        foreach (var chunk in inputs.Chunk(HubSpotClient.BatchSize))
        {
            var associations = chunk.ToDictionary(input => input.TraceId, input => input.Associations);
            await SendAsync(
                chunk.ToDictionary(input => input.TraceId, input => new Dictionary<string, string?>(input.Properties)),
                pending =>
                    client.CreateBatchAsync(
                        type,
                        [
                            .. pending.Select(entry => new HubSpotCreate(
                                entry.Key,
                                entry.Value,
                                associations[entry.Key]
                            )),
                        ],
                        uniqueProperty,
                        HubSpotPriority.Push,
                        cancellationToken
                    ),
                sent,
                uniqueProperty is null
                    ? null
                    : failed => MadeAsync(type, uniqueProperty, chunk, failed, cancellationToken)
            );
        }

        return sent;
    }

    // A create that was carried out though its answer was an error, and then tried again: what is refused as taken is our
    // own record. Left out of the second try, the mark would let it be made twice.
    private async Task<Dictionary<string, HubSpotObject>> MadeAsync(
        string type,
        string uniqueProperty,
        IEnumerable<HubSpotCreate> inputs,
        Dictionary<string, HubSpotException> failed,
        CancellationToken cancellationToken
    )
    {
        var taken = inputs
            .Where(input => failed.TryGetValue(input.TraceId, out var failure) && Names(failure, uniqueProperty))
            .ToDictionary(input => input.TraceId, input => input.Properties);
        if (taken.Count == 0)
        {
            return [];
        }

        var made = await client.FindManyByAsync(
            type,
            uniqueProperty,
            [.. taken.Values.Select(properties => properties[uniqueProperty]!)],
            [.. taken.Values.SelectMany(properties => properties.Keys).Distinct()],
            HubSpotPriority.Push,
            cancellationToken
        );
        return taken
            .Where(input => made.ContainsKey(input.Value[uniqueProperty]!))
            .ToDictionary(input => input.Key, input => made[input.Value[uniqueProperty]!]);
    }

    private static async Task SendAsync(
        Dictionary<string, Dictionary<string, string?>> pending,
        Func<Dictionary<string, Dictionary<string, string?>>, Task<HubSpotBatchWrite>> send,
        Dictionary<string, SentRecord> sent,
        Func<Dictionary<string, HubSpotException>, Task<Dictionary<string, HubSpotObject>>>? findMade = null
    )
    {
        var refused = pending.ToDictionary(entry => entry.Key, _ => new Dictionary<string, string>());
        while (pending.Count > 0)
        {
            var (done, failed) = await TryAsync(pending, send);
            foreach (var (mark, record) in done)
            {
                sent[mark] = new(record, refused[mark], Failure: null);
                pending.Remove(mark);
            }

            var made = findMade is null ? [] : await findMade(failed);
            foreach (var (mark, failure) in failed)
            {
                // Each round drops a property or a record, so the loop ends.
                if (made.TryGetValue(mark, out var ours))
                {
                    sent[mark] = new(ours, refused[mark], Failure: null);
                    pending.Remove(mark);
                }
                else if (!Drop(pending[mark], failure, refused[mark]))
                {
                    sent[mark] = new(Record: null, refused[mark], failure);
                    pending.Remove(mark);
                }
                else if (pending[mark].Count == 0)
                {
                    sent[mark] = new(Record: null, refused[mark], Failure: null);
                    pending.Remove(mark);
                }
            }

            if (done.Count == 0 && failed.Count == 0)
            {
                // HubSpot said nothing about them; the caller tries again later.
                return;
            }
        }
    }

    // Where HubSpot refuses the batch as a whole, the records go one by one, so that the guilty one is found.
    private static async Task<(
        Dictionary<string, HubSpotObject> Done,
        Dictionary<string, HubSpotException> Failed
    )> TryAsync(
        Dictionary<string, Dictionary<string, string?>> pending,
        Func<Dictionary<string, Dictionary<string, string?>>, Task<HubSpotBatchWrite>> send
    )
    {
        try
        {
            var answer = await send(pending);
            return (new(answer.Done), new(answer.Failed));
        }
        catch (HubSpotException refusal) when (IsAboutValues(refusal))
        {
            if (pending.Count == 1)
            {
                return ([], new() { [pending.Keys.Single()] = refusal });
            }
        }

        var done = new Dictionary<string, HubSpotObject>();
        var failed = new Dictionary<string, HubSpotException>();
        foreach (var entry in pending)
        {
            var (oneDone, oneFailed) = await TryAsync(new() { [entry.Key] = entry.Value }, send);
            oneDone.ToList().ForEach(pair => done.Add(pair.Key, pair.Value));
            oneFailed.ToList().ForEach(pair => failed.Add(pair.Key, pair.Value));
        }

        return (done, failed);
    }

    private static bool Drop(
        Dictionary<string, string?> properties,
        HubSpotException failure,
        Dictionary<string, string> refused
    )
    {
        var named =
            failure is HubSpotValidationException
                ? failure.Fault.Issues.Where(issue =>
                    issue.Property is not null && properties.ContainsKey(issue.Property)
                )
                : [];
        var dropped = false;
        foreach (var issue in named.ToList())
        {
            dropped |= properties.Remove(issue.Property!);
            refused[issue.Property!] = issue.Message;
        }

        return dropped;
    }

    private static bool Names(HubSpotException failure, string property) =>
        failure.Fault.Issues.Any(issue => issue.Property == property);

    private static bool IsAboutValues(HubSpotException failure) =>
        failure is HubSpotValidationException or HubSpotConflictException or HubSpotNotFoundException;
}
