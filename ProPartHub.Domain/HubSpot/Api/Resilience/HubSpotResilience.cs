using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>
/// How a call is made: total timeout, retry, then for every attempt a place from the limiter, circuit breaker, attempt
/// timeout. One for the process, since breaker and limiter are shared by all calls.
/// </summary>
public sealed partial class HubSpotResilience
{
    private static readonly ResiliencePropertyKey<Run> RunKey = new("HubSpot call");

    private readonly HubSpotLimiter _limiter;
    private readonly TimeProvider _time;
    private readonly ILogger<HubSpotResilience> _logger;
    private readonly CircuitBreakerStateProvider _circuit = new();
    private readonly ResiliencePipeline _whole;
    private readonly ResiliencePipeline _attempt;
    private readonly Lock _gate = new();
    private DateTimeOffset? _failingSince;
    private DateTimeOffset? _lastAnswerAt;

    /// <summary>Builds both pipelines from the configured times.</summary>
    public HubSpotResilience(
        HubSpotLimiter limiter,
        IOptions<HubSpotOptions> options,
        TimeProvider time,
        ILogger<HubSpotResilience> logger
    )
    {
        (_limiter, _time, _logger) = (limiter, time, logger);
        _whole = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddTimeout(TotalTimeout(options.Value))
            .AddRetry(Retry(options.Value))
            .Build();
        _attempt = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(Breaker(options.Value))
            .AddTimeout(options.Value.AttemptTimeout)
            .Build();
    }

    /// <summary>Whether HubSpot answers.</summary>
    public HubSpotHealth Health()
    {
        lock (_gate)
        {
            return new(_circuit.CircuitState, _failingSince, _lastAnswerAt);
        }
    }

    /// <summary>Makes the call; <paramref name="send"/> is one attempt and throws what went wrong.</summary>
    /// <exception cref="HubSpotException">The last attempt's failure.</exception>
    internal async Task<byte[]> ExecuteAsync(
        HubSpotCall call,
        Func<HubSpotPlace, CancellationToken, Task<byte[]>> send,
        CancellationToken cancellationToken
    )
    {
        var run = new Run(call, send);
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(RunKey, run);
        try
        {
            return await _whole.ExecuteAsync(
                static async (context, self) => await self.Resilience.AttemptAsync(self.Run, context.CancellationToken),
                context,
                (Resilience: this, Run: run)
            );
        }
        catch (TimeoutRejectedException timeout)
        {
            throw OutcomeOf(call, new HubSpotTransportException("The call took too long in all.", run.IsSent, timeout));
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async Task<byte[]> AttemptAsync(Run run, CancellationToken cancellationToken)
    {
        var place = await _limiter.TakeAsync(run.Call.Bucket, run.Call.Priority, cancellationToken);
        var begun = _time.GetTimestamp();
        try
        {
            run.IsSent = true;
            var body = await _attempt.ExecuteAsync(
                static async (self, token) => await self.run.Send(self.place, token),
                (run, place),
                cancellationToken
            );
            Answered();
            Measure(run, begun, "ok");
            return body;
        }
        catch (BrokenCircuitException open)
        {
            run.IsSent = false;
            _limiter.GiveBack(place);
            throw new HubSpotCircuitOpenException(open.RetryAfter, open);
        }
        catch (TimeoutRejectedException timeout)
        {
            run.IsSent = false;
            Failed();
            Measure(run, begun, "timeout");
            throw OutcomeOf(run.Call, new HubSpotTransportException("HubSpot did not answer in time.", true, timeout));
        }
        catch (HubSpotException failure)
        {
            run.IsSent = false;
            Note(place, failure);
            Measure(run, begun, OutcomeTag(failure));
            throw OutcomeOf(run.Call, failure);
        }
    }

    // A creating call that may have arrived is reported as such and so never repeated by the retry around it.
    private static HubSpotException OutcomeOf(HubSpotCall call, HubSpotException failure) =>
        !call.IsRepeatable && failure.LeavesOutcomeOpen
            ? new HubSpotWriteOutcomeUnknownException(call.Operation, failure)
            : failure;

    private void Note(HubSpotPlace place, HubSpotException failure)
    {
        if (failure is HubSpotServerException or HubSpotTransportException)
        {
            Failed();
            return;
        }

        Answered();
        if (failure is HubSpotRateLimitedException refusal)
        {
            LogRefused(refusal.Limit, refusal.RetryAfter);
            HubMetrics.HubSpotRefusals.Add(1, new KeyValuePair<string, object?>("limit", refusal.Limit.ToString()));
            _limiter.Refuse(place, refusal.Limit, refusal.RetryAfter);
        }
    }

    private void Measure(Run run, long begun, string outcome) =>
        HubMetrics.HubSpotRequests.Record(
            _time.GetElapsedTime(begun).TotalSeconds,
            new("bucket", run.Call.Bucket.ToString()),
            new KeyValuePair<string, object?>("outcome", outcome)
        );

    private static string OutcomeTag(HubSpotException failure) =>
        failure switch
        {
            HubSpotRateLimitedException => "limited",
            HubSpotServerException => "server",
            HubSpotTransportException => "transport",
            _ => "refused",
        };

    private void Answered()
    {
        lock (_gate)
        {
            (_failingSince, _lastAnswerAt) = (null, _time.GetUtcNow());
        }
    }

    private void Failed()
    {
        lock (_gate)
        {
            _failingSince ??= _time.GetUtcNow();
        }
    }

    // Backfill may wait for the next day, so it has no total; each of its attempts still has its timeout.
    private static TimeoutStrategyOptions TotalTimeout(HubSpotOptions options) =>
        new()
        {
            TimeoutGenerator = arguments =>
                ValueTask.FromResult(
                    PriorityOf(arguments.Context) == HubSpotPriority.Backfill
                        ? Timeout.InfiniteTimeSpan
                        : options.TotalTimeout
                ),
        };

    private RetryStrategyOptions Retry(HubSpotOptions options) =>
        new()
        {
            MaxRetryAttempts = options.MaxRetries,
            Delay = options.RetryDelay,
            MaxDelay = options.MaxRetryDelay,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = arguments =>
                ValueTask.FromResult(
                    arguments.Outcome.Exception is HubSpotException { IsTransient: true } failure
                        && (failure.RetryAfter is null || failure.RetryAfter <= options.MaxRetryDelay)
                ),
            // Null means Polly's own backoff with jitter.
            DelayGenerator = arguments =>
                ValueTask.FromResult((arguments.Outcome.Exception as HubSpotException)?.RetryAfter),
            OnRetry = arguments =>
            {
                LogRetry(
                    arguments.Context.Properties.GetValue(RunKey, null!).Call.Operation,
                    arguments.AttemptNumber + 1,
                    arguments.RetryDelay,
                    arguments.Outcome.Exception?.Message
                );
                return default;
            },
        };

    // A quiet hub makes a few calls a minute, so few failures must be enough to see that HubSpot is down.
    private CircuitBreakerStrategyOptions Breaker(HubSpotOptions options) =>
        new()
        {
            FailureRatio = 0.5,
            MinimumThroughput = 6,
            SamplingDuration = TimeSpan.FromMinutes(1),
            BreakDuration = options.CircuitBreakDuration,
            StateProvider = _circuit,
            ShouldHandle = arguments =>
                ValueTask.FromResult(
                    arguments.Outcome.Exception
                        is HubSpotServerException
                            or HubSpotTransportException
                            or TimeoutRejectedException
                ),
            OnOpened = arguments =>
            {
                LogOpened(arguments.BreakDuration);
                return default;
            },
            OnClosed = _ =>
            {
                LogClosed();
                return default;
            },
        };

    private static HubSpotPriority PriorityOf(ResilienceContext context) =>
        context.Properties.GetValue(RunKey, null!).Call.Priority;

    [LoggerMessage(LogLevel.Warning, "HubSpot: {Operation}, repeat {Attempt} in {Delay}: {Reason}")]
    private partial void LogRetry(string operation, int attempt, TimeSpan delay, string? reason);

    [LoggerMessage(LogLevel.Warning, "HubSpot refused a call: limit {Limit}, retry after {RetryAfter}")]
    private partial void LogRefused(HubSpotLimit limit, TimeSpan? retryAfter);

    [LoggerMessage(LogLevel.Error, "HubSpot keeps failing: nothing is sent for {Duration}")]
    private partial void LogOpened(TimeSpan duration);

    [LoggerMessage(LogLevel.Information, "HubSpot answers again")]
    private partial void LogClosed();

    private sealed class Run(HubSpotCall call, Func<HubSpotPlace, CancellationToken, Task<byte[]>> send)
    {
        public HubSpotCall Call => call;

        public Func<HubSpotPlace, CancellationToken, Task<byte[]>> Send => send;

        /// <summary>True while an attempt is under way: cut off then, it may have reached HubSpot.</summary>
        public bool IsSent { get; set; }
    }
}
