namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>Pairs a batch answer with its inputs by their marks, never by their order.</summary>
internal static class BatchPairing
{
    private static readonly string[] ContextNames = ["objectWriteTraceId", "ids", "id"];

    /// <summary>Which input each created record answers: by trace id, else by the value of a unique property.</summary>
    public static HubSpotBatchWrite Created(
        IReadOnlyList<HubSpotCreate> inputs,
        string? uniqueProperty,
        BatchAnswer<HubSpotObject> answer
    )
    {
        var traceByValue = uniqueProperty is null
            ? []
            : inputs
                .Where(input => !string.IsNullOrEmpty(input.Properties.GetValueOrDefault(uniqueProperty)))
                // HubSpot lower-cases e-mails.
                .ToDictionary(
                    input => input.Properties[uniqueProperty]!,
                    input => input.TraceId,
                    StringComparer.OrdinalIgnoreCase
                );
        string? Trace(HubSpotObject made) =>
            made.ObjectWriteTraceId
            ?? (uniqueProperty is null ? null : traceByValue.GetValueOrDefault(made[uniqueProperty] ?? ""));

        return Write([.. inputs.Select(input => input.TraceId)], answer, Trace);
    }

    /// <summary>Which input each updated record answers: its id, or an id that was merged into it.</summary>
    public static HubSpotBatchWrite Updated(IReadOnlyList<HubSpotUpdate> inputs, BatchAnswer<HubSpotObject> answer)
    {
        var ids = inputs.Select(input => input.Id).ToList();
        return Write(ids, answer, made => made.ObjectWriteTraceId ?? made.Id);
    }

    /// <summary>Which asked id each record answers: its own, or those that were merged into it.</summary>
    public static HubSpotBatchRead Read(IReadOnlyList<string> asked, BatchAnswer<HubSpotObject> answer)
    {
        var found = new Dictionary<string, HubSpotObject>();
        foreach (var record in answer.Results)
        {
            foreach (var id in asked.Where(id => id == record.Id || record.MergedIds.Contains(id)))
            {
                found[id] = record;
            }
        }

        var missing = answer
            .Errors.Where(error => error.Category == "OBJECT_NOT_FOUND")
            .SelectMany(Marks)
            .Where(id => asked.Contains(id) && !found.ContainsKey(id))
            .ToHashSet();
        return new(found, [.. missing], [.. asked.Where(id => !found.ContainsKey(id) && !missing.Contains(id))]);
    }

    private static HubSpotBatchWrite Write(
        List<string> marks,
        BatchAnswer<HubSpotObject> answer,
        Func<HubSpotObject, string?> markOf
    )
    {
        var done = new Dictionary<string, HubSpotObject>();
        foreach (var made in answer.Results)
        {
            if (markOf(made) is { } mark && marks.Contains(mark))
            {
                done[mark] = made;
            }
        }

        var failed = new Dictionary<string, HubSpotException>();
        foreach (var error in answer.Errors)
        {
            foreach (var mark in Marks(error).Where(mark => marks.Contains(mark) && !done.ContainsKey(mark)))
            {
                failed[mark] = HubSpotErrorReader.ReadBatchError(error);
            }
        }

        return new(done, failed, [.. marks.Where(mark => !done.ContainsKey(mark) && !failed.ContainsKey(mark))]);
    }

    private static IEnumerable<string> Marks(HubSpotErrorBody error) =>
        ContextNames.SelectMany(name => error.Context.Texts(name));
}
