namespace ProPartHub.Domain.Data;

/// <summary>Time that only goes on, however the machine's clock is set: for how long ago something was and how long it lasts.</summary>
internal static class SteadyTime
{
    /// <summary>Time since some moment before the process started; two readings give what has passed between them.</summary>
    public static TimeSpan Steady(this TimeProvider time) => time.GetElapsedTime(0);
}
