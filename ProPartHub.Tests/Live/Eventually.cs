namespace ProPartHub.Tests.Live;

/// <summary>Waits for what another thread or PostgreSQL is about to do; the limit only ends a test that hangs.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static Task IsAsync(Func<bool> isTrue, CancellationToken cancellationToken) =>
        IsAsync(isTrue, () => { }, cancellationToken);

    /// <param name="isTrue">What to wait for.</param>
    /// <param name="nudge">Done between looks, such as moving a fake clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static Task IsAsync(Func<bool> isTrue, Action nudge, CancellationToken cancellationToken) =>
        IsAsync(
            () =>
            {
                var answer = isTrue();
                if (!answer)
                {
                    nudge();
                }

                return Task.FromResult(answer);
            },
            cancellationToken
        );

    public static async Task IsAsync(Func<Task<bool>> isTrue, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        while (!await isTrue())
        {
            await Task.Delay(10, limit.Token);
        }
    }
}
