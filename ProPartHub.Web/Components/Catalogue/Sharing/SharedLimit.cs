using ProPartHub.Web.Account;

namespace ProPartHub.Web.Components.Catalogue.Sharing;

/// <summary>How often an address may ask for shared pages and their photos; counted by each instance for itself.</summary>
internal sealed class SharedLimit(TimeProvider time)
{
    /// <summary>Pages an address may open in a minute: a family behind one connection, but nobody who tries tokens.</summary>
    public const int PagesAMinute = 40;

    private const int PhotosAMinute = 600;
    private const int Addresses = 20_000;

    private readonly SlidingWindow _pages = new(PagesAMinute, TimeSpan.FromMinutes(1), Addresses, time);
    private readonly SlidingWindow _photos = new(PhotosAMinute, TimeSpan.FromMinutes(1), Addresses, time);

    /// <summary>Counts a page.</summary>
    /// <returns>Null when it may go on, else after how long the next one may.</returns>
    public TimeSpan? EnterPage(HttpContext context) => Wait(_pages.Enter(context.LimitKey()));

    /// <summary>Counts a photo.</summary>
    /// <returns>Null when it may go on, else after how long the next one may.</returns>
    public TimeSpan? EnterPhoto(HttpContext context) => Wait(_photos.Enter(context.LimitKey()));

    private static TimeSpan? Wait(Admission admission) => admission.IsAllowed ? null : admission.Wait;
}
