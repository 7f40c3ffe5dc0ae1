using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Templates;

/// <summary>Templates: reads them, and what people do to them. Every change is a security event.</summary>
public sealed partial class MessageTemplates(HubDatabase database, TimeProvider time)
{
    /// <summary>Most templates read for one person.</summary>
    public const int Listed = 300;

    /// <summary>With whom the actor may share: what is shared stands in other people's menus, as with saved views.</summary>
    public static IReadOnlyList<TemplateSharing> Offered(Actor actor) =>
        actor.Role switch
        {
            Role.Admin when actor.TeamId is not null =>
            [
                TemplateSharing.Nobody,
                TemplateSharing.Team,
                TemplateSharing.All,
            ],
            Role.Admin => [TemplateSharing.Nobody, TemplateSharing.All],
            Role.Manager when actor.TeamId is not null => [TemplateSharing.Nobody, TemplateSharing.Team],
            _ => [TemplateSharing.Nobody],
        };

    /// <summary>The actor's templates and those shared with the actor, own first, by name; one command.</summary>
    public async Task<IReadOnlyList<TemplateItem>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var rows = await Found(db, actor)
            .OrderByDescending(row => row.OwnerId == actor.UserId)
            .ThenBy(row => row.Name)
            .ThenBy(row => row.Id)
            .Take(Listed)
            .Select(row => new { Template = row, row.Owner!.DisplayName })
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(row => new TemplateItem(
                row.Template.Id,
                Values(row.Template),
                row.DisplayName,
                row.Template.OwnerId == actor.UserId,
                MayChange(actor, row.Template)
            )),
        ];
    }

    /// <summary>Adds a template, or changes one.</summary>
    /// <param name="actor">Who writes.</param>
    /// <param name="templateId">Its key, made by the caller for a new one.</param>
    /// <param name="opened">What the form opened with; null for a new one.</param>
    /// <param name="typed">What it says on save.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when somebody else changed or deleted it meanwhile; nothing is stored then.</returns>
    /// <exception cref="InvalidInputException">A value breaks a rule, or the actor has too many.</exception>
    /// <exception cref="ForbiddenException">The actor may not share so.</exception>
    /// <exception cref="NotFoundException">The template is somebody else's.</exception>
    public Task<bool> SaveAsync(
        Actor actor,
        Guid templateId,
        TemplateInput? opened,
        TemplateInput typed,
        CancellationToken cancellationToken
    )
    {
        var values = TemplateRules.Checked(typed);
        return database.InTransactionAsync(
            async (db, token) =>
            {
                var template = await db.MessageTemplates.SingleOrDefaultAsync(row => row.Id == templateId, token);
                if (template is not null && !MayChange(actor, template))
                {
                    throw NotFoundException.Hidden(actor, "Template", GuardedAct.ReachTemplate);
                }

                var before = template is null ? null : Values(template);
                if (template?.DeletedAt is not null || before != opened)
                {
                    return opened is null && before == values;
                }

                if (values.SharedWith != before?.SharedWith && !Offered(actor).Contains(values.SharedWith))
                {
                    throw ForbiddenException.For(actor, GuardedAct.ShareTemplate);
                }

                template ??= await NewAsync(db, actor, templateId, token);
                Write(actor, template, values, before?.SharedWith);
                Record(db, actor, template, before is null ? "made" : "changed");
                return true;
            },
            cancellationToken
        );
    }

    /// <summary>Deletes a template; it can be taken back.</summary>
    /// <exception cref="NotFoundException">There is no such template for the actor to change.</exception>
    public Task DeleteAsync(Actor actor, Guid templateId, CancellationToken cancellationToken) =>
        SetDeletedAsync(actor, templateId, time.GetUtcNow(), cancellationToken);

    /// <summary>Takes a deletion back.</summary>
    /// <exception cref="NotFoundException">There is no such template for the actor to change.</exception>
    public Task RestoreAsync(Actor actor, Guid templateId, CancellationToken cancellationToken) =>
        SetDeletedAsync(actor, templateId, null, cancellationToken);

    private Task SetDeletedAsync(
        Actor actor,
        Guid templateId,
        DateTimeOffset? deletedAt,
        CancellationToken cancellationToken
    ) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                var template =
                    await db.MessageTemplates.SingleOrDefaultAsync(row => row.Id == templateId, token)
                    ?? throw new NotFoundException("Template");
                if (!MayChange(actor, template))
                {
                    throw NotFoundException.Hidden(actor, "Template", GuardedAct.ReachTemplate);
                }

                if (template.DeletedAt is null != deletedAt is null)
                {
                    template.DeletedAt = deletedAt;
                    Record(db, actor, template, deletedAt is null ? "restored" : "deleted");
                }
            },
            cancellationToken
        );

    private async Task<MessageTemplate> NewAsync(
        HubDbContext db,
        Actor actor,
        Guid templateId,
        CancellationToken cancellationToken
    )
    {
        var count = await db.MessageTemplates.CountAsync(
            row => row.OwnerId == actor.UserId && row.DeletedAt == null,
            cancellationToken
        );
        if (count >= MessageTemplate.MostOfAPerson)
        {
            throw new InvalidInputException([
                new FieldError(nameof(MessageTemplate.Name), FieldErrorCode.TooMany, MessageTemplate.MostOfAPerson),
            ]);
        }

        var template = new MessageTemplate
        {
            Id = templateId,
            OwnerId = actor.UserId,
            Name = "",
            CreatedAt = time.GetUtcNow(),
        };
        db.MessageTemplates.Add(template);
        return template;
    }

    private static IQueryable<MessageTemplate> Found(HubDbContext db, Actor actor)
    {
        var team = actor.TeamId;
        return db.MessageTemplates.Where(row =>
            row.DeletedAt == null
            && (
                row.OwnerId == actor.UserId
                || row.SharedWith == TemplateSharing.All
                || (row.SharedWith == TemplateSharing.Team && team != null && row.TeamId == team)
            )
        );
    }

    // The owner, and an admin for what stands in other people's menus, also once its owner has gone.
    private static bool MayChange(Actor actor, MessageTemplate template) =>
        template.OwnerId == actor.UserId
        || (actor.Role is Role.Admin && template.SharedWith is not TemplateSharing.Nobody);

    private static TemplateInput Values(MessageTemplate template) =>
        new()
        {
            Name = template.Name,
            Channel = template.Channel,
            SubjectUk = template.SubjectUk,
            BodyUk = template.BodyUk,
            SubjectEn = template.SubjectEn,
            BodyEn = template.BodyEn,
            SharedWith = template.SharedWith,
        };

    private static void Write(Actor actor, MessageTemplate template, TemplateInput values, TemplateSharing? before)
    {
        (template.Name, template.Channel) = (values.Name!, values.Channel);
        (template.SubjectUk, template.BodyUk) = (values.SubjectUk, values.BodyUk);
        (template.SubjectEn, template.BodyEn) = (values.SubjectEn, values.BodyEn);
        template.SharedWith = values.SharedWith;
        if (values.SharedWith != before)
        {
            template.TeamId = values.SharedWith is TemplateSharing.Team ? actor.TeamId : null;
        }
    }

    private void Record(HubDbContext db, Actor actor, MessageTemplate template, string act) =>
        db.SecurityEvents.Add(
            SecurityLog.Entry(
                SecurityEventKind.TemplateChanged,
                actor,
                time,
                template.OwnerId,
                ("act", act),
                ("name", template.Name),
                ("scope", template.SharedWith.ToString())
            )
        );
}
