using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.FollowUps;

/// <summary>Whether a person has let a calendar out.</summary>
/// <param name="CreatedAt">When its link was made (UTC).</param>
/// <param name="IncludesTeam">Whether it holds the team's follow-ups.</param>
public sealed record CalendarLink(DateTimeOffset CreatedAt, bool IncludesTeam);

/// <summary>A follow-up in a calendar. Times are UTC.</summary>
public sealed record CalendarItem(
    Guid Id,
    string Title,
    string? Details,
    DateTimeOffset DueAt,
    DateTimeOffset CreatedAt,
    Guid LeadId,
    long LeadNumber,
    string ClientName,
    string? AgentName
);

/// <summary>What a calendar holds.</summary>
/// <param name="Culture">Language of its reader.</param>
/// <param name="Items">Open follow-ups, those due first first.</param>
public sealed record CalendarContent(string Culture, IReadOnlyList<CalendarItem> Items);

/// <summary>
/// Lets a person's follow-ups out to calendar programs, which cannot log in: by a secret link that is shown once, kept as a
/// hash, and ends when it is made anew or revoked. Rights are asked at each reading.
/// </summary>
public sealed class CalendarFeeds(HubDatabase database, TimeProvider time)
{
    /// <summary>Most follow-ups in a calendar.</summary>
    public const int MostItems = 1000;

    private const int SecretBytes = 32;

    // What was due long ago is no appointment any more.
    private static readonly TimeSpan Past = TimeSpan.FromDays(90);

    /// <summary>The actor's link, without its secret; null when there is none.</summary>
    public async Task<CalendarLink?> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        return await db
            .CalendarFeeds.Where(feed => feed.UserId == actor.UserId)
            .Select(feed => new CalendarLink(feed.CreatedAt, feed.IncludesTeam))
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Makes the actor's link, in place of one that there was.</summary>
    /// <param name="actor">Whose.</param>
    /// <param name="includesTeam">Whether a manager wants the whole team's follow-ups; nothing for others.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The secret part of the link; it is not kept.</returns>
    /// <exception cref="Errors.ForbiddenException">An admin only looks through the actor's eyes.</exception>
    public async Task<string> CreateAsync(Actor actor, bool includesTeam, CancellationToken cancellationToken)
    {
        var userId = actor.Writing().UserId;
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var isForTeam = includesTeam && actor is { Role: Role.Manager, TeamId: not null };
        await database.InTransactionAsync(
            async (db, stop) =>
            {
                await db.CalendarFeeds.Where(feed => feed.UserId == userId).ExecuteDeleteAsync(stop);
                db.CalendarFeeds.Add(
                    new CalendarFeed
                    {
                        UserId = userId,
                        TokenHash = Hash(token),
                        IncludesTeam = isForTeam,
                        CreatedAt = time.GetUtcNow(),
                    }
                );
                db.SecurityEvents.Add(
                    SecurityLog.Setting(actor, time, userId, "calendar link", null, isForTeam ? "team" : "own")
                );
            },
            cancellationToken
        );
        return token;
    }

    /// <summary>Ends the actor's link; nothing happens where there is none.</summary>
    /// <exception cref="Errors.ForbiddenException">An admin only looks through the actor's eyes.</exception>
    public Task RevokeAsync(Actor actor, CancellationToken cancellationToken)
    {
        var userId = actor.Writing().UserId;
        return database.InTransactionAsync(
            async (db, stop) =>
            {
                if (await db.CalendarFeeds.Where(feed => feed.UserId == userId).ExecuteDeleteAsync(stop) > 0)
                {
                    db.SecurityEvents.Add(SecurityLog.Setting(actor, time, userId, "calendar link", "there", null));
                }
            },
            cancellationToken
        );
    }

    /// <summary>What the calendar behind a link holds now, by the rights of its person now; two commands.</summary>
    /// <returns>Null for a link that there is not, or no longer, or whose person is switched off: the three look alike.</returns>
    public async Task<CalendarContent?> OpenAsync(string token, CancellationToken cancellationToken)
    {
        var hash = Hash(token);
        await using var db = await database.ReadAsync(cancellationToken);
        var reader = await db
            .CalendarFeeds.Where(feed => feed.TokenHash == hash)
            .Join(
                db.Users.Where(user => user.IsActive),
                feed => feed.UserId,
                user => user.Id,
                (feed, user) => new { User = user, feed.IncludesTeam }
            )
            .SingleOrDefaultAsync(cancellationToken);
        if (reader is null)
        {
            return null;
        }

        var actor = reader.User.ToActor(address: null);
        var leads = db.Leads.VisibleTo(actor).Where(lead => lead.ErasedAt == null && lead.ArchivedAt == null);
        leads =
            reader.IncludesTeam && actor is { Role: Role.Manager, TeamId: { } team }
                ? leads.Where(lead => lead.TeamId == team)
                : leads.Where(lead => lead.AgentId == actor.UserId);
        var oldest = time.GetUtcNow() - Past;
        var items = await db
            .FollowUps.Where(row => row.DoneAt == null && row.DeletedAt == null && row.DueAt > oldest)
            .Join(leads, row => row.LeadId, lead => lead.Id, (row, lead) => new { row, lead })
            .OrderBy(pair => pair.row.DueAt)
            .ThenBy(pair => pair.row.Id)
            .Take(MostItems)
            .Select(pair => new CalendarItem(
                pair.row.Id,
                pair.row.Title,
                pair.row.Details,
                pair.row.DueAt,
                pair.row.CreatedAt,
                pair.lead.Id,
                pair.lead.Number,
                pair.lead.ClientName,
                pair.lead.AgentId == actor.UserId
                    ? null
                    : db
                        .Users.Where(user => user.Id == pair.lead.AgentId)
                        .Select(user => user.DisplayName)
                        .FirstOrDefault()
            ))
            .ToListAsync(cancellationToken);
        return new CalendarContent(reader.User.Culture, items);
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
