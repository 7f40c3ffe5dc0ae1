using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Catalogue.Photos;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Catalogue.Sharing;

/// <summary>What a client sees behind a link. Of the agency it names who shares and nobody else.</summary>
/// <param name="Values">The property; without prices, plan and terms where the link hides them.</param>
/// <param name="WithPrices">Whether prices are shown.</param>
/// <param name="Photos">Its photos, the cover first.</param>
/// <param name="AgentName">Who shares it.</param>
/// <param name="Mail">The sharer's mail address, where the link shows it.</param>
/// <param name="ExpiresAt">Up to when it opens (UTC).</param>
public sealed record SharedProperty(
    DevelopmentInput Values,
    bool WithPrices,
    IReadOnlyList<PhotoView> Photos,
    string AgentName,
    string? Mail,
    DateTimeOffset ExpiresAt
);

/// <summary>Who asks for a shared page.</summary>
/// <param name="Address">Network address.</param>
/// <param name="Browser">What the browser says of itself.</param>
/// <param name="IsOfTheAgency">True for whoever is signed in to the portal: no client.</param>
public sealed record SharedVisitor(string? Address, string? Browser, bool IsOfTheAgency);

/// <summary>
/// Opens links for whoever has them. A link that there is not, that expired or was taken back, whose property is archived or
/// whose author may no longer share look alike.
/// </summary>
public sealed class SharedPages(HubDatabase database, PhotoQueries photos, TimeProvider time)
{
    /// <summary>Name of the property among the changes of <see cref="LeadEventKind.PropertyOpened"/>.</summary>
    public const string PropertyField = "Property";

    // Programs that fetch a page to show what is behind its address, or to index it.
    private static readonly string[] Machines =
    [
        "bot",
        "crawl",
        "spider",
        "preview",
        "facebookexternalhit",
        "whatsapp",
        "viber",
        "skype",
        "slack",
        "curl",
        "wget",
        "python",
        "okhttp",
        "headless",
    ];

    /// <summary>What is behind a link; null where it opens nothing. Three commands.</summary>
    public async Task<SharedProperty?> OpenAsync(string token, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var found = await Open(db, token)
            .Select(link => new { Link = link, Author = db.Users.First(user => user.Id == link.AuthorId) })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return null;
        }

        var (link, author) = (found.Link, found.Author);
        var development = await db
            .Developments.Include(row => row.Units)
            .SingleAsync(row => row.Id == link.DevelopmentId, cancellationToken);
        var values = DevelopmentInput.Of(development);
        values = values with
        {
            Units = [.. values.Units.Where(unit => link.UnitId is null ? unit.IsAvailable : unit.Id == link.UnitId)],
        };
        if (!link.WithPrices)
        {
            values = values with
            {
                PriceFrom = null,
                PriceTo = null,
                PaymentPlan = [],
                PaymentTerms = null,
                Units = [.. values.Units.Select(unit => unit with { Price = null })],
            };
        }

        return new SharedProperty(
            values,
            link.WithPrices,
            await photos.OfAsync(link.DevelopmentId, cancellationToken),
            author.DisplayName,
            link.WithContacts ? author.Email : null,
            link.ExpiresAt
        );
    }

    /// <summary>Opens a photo of the property behind a link; null where the link opens nothing or has no such photo.</summary>
    /// <exception cref="Files.FileUnreadableException">Its content is lost or was changed.</exception>
    public async Task<PhotoContent?> PhotoAsync(
        string token,
        Guid photoId,
        bool isSmall,
        CancellationToken cancellationToken
    )
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var shared = Open(db, token);
        return await photos.OpenAsync(
            db.DevelopmentPhotos.Where(row =>
                row.Id == photoId
                && row.RemovedAt == null
                && shared.Any(link => link.DevelopmentId == row.DevelopmentId)
            ),
            db,
            isSmall,
            cancellationToken
        );
    }

    /// <summary>
    /// Counts a visitor once a day, but neither people of the agency nor programs, as far as they can be told. The first
    /// client who opens a link is told of in the lead's timeline.
    /// </summary>
    /// <returns>Whether it was counted.</returns>
    public Task<bool> CountAsync(string token, SharedVisitor visitor, CancellationToken cancellationToken)
    {
        if (visitor.IsOfTheAgency || IsMachine(visitor.Browser))
        {
            return Task.FromResult(false);
        }

        return database.InTransactionAsync(
            async (db, stop) =>
            {
                var now = time.GetUtcNow();
                var today = DateOnly.FromDateTime(now.UtcDateTime);
                if (await Open(db, token).SingleOrDefaultAsync(stop) is not { } found)
                {
                    return false;
                }

                // Two who come first at once wait for each other.
                var link = await db
                    .SharedLinks.FromSql($"SELECT * FROM shared_links WHERE id = {found.Id} FOR NO KEY UPDATE")
                    .SingleAsync(stop);
                var hash = HMACSHA256.HashData(
                    Encoding.UTF8.GetBytes(token),
                    Encoding.UTF8.GetBytes($"{today:O}\n{visitor.Address}\n{visitor.Browser}")
                );
                if (
                    await db.SharedLinkVisits.AnyAsync(
                        row => row.LinkId == link.Id && row.Day == today && row.VisitorHash == hash,
                        stop
                    )
                )
                {
                    return false;
                }

                db.SharedLinkVisits.Add(
                    new SharedLinkVisit
                    {
                        LinkId = link.Id,
                        Day = today,
                        VisitorHash = hash,
                    }
                );
                if (link is { FirstSeenAt: null, LeadId: { } leadId })
                {
                    await NoteAsync(db, link, leadId, now, stop);
                }

                link.Views++;
                link.FirstSeenAt ??= now;
                link.LastSeenAt = now;
                return true;
            },
            cancellationToken
        );
    }

    /// <summary>What is kept of a link's secret part.</summary>
    internal static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private static bool IsMachine(string? browser) =>
        string.IsNullOrWhiteSpace(browser)
        || Machines.Any(name => browser.Contains(name, StringComparison.OrdinalIgnoreCase));

    private IQueryable<SharedLink> Open(HubDbContext db, string token)
    {
        var (hash, now) = (Hash(token), time.GetUtcNow());
        return db.SharedLinks.Where(link =>
            link.TokenHash == hash
            && link.RevokedAt == null
            && link.ExpiresAt > now
            && db.Developments.Any(row => row.Id == link.DevelopmentId && row.ArchivedAt == null)
            && (link.UnitId == null || db.Units.Any(unit => unit.Id == link.UnitId))
            && db.Users.Any(user =>
                user.Id == link.AuthorId && user.IsActive && (user.IsVerified || user.Role != Role.Agent)
            )
        );
    }

    private static async Task NoteAsync(
        HubDbContext db,
        SharedLink link,
        Guid leadId,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (
            await db.Leads.SingleOrDefaultAsync(row => row.Id == leadId && row.ErasedAt == null, cancellationToken)
            is not { } lead
        )
        {
            return;
        }

        var name = await db
            .Developments.Where(row => row.Id == link.DevelopmentId)
            .Select(row => new { row.Number, row.Name })
            .SingleAsync(cancellationToken);
        new LeadRecorder(Actor.System, ChangeOrigin.System, now).Record(
            db,
            lead,
            LeadEventKind.PropertyOpened,
            [new(PropertyField, null, $"{DevelopmentNumber.Write(name.Number)} {name.Name}")],
            subjectId: link.Id
        );
    }
}
