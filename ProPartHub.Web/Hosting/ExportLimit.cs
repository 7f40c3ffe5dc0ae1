using ProPartHub.Domain.Audit;
using ProPartHub.Domain.People;
using ProPartHub.Web.Account;

namespace ProPartHub.Web.Hosting;

/// <summary>So many files a minute for each admin: each reads much of the database.</summary>
internal sealed class ExportLimit(SecurityLog log, TimeProvider time)
{
    public const int FilesAMinute = 5;

    private readonly SlidingWindow _admins = new(FilesAMinute, TimeSpan.FromMinutes(1), 1000, time);

    /// <summary>Counts a file; where there were too many the answer is made a 429.</summary>
    /// <returns>Whether it may be made.</returns>
    public async Task<bool> EnterAsync(HttpContext context, Actor actor)
    {
        var admission = _admins.Enter(actor.UserId.ToString());
        if (admission.IsAllowed)
        {
            return true;
        }

        context.RefuseUntil(admission.Wait);
        if (admission.IsFirstRefusal)
        {
            await log.RecordAsync(
                SecurityEventKind.RateLimited,
                actor,
                actor.UserId,
                context.RequestAborted,
                ("path", context.Request.Path)
            );
        }

        return false;
    }
}
