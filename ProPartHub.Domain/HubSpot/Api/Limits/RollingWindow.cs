namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>
/// The places taken in the last stretch of time and how many there may be. Not thread-safe: the limiter holds its lock.
/// Times are the limiter's monotonic clock.
/// </summary>
internal sealed class RollingWindow(int configured, TimeSpan length)
{
    /// <summary>How long nothing is sent after a 429 that gives no time of its own.</summary>
    private static readonly TimeSpan PauseWithoutRetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>The most places kept for edits and people: as many as sending one edit takes.</summary>
    private const int Reserve = 3;

    /// <summary>A small window keeps less: one place of so many.</summary>
    private const int ReserveShare = 30;

    // Sorted: places are taken at "now", and "now" never goes back.
    private readonly List<TimeSpan> _taken = [];
    private int _learned = int.MaxValue;
    private int _halvings;
    private TimeSpan _loweredAt = TimeSpan.MinValue;
    private TimeSpan _loweredUntil = TimeSpan.MinValue;
    private TimeSpan _pausedUntil = TimeSpan.MinValue;

    private bool IsLowered(TimeSpan now) => now < _loweredUntil;

    public TimeSpan? PausedUntil(TimeSpan now) => now < _pausedUntil ? _pausedUntil : null;

    public int Used(TimeSpan now)
    {
        _taken.RemoveRange(0, _taken.TakeWhile(taken => taken + length <= now).Count());
        return _taken.Count;
    }

    public int Limit(TimeSpan now)
    {
        var limit = Math.Min(configured, _learned);
        return IsLowered(now) ? Math.Max(1, limit >> _halvings) : limit;
    }

    public bool TryTake(TimeSpan now, HubSpotPriority priority)
    {
        if (now < _pausedUntil || Used(now) >= Allowed(now, priority))
        {
            return false;
        }

        _taken.Add(now);
        return true;
    }

    /// <summary>The earliest time at which asking again can help.</summary>
    public TimeSpan FreeAt(TimeSpan now, HubSpotPriority priority)
    {
        var freeAt = now;
        if (Used(now) - Allowed(now, priority) is >= 0 and var surplus)
        {
            freeAt = _taken[surplus] + length;
            if (IsLowered(now) && _loweredUntil < freeAt)
            {
                freeAt = _loweredUntil;
            }
        }

        return freeAt > _pausedUntil ? freeAt : _pausedUntil;
    }

    /// <summary>Frees a place whose request was never sent.</summary>
    public void GiveBack(TimeSpan takenAt) => _taken.Remove(takenAt);

    /// <summary>
    /// Takes HubSpot's own count from an answer. Nine tenths of the limit it states are the most that is ever used, whatever
    /// is configured; that tenth is the only margin, and the configured number, which is meant to hold it already, is taken
    /// as it is. Calls made by somebody else with the same token count as ours.
    /// </summary>
    public void Learn(TimeSpan now, int max, int remaining)
    {
        _learned = Math.Max(1, max * 9 / 10);
        var foreign = Math.Clamp(max - remaining, 0, max) - Used(now);
        _taken.AddRange(Enumerable.Repeat(now, Math.Max(0, foreign)));
    }

    /// <summary>
    /// HubSpot refused a call: pause, then go on at half the limit until a whole window has gone by without a refusal. Calls
    /// that were already on their way at the last halving do not halve again.
    /// </summary>
    public void Refuse(TimeSpan now, TimeSpan takenAt, TimeSpan? retryAfter)
    {
        var pauseEnd = now + (retryAfter ?? PauseWithoutRetryAfter);
        _pausedUntil = pauseEnd > _pausedUntil ? pauseEnd : _pausedUntil;
        var wasLowered = IsLowered(now);
        _loweredUntil = _pausedUntil + length;
        if (wasLowered && takenAt <= _loweredAt)
        {
            return;
        }

        // Seven halvings bring the largest allowed limit to one.
        _halvings = wasLowered ? Math.Min(_halvings + 1, 7) : 1;
        _loweredAt = now;
    }

    // Backfill and reading leave the reserve, so that an edit or a person finds a place in a window that they filled.
    private int Allowed(TimeSpan now, HubSpotPriority priority)
    {
        var limit = Limit(now);
        return priority <= HubSpotPriority.Push
            ? limit
            : limit - Math.Clamp(limit / ReserveShare, limit < 4 ? 0 : 1, Reserve);
    }
}
