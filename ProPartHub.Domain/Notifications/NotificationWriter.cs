using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Settings;

namespace ProPartHub.Domain.Notifications;

/// <summary>
/// Turns occasions into notifications inside the caller's transaction: of those who may know of the lead at this moment, in
/// the ways each has chosen, none twice; and tells their open pages at commit.
/// </summary>
public sealed class NotificationWriter(IOptions<NotificationOptions> options, TimeProvider time)
{
    /// <summary>More of a kind than this, done by one act, are told a person as one.</summary>
    public const int MostOfOneAct = 10;

    /// <summary>So long a mail waits for more of its kind: ten comments in a minute are one mail.</summary>
    public static readonly TimeSpan Gathering = TimeSpan.FromMinutes(1);

    /// <summary>Writes what is to be told.</summary>
    /// <returns>How many people are told anything.</returns>
    internal async Task<int> WriteAsync(
        HubDbContext db,
        IReadOnlyList<Occasion> occasions,
        CancellationToken cancellationToken
    )
    {
        if (occasions.Count == 0)
        {
            return 0;
        }

        var people = await PeopleAsync(db, occasions, cancellationToken);
        var leads = await LeadsAsync(db, occasions, cancellationToken);
        var mentioned = await MentionedAsync(db, occasions, cancellationToken);
        var allowed = occasions
            .Where(occasion =>
                people.TryGetValue(occasion.UserId, out var person)
                && MayKnow(person, occasion, leads)
                && !(
                    occasion is { Kind: NotificationKind.CommentAdded, SubjectId: { } comment }
                    && mentioned.Contains((occasion.UserId, comment))
                )
            )
            .ToList();
        var told = Gathered(allowed);
        var known = await KnownAsync(db, told, cancellationToken);
        var preferences = await PersonSettings.ReadAsync(
            db,
            [.. people.Keys],
            NotificationPreferences.Key,
            cancellationToken
        );
        var fresh = told.Where(occasion => known.Add(IdentityOf(occasion))).ToList();
        foreach (var occasion in fresh)
        {
            var number = occasion.LeadId is { } id ? leads.GetValueOrDefault(id)?.Number : null;
            db.Notifications.Add(
                New(
                    occasion,
                    number,
                    preferences.GetValueOrDefault(occasion.UserId, NotificationPreferences.Key.Default)
                )
            );
        }

        var receivers = fresh.Select(occasion => occasion.UserId).Distinct().ToList();
        await TellAsync(db, receivers, cancellationToken);
        return receivers.Count;
    }

    /// <summary>Has the open pages of people read anew, when the caller's transaction commits.</summary>
    internal static Task TellAsync(
        HubDbContext db,
        IReadOnlyCollection<Guid> people,
        CancellationToken cancellationToken
    )
    {
        if (people.Count == 0)
        {
            return Task.CompletedTask;
        }

        string[] payloads = [.. people.Select(id => id.ToString())];
        return db.Database.ExecuteSqlAsync(
            $"SELECT pg_notify({NotificationSignal.Channel}, payload) FROM unnest({payloads}) AS payload",
            cancellationToken
        );
    }

    private Notification New(Occasion occasion, long? leadNumber, NotificationPreferences preferences)
    {
        var (now, ways) = (time.GetUtcNow(), preferences.Of(occasion.Kind));
        var clock = new PersonClock(preferences, options.Value.TimeZone);
        return new Notification
        {
            UserId = occasion.UserId,
            Kind = occasion.Kind,
            Occasion = occasion.Key,
            LeadId = occasion.LeadId,
            SubjectId = occasion.SubjectId,
            ActorId = occasion.ActorId,
            ActorName = occasion.ActorName,
            At = occasion.At,
            CreatedAt = now,
            // The one kind that is about a lead out of sight: the person knew its number, and learns no more.
            Facts =
                occasion.Kind is NotificationKind.LeadTaken
                    ? occasion.Facts with
                    {
                        LeadNumber = leadNumber,
                    }
                    : occasion.Facts,
            IsInPortal = ways.HasFlag(NotificationWays.Portal),
            IsForBrowser = ways.HasFlag(NotificationWays.Portal | NotificationWays.Browser) && !clock.IsQuiet(now),
            MailAt = ways.HasFlag(NotificationWays.Mail) ? clock.AfterQuiet(now + Gathering) : null,
            DigestAt = ways.HasFlag(NotificationWays.Digest) ? clock.NextDigest(now) : null,
        };
    }

    private static bool MayKnow(Actor person, Occasion occasion, Dictionary<Guid, LeadRights> leads) =>
        occasion.LeadId is not { } id
        || leads.GetValueOrDefault(id) is { } lead
            && (
                occasion.Kind is NotificationKind.LeadTaken
                || (
                    person.CanSee(lead.AgentId, lead.TeamId)
                    && (occasion.Kind is not NotificationKind.PoolLead || LeadVisibility.IsInPool(lead.AgentId))
                )
            );

    // What one act did to many leads is one line and one mail, not a hundred.
    private static List<Occasion> Gathered(List<Occasion> occasions) =>
        [
            .. occasions
                .GroupBy(occasion =>
                    (occasion.UserId, occasion.Kind, occasion.ActorId, occasion.TransactionId, occasion.LeadId is null)
                )
                .SelectMany(
                    IEnumerable<Occasion> (group) =>
                        group.Key.TransactionId == 0 || group.Count() <= MostOfOneAct ? group : [Sum([.. group])]
                ),
        ];

    private static Occasion Sum(IReadOnlyList<Occasion> many) =>
        many[0] with
        {
            Key = string.Create(CultureInfo.InvariantCulture, $"many:{many[0].TransactionId}:{many[0].ActorId:N}"),
            At = many.Max(occasion => occasion.At),
            LeadId = null,
            SubjectId = null,
            Facts = new NotificationFacts { Count = many.Count },
        };

    private static (Guid, NotificationKind, string, DateTimeOffset) IdentityOf(Occasion occasion) =>
        (occasion.UserId, occasion.Kind, occasion.Key, occasion.At);

    private static async Task<Dictionary<Guid, Actor>> PeopleAsync(
        HubDbContext db,
        IReadOnlyList<Occasion> occasions,
        CancellationToken cancellationToken
    )
    {
        var ids = occasions.Select(occasion => occasion.UserId).Distinct().ToList();
        return await db
            .Users.AsNoTracking()
            .Where(user => ids.Contains(user.Id) && user.IsActive)
            .Select(user => new Actor(user.Id, user.DisplayName, user.Role, user.TeamId, null, null, null))
            .ToDictionaryAsync(actor => actor.UserId, cancellationToken);
    }

    private static async Task<Dictionary<Guid, LeadRights>> LeadsAsync(
        HubDbContext db,
        IReadOnlyList<Occasion> occasions,
        CancellationToken cancellationToken
    )
    {
        var ids = occasions.Select(occasion => occasion.LeadId).OfType<Guid>().Distinct().ToList();
        return await db
            .Leads.AsNoTracking()
            .Where(lead => ids.Contains(lead.Id) && lead.ErasedAt == null)
            .Select(lead => new LeadRights(lead.Id, lead.Number, lead.AgentId, lead.TeamId))
            .ToDictionaryAsync(lead => lead.Id, cancellationToken);
    }

    // Who is named in a comment on the own lead is told once, as named.
    private static async Task<HashSet<(Guid UserId, Guid CommentId)>> MentionedAsync(
        HubDbContext db,
        IReadOnlyList<Occasion> occasions,
        CancellationToken cancellationToken
    )
    {
        var comments = occasions
            .Where(occasion => occasion.Kind is NotificationKind.CommentAdded)
            .Select(occasion => occasion.SubjectId)
            .OfType<Guid>()
            .ToList();
        if (comments.Count == 0)
        {
            return [];
        }

        var rows = await db
            .Notifications.AsNoTracking()
            .Where(row =>
                row.Kind == NotificationKind.Mentioned
                && row.SubjectId != null
                && comments.Contains(row.SubjectId.Value)
            )
            .Select(row => new { row.UserId, Comment = row.SubjectId!.Value })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => (row.UserId, row.Comment))];
    }

    private static async Task<HashSet<(Guid, NotificationKind, string, DateTimeOffset)>> KnownAsync(
        HubDbContext db,
        IReadOnlyList<Occasion> occasions,
        CancellationToken cancellationToken
    )
    {
        var people = occasions.Select(occasion => occasion.UserId).Distinct().ToList();
        var keys = occasions.Select(occasion => occasion.Key).Distinct().ToList();
        var rows = await db
            .Notifications.AsNoTracking()
            .Where(row => people.Contains(row.UserId) && keys.Contains(row.Occasion))
            .Select(row => new
            {
                row.UserId,
                row.Kind,
                row.Occasion,
                row.At,
            })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => (row.UserId, row.Kind, row.Occasion, row.At))];
    }

    private sealed record LeadRights(Guid Id, long Number, Guid? AgentId, Guid? TeamId);
}
