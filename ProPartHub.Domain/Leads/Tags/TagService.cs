using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Agency.Shared;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Leads.Tags;

/// <summary>
/// Tags: managers and admins make them, whoever may edit a lead puts them on it. What is done to a tag is a security event,
/// what is done to a lead stands in its history. Tags are the portal's own: HubSpot hears nothing of them.
/// </summary>
public sealed class TagService(HubDatabase database, AgencyCache cache, TimeProvider time)
{
    // Any number that no other lock of the hub uses: "leadtags" as ASCII.
    private const long LockKey = 0x6C_65_61_64_74_61_67_73;

    /// <summary>True for those who may make, change and retire tags.</summary>
    public static bool MaySet(Actor actor) => actor.Role is Role.Manager or Role.Admin;

    /// <summary>
    /// The tags in use, by name, kept until one changes. Everybody sees the same ones: they say nothing of any lead.
    /// </summary>
    public Task<IReadOnlyList<TagItem>> AllAsync(CancellationToken cancellationToken) =>
        cache.RowsAsync(AgencyTopic.Tags, "in use", ReadAsync, cancellationToken);

    private async Task<List<TagItem>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        return await db
            .Tags.Where(tag => tag.RetiredAt == null)
            .OrderBy(tag => tag.Name)
            .Select(tag => new TagItem(tag.Id, tag.Name, tag.Colour))
            .ToListAsync(cancellationToken);
    }

    /// <summary>The tags of leads, by name; leads without any, or that the actor may not see, are missing. One command.</summary>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<TagItem>>> OfAsync(
        Actor actor,
        IReadOnlyCollection<Guid> leadIds,
        CancellationToken cancellationToken
    )
    {
        if (leadIds.Count == 0)
        {
            return new Dictionary<Guid, IReadOnlyList<TagItem>>();
        }

        await using var db = await database.ReadAsync(cancellationToken);
        var rows = await db
            .LeadTags.Where(row => leadIds.Contains(row.LeadId) && row.Tag.RetiredAt == null)
            .Where(row => db.Leads.VisibleTo(actor).Any(lead => lead.Id == row.LeadId))
            .OrderBy(row => row.Tag.Name)
            .Select(row => new { row.LeadId, Item = new TagItem(row.TagId, row.Tag.Name, row.Tag.Colour) })
            .ToListAsync(cancellationToken);
        return rows.GroupBy(row => row.LeadId)
            .ToDictionary(lead => lead.Key, lead => (IReadOnlyList<TagItem>)[.. lead.Select(row => row.Item)]);
    }

    /// <summary>Makes a tag, or gives one another name or colour.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="tagId">Its key; a new one, made by the caller, makes a tag.</param>
    /// <param name="name">What it says: one line of at most <see cref="Tag.NameLength"/> characters.</param>
    /// <param name="colour">Its colour.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ForbiddenException">The actor is an agent.</exception>
    /// <exception cref="InvalidInputException">The name is empty, too long, unreadable or taken, or there are too many tags.</exception>
    public Task SaveAsync(Actor actor, Guid tagId, string name, TagColour colour, CancellationToken cancellationToken)
    {
        RequireMaySet(actor);
        var called = CheckedName(name);
        if (!Enum.IsDefined(colour))
        {
            throw new InvalidInputException(nameof(Tag.Colour), FieldErrorCode.UnknownOption);
        }

        return ChangeAsync(
            actor,
            tagId,
            "tag saved",
            async (db, tag, token) =>
            {
                await RefuseTakenAsync(db, tagId, called, token);
                if (tag is null)
                {
                    tag = new Tag { Id = tagId, Name = called };
                    db.Tags.Add(tag);
                }

                (tag.Name, tag.Colour) = (called, colour);
                return tag;
            },
            cancellationToken
        );
    }

    /// <summary>Takes a tag out of use, or brings it back: leads that had it have it again.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="tagId">Which.</param>
    /// <param name="isRetired">True to take it out of use.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ForbiddenException">The actor is an agent.</exception>
    /// <exception cref="NotFoundException">There is no such tag.</exception>
    /// <exception cref="InvalidInputException">Another tag has taken its name meanwhile.</exception>
    public Task RetireAsync(Actor actor, Guid tagId, bool isRetired, CancellationToken cancellationToken)
    {
        RequireMaySet(actor);
        return ChangeAsync(
            actor,
            tagId,
            isRetired ? "tag retired" : "tag brought back",
            async (db, tag, token) =>
            {
                if (tag is null)
                {
                    throw new NotFoundException("Tag");
                }

                if (!isRetired)
                {
                    await RefuseTakenAsync(db, tagId, tag.Name, token);
                }

                tag.RetiredAt = isRetired ? time.GetUtcNow() : null;
                return tag;
            },
            cancellationToken
        );
    }

    /// <summary>Puts a tag on a lead, or takes it off.</summary>
    /// <exception cref="NotFoundException">There is no such lead for the actor, or no such tag in use.</exception>
    /// <exception cref="ClientErasedException">The client was erased.</exception>
    /// <returns>False when that was so already; nothing is changed then.</returns>
    public Task<bool> SetAsync(Actor actor, Guid leadId, Guid tagId, bool isOn, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                var lead = await db.LeadToChangeAsync(actor, leadId, token);
                var tag =
                    await db.Tags.SingleOrDefaultAsync(row => row.Id == tagId && row.RetiredAt == null, token)
                    ?? throw new NotFoundException("Tag");
                var recorder = new LeadRecorder(actor, ChangeOrigin.Portal, time.GetUtcNow());
                return await LeadTagging.SetAsync(db, recorder, lead, tag, isOn, token);
            },
            cancellationToken
        );

    private static void RequireMaySet(Actor actor)
    {
        if (!MaySet(actor))
        {
            throw ForbiddenException.For(actor, GuardedAct.SetTags);
        }
    }

    private Task ChangeAsync(
        Actor actor,
        Guid tagId,
        string what,
        Func<HubDbContext, Tag?, CancellationToken, Task<Tag>> change,
        CancellationToken cancellationToken
    ) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                // One change of the palette at a time: names stay apart and the limit holds.
                await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockKey})", token);
                var before = await db.Tags.SingleOrDefaultAsync(tag => tag.Id == tagId, token);
                var (name, colour) = (before?.Name, before?.Colour);
                var tag = await change(db, before, token);
                if (db.Changed<Tag>() == 0)
                {
                    return;
                }

                db.SecurityEvents.Add(
                    SecurityLog.Entry(
                        SecurityEventKind.TagChanged,
                        actor,
                        time,
                        null,
                        ("act", name is null ? "tag made" : what),
                        ("tag", tag.Name),
                        ("before", name),
                        ("colour", $"{tag.Colour}"),
                        ("colour before", colour?.ToString())
                    )
                );

                // Every list and board may show it.
                await db.NotifyRefreshAsync(token);
            },
            cancellationToken
        );

    private static string CheckedName(string name)
    {
        var called = name.ReplaceLineEndings(" ").Trim();
        if (called.Length == 0)
        {
            throw new InvalidInputException(nameof(Tag.Name), FieldErrorCode.Required);
        }

        if (called.Length > Tag.NameLength)
        {
            throw new InvalidInputException([new FieldError(nameof(Tag.Name), FieldErrorCode.TooLong, Tag.NameLength)]);
        }

        return ReadableText.Is(called)
            ? called
            : throw new InvalidInputException(nameof(Tag.Name), FieldErrorCode.UnreadableText);
    }

    private static async Task RefuseTakenAsync(
        HubDbContext db,
        Guid tagId,
        string name,
        CancellationToken cancellationToken
    )
    {
        var others = await db
            .Tags.Where(tag => tag.RetiredAt == null && tag.Id != tagId)
            .Select(tag => tag.Name)
            .ToListAsync(cancellationToken);
        if (others.Contains(name, StringComparer.InvariantCultureIgnoreCase))
        {
            throw new InvalidInputException(nameof(Tag.Name), FieldErrorCode.NameTaken);
        }

        if (others.Count >= Tag.Most)
        {
            throw new InvalidInputException([new FieldError(nameof(Tag.Name), FieldErrorCode.TooMany, Tag.Most)]);
        }
    }
}
