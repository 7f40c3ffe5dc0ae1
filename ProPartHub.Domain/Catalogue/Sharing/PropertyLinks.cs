using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Catalogue.Sharing;

/// <summary>What a link shall show, and for how long.</summary>
/// <param name="DevelopmentId">Of which development.</param>
/// <param name="UnitId">The only unit that it shows; null for all.</param>
/// <param name="LeadId">The lead whose client it is for; null where it is said of nobody.</param>
/// <param name="Days">One of <see cref="SharedLink.Days"/>.</param>
/// <param name="WithPrices">Whether prices and the payment plan are shown.</param>
/// <param name="WithContacts">Whether the mail address of who makes it is shown.</param>
public sealed record LinkOrder(
    Guid DevelopmentId,
    Guid? UnitId = null,
    Guid? LeadId = null,
    int Days = 30,
    bool WithPrices = true,
    bool WithContacts = false
);

/// <summary>A link in a list.</summary>
/// <param name="Link">The link.</param>
/// <param name="AuthorName">Who made it.</param>
/// <param name="ClientName">Its client; null where there is none or the reader may not know.</param>
public sealed record LinkView(SharedLink Link, string AuthorName, string? ClientName);

/// <summary>
/// Makes and takes back links for clients: verified agents, managers and admins. Agents see their own, managers those of
/// their team, admins all.
/// </summary>
public sealed class PropertyLinks(HubDatabase database, TimeProvider time)
{
    /// <summary>So many of a property are listed, the newest.</summary>
    public const int Most = 50;

    private const int SecretBytes = 32;

    /// <summary>Makes a link.</summary>
    /// <param name="actor">Who makes it.</param>
    /// <param name="order">What it shows.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The secret part of its address; it is not kept.</returns>
    /// <exception cref="ForbiddenException">The actor is an agent who is not verified, or only looks.</exception>
    /// <exception cref="InvalidInputException">The development is archived, has no such unit, or the days are none that are offered.</exception>
    /// <exception cref="NotFoundException">There is no such development, or no such lead for the actor.</exception>
    public async Task<string> CreateAsync(Actor actor, LinkOrder order, CancellationToken cancellationToken)
    {
        actor.Writing();
        if (!SharedLink.Days.Contains(order.Days))
        {
            throw new InvalidInputException(nameof(order.Days), FieldErrorCode.UnknownOption);
        }

        if (!await MayShareAsync(actor, cancellationToken))
        {
            throw ForbiddenException.For(actor, GuardedAct.ShareProperty);
        }

        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        await database.InTransactionAsync(
            async (db, stop) =>
            {
                var development =
                    await db.Developments.SingleOrDefaultAsync(row => row.Id == order.DevelopmentId, stop)
                    ?? throw new NotFoundException("Development");
                if (development.ArchivedAt is not null)
                {
                    throw new InvalidInputException(nameof(order.DevelopmentId), FieldErrorCode.UnknownOption);
                }

                if (
                    order.UnitId is { } unit
                    && !await db.Units.AnyAsync(row => row.Id == unit && row.DevelopmentId == development.Id, stop)
                )
                {
                    throw new InvalidInputException(nameof(order.UnitId), FieldErrorCode.UnknownOption);
                }

                if (order.LeadId is { } lead)
                {
                    await db.LeadToChangeAsync(actor, lead, stop);
                }

                var now = time.GetUtcNow();
                db.SharedLinks.Add(
                    new SharedLink
                    {
                        DevelopmentId = development.Id,
                        UnitId = order.UnitId,
                        LeadId = order.LeadId,
                        AuthorId = actor.UserId,
                        TokenHash = SharedPages.Hash(token),
                        WithPrices = order.WithPrices,
                        WithContacts = order.WithContacts,
                        CreatedAt = now,
                        ExpiresAt = now.AddDays(order.Days),
                    }
                );
                db.SecurityEvents.Add(
                    SecurityLog.Entry(
                        SecurityEventKind.PropertyShared,
                        actor,
                        time,
                        null,
                        [
                            ("property", $"{DevelopmentNumber.Write(development.Number)} {development.Name}"),
                            ("days", order.Days.ToString(CultureInfo.InvariantCulture)),
                            ("prices", order.WithPrices ? "shown" : "hidden"),
                        ]
                    )
                );
            },
            cancellationToken
        );
        return token;
    }

    /// <summary>Takes a link back at once; nothing happens where that was done.</summary>
    /// <exception cref="ForbiddenException">The actor only looks.</exception>
    /// <exception cref="NotFoundException">There is no such link for the actor.</exception>
    public Task RevokeAsync(Actor actor, Guid linkId, CancellationToken cancellationToken)
    {
        actor.Writing();
        return database.InTransactionAsync(
            async (db, stop) =>
            {
                var link =
                    await Visible(db, actor).SingleOrDefaultAsync(row => row.Id == linkId, stop)
                    ?? throw NotFoundException.Hidden(actor, "Link", GuardedAct.ReachSharedLink);
                if (link.RevokedAt is not null)
                {
                    return;
                }

                link.RevokedAt = time.GetUtcNow();
                var development = await db.Developments.SingleAsync(row => row.Id == link.DevelopmentId, stop);
                db.SecurityEvents.Add(
                    SecurityLog.Entry(
                        SecurityEventKind.PropertyUnshared,
                        actor,
                        time,
                        link.AuthorId,
                        [("property", $"{DevelopmentNumber.Write(development.Number)} {development.Name}")]
                    )
                );
            },
            cancellationToken
        );
    }

    /// <summary>The links of a development that the actor may see, the newest first; one command.</summary>
    public async Task<IReadOnlyList<LinkView>> ListAsync(
        Actor actor,
        Guid developmentId,
        CancellationToken cancellationToken
    )
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var leads = db.Leads.VisibleTo(actor).Where(lead => lead.ErasedAt == null);
        return await Visible(db, actor)
            .Where(row => row.DevelopmentId == developmentId)
            .OrderByDescending(row => row.CreatedAt)
            .Take(Most)
            .Select(row => new LinkView(
                row,
                db.Users.Where(user => user.Id == row.AuthorId).Select(user => user.DisplayName).First(),
                leads.Where(lead => lead.Id == row.LeadId).Select(lead => lead.ClientName).FirstOrDefault()
            ))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Whether the actor may make links: everybody but agents who are not verified. At most one command.</summary>
    public async Task<bool> MayShareAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Role is not Role.Agent)
        {
            return true;
        }

        await using var db = await database.ReadAsync(cancellationToken);
        return await db.Users.AnyAsync(
            user => user.Id == actor.UserId && user.IsVerified && user.IsActive,
            cancellationToken
        );
    }

    private static IQueryable<SharedLink> Visible(HubDbContext db, Actor actor) =>
        actor.Role switch
        {
            Role.Admin => db.SharedLinks,
            Role.Manager => db.SharedLinks.Where(row =>
                row.AuthorId == actor.UserId
                || db.Users.Any(user => user.Id == row.AuthorId && user.TeamId != null && user.TeamId == actor.TeamId)
            ),
            _ => db.SharedLinks.Where(row => row.AuthorId == actor.UserId),
        };
}
