using ProPartHub.HubSpotSandbox.Account;
using ProPartHub.HubSpotSandbox.Http;

namespace ProPartHub.HubSpotSandbox.Objects;

/// <summary>The answer to a batch call.</summary>
internal sealed record BatchView<T>(IReadOnlyList<T> Results, string StartedAt, string CompletedAt)
{
    public string Status { get; } = "COMPLETE";
    public int? NumErrors { get; init; }
    public IReadOnlyList<ApiError>? Errors { get; init; }
}

internal static class BatchAnswers
{
    public const int LargestBatch = 100;

    public static IReadOnlyList<T> Inputs<T>(this BatchInput<T> batch, int largest = LargestBatch) =>
        batch.Inputs is not { Count: > 0 } inputs
            ? throw ApiError.Validation("At least one input is required in a batch").Exception()
        : inputs.Count > largest
            ? throw ApiError
                .Validation($"The maximum number of inputs supported in a batch is {largest}, received {inputs.Count}")
                .Exception()
        : inputs;

    /// <summary>
    /// Results in an order of their own, as HubSpot gives them: who pairs them with the inputs by position is wrong.
    /// </summary>
    public static ApiAnswer Answer<T>(
        this HubSpotAccount account,
        ApiVersion version,
        int fullSuccess,
        List<T> results,
        IReadOnlyList<ApiError> errors
    )
    {
        var shuffled = results.ToArray();
        account.Random.Shuffle(shuffled);
        var now = HubSpotTime.Format(account.Now);
        var view = new BatchView<T>(shuffled, now, now);
        return errors.Count == 0
            ? new ApiAnswer(fullSuccess, view)
            : new ApiAnswer(
                version.PartialSuccess(fullSuccess),
                view with
                {
                    NumErrors = errors.Count,
                    Errors = errors,
                }
            );
    }
}
