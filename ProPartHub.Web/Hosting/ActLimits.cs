using ProPartHub.Domain.Audit;
using ProPartHub.Domain.People;
using ProPartHub.Web.Account;

namespace ProPartHub.Web.Hosting;

/// <summary>An act that costs much or tells much, and of which nobody honest needs many.</summary>
internal enum CostlyAct
{
    /// <summary>Looking whether a phone or mail address is registered.</summary>
    DuplicateCheck,

    /// <summary>Taking data away in a file.</summary>
    Export,

    /// <summary>Having HubSpot's account checked.</summary>
    AccountCheck,

    /// <summary>Looking for leads and people as one types.</summary>
    Find,

    /// <summary>Making a link for a client.</summary>
    Share,
}

/// <summary>
/// How often a person may do costly acts, counted by each instance for itself. Components run on the server, so that a limit
/// in their handlers cannot be passed by.
/// </summary>
internal sealed class ActLimits(SecurityLog log, TimeProvider time)
{
    /// <summary>Files a person may take away in a minute; each reads much of the database.</summary>
    public const int FilesAMinute = 5;

    /// <summary>Questions of the palette that a person may ask in a minute; who types without a pause asks one or two a
    /// second.</summary>
    public const int FindsAMinute = 150;

    /// <summary>Links for clients that a person may make in a minute.</summary>
    public const int LinksAMinute = 20;

    private const int People = 5_000;

    private readonly Dictionary<CostlyAct, SlidingWindow> _windows = new()
    {
        [CostlyAct.DuplicateCheck] = new(60, TimeSpan.FromMinutes(1), People, time),
        [CostlyAct.Export] = new(FilesAMinute, TimeSpan.FromMinutes(1), People, time),
        [CostlyAct.Find] = new(FindsAMinute, TimeSpan.FromMinutes(1), People, time),
        [CostlyAct.Share] = new(LinksAMinute, TimeSpan.FromMinutes(1), People, time),
        [CostlyAct.AccountCheck] = new(5, TimeSpan.FromMinutes(1), People, time),
    };

    /// <summary>Counts an act of a request; where there were too many the answer is made a 429.</summary>
    /// <returns>Whether it may go on.</returns>
    public async Task<bool> MayAsync(HttpContext context, Actor actor, CostlyAct act)
    {
        if (await EnterAsync(actor, act, context.RequestAborted) is not { } wait)
        {
            return true;
        }

        context.RefuseUntil(wait);
        return false;
    }

    /// <summary>Counts an act.</summary>
    /// <returns>Null when it may go on, else after how long the next one may.</returns>
    public async Task<TimeSpan?> EnterAsync(Actor actor, CostlyAct act, CancellationToken cancellationToken)
    {
        var admission = _windows[act].Enter(actor.UserId.ToString());
        if (admission.IsFirstRefusal)
        {
            await log.RecordAsync(
                SecurityEventKind.RateLimited,
                actor,
                actor.UserId,
                cancellationToken,
                ("act", act.ToString())
            );
        }

        return admission.IsAllowed ? null : admission.Wait;
    }
}
