using Microsoft.JSInterop;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Web.Components.Timeline;

/// <summary>
/// Which kinds of entry a person wants to see, on every lead: kept while the page is open, and by the browser
/// (<c>js/timeline.js</c>) for the next visit. It changes many times a day and concerns nobody else, so it is no setting with
/// an entry in the audit for each change. One for each circuit.
/// </summary>
public sealed class TimelineChoice(IJSRuntime js)
{
    private bool _isRead;

    /// <summary>The kinds in the order in which they are offered.</summary>
    public static IReadOnlyList<TimelineKinds> Offered { get; } =
    [
        TimelineKinds.Comments,
        TimelineKinds.Calls,
        TimelineKinds.Mails,
        TimelineKinds.Meetings,
        TimelineKinds.FollowUps,
        TimelineKinds.Changes,
    ];

    /// <summary>The kinds wanted.</summary>
    public TimelineKinds Kinds { get; private set; } = TimelineKinds.All;

    /// <summary>The choice after one more click: the first leaves that kind alone, taking away the last shows all again.</summary>
    public static TimelineKinds Toggled(TimelineKinds kinds, TimelineKinds kind)
    {
        var toggled = kinds is TimelineKinds.All ? kind : kinds ^ kind;
        return toggled is 0 ? TimelineKinds.All : toggled;
    }

    /// <summary>Reads what the browser kept, once for each circuit.</summary>
    /// <param name="script">Address of the script.</param>
    /// <param name="personId">Whose choice it is.</param>
    /// <returns>True where it is another than shown so far.</returns>
    public async Task<bool> ReadAsync(string script, Guid personId)
    {
        if (_isRead)
        {
            return false;
        }

        _isRead = true;
        try
        {
            await using var module = await js.InvokeAsync<IJSObjectReference>("import", script);
            var kept = await module.InvokeAsync<int?>("read", personId);
            var kinds = (TimelineKinds)(kept ?? 0) & TimelineKinds.All;
            if (kinds is 0 || kinds == Kinds)
            {
                return false;
            }

            Kinds = kinds;
            return true;
        }
        catch (JSDisconnectedException)
        {
            // The page was left before its script came.
            return false;
        }
    }

    /// <summary>Keeps a choice.</summary>
    public async Task KeepAsync(string script, Guid personId, TimelineKinds kinds)
    {
        (Kinds, _isRead) = (kinds, true);
        try
        {
            await using var module = await js.InvokeAsync<IJSObjectReference>("import", script);
            await module.InvokeVoidAsync("keep", personId, (int)kinds);
        }
        catch (JSDisconnectedException)
        {
            // The page is gone; the choice stays for the circuit.
        }
    }
}
