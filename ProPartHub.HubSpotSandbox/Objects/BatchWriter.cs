using ProPartHub.HubSpotSandbox.Account;
using ProPartHub.HubSpotSandbox.Http;

namespace ProPartHub.HubSpotSandbox.Objects;

/// <summary>
/// Writes many records in one call. When every input carries a trace id of its own, the good ones are written and the
/// bad ones listed by it; without, one bad input fails the whole batch and nothing is written.
/// </summary>
internal sealed class BatchWriter(HubSpotAccount account, RecordWriter writer, RecordProjector projector)
{
    public ApiAnswer Write(
        ApiVersion version,
        int fullSuccess,
        IReadOnlyList<WriteInput> inputs,
        Func<WriteInput, PreparedWrite> prepare,
        bool tellsNew = false
    )
    {
        RefuseRepeatedTraceIds(inputs);
        var isTraced = inputs.All(input => input.ObjectWriteTraceId is not null);
        var results = new List<RecordView>();
        var errors = new List<ApiError>();
        if (isTraced)
        {
            foreach (var input in inputs)
                WriteTraced(input);
        }
        else
        {
            foreach (var (input, write) in inputs.Select(input => (input, prepare(input))).ToList())
                results.Add(Commit(input, write, tellsNew));
        }

        return account.Answer(version, fullSuccess, results, errors);

        void WriteTraced(WriteInput input)
        {
            try
            {
                results.Add(Commit(input, prepare(input), tellsNew));
            }
            catch (ApiException refusal)
            {
                errors.Add(refusal.Error.About("objectWriteTraceId", input.ObjectWriteTraceId!));
            }
        }
    }

    private RecordView Commit(WriteInput input, PreparedWrite write, bool tellsNew)
    {
        var record = writer.Commit(write, account.Now, ChangeSource.Integration(account.Options.AppId));
        var view = write.Target is null
            ? RecordProjector.ShowCreated(record)
            : projector.ShowUpdated(record, input.Properties?.Keys ?? Enumerable.Empty<string>());
        return view with
        {
            ObjectWriteTraceId = input.ObjectWriteTraceId,
            New = tellsNew ? write.Target is null : null,
        };
    }

    /// <summary>Inputs of one batch must name different records.</summary>
    public static void RefuseRepeated(string what, IEnumerable<string?> keys)
    {
        var repeated = keys.OfType<string>()
            .GroupBy(key => key, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key)
            .ToList();
        if (repeated.Count > 0)
            throw ApiError
                .Validation($"Duplicate {what} found in batch input: [{string.Join(", ", repeated)}]")
                .Exception();
    }

    private static void RefuseRepeatedTraceIds(IReadOnlyList<WriteInput> inputs) =>
        RefuseRepeated("objectWriteTraceIds", inputs.Select(input => input.ObjectWriteTraceId));
}
