using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Leads;

/// <content>What the commands share: finding the lead by right, merging, checking.</content>
public sealed partial class LeadService
{
    private LeadRecorder By(Actor actor) => new(actor, ChangeOrigin.Portal, time.GetUtcNow());

    private Task<T> WriteAsync<T>(
        Actor actor,
        Guid leadId,
        Func<HubDbContext, Lead, LeadRecorder, CancellationToken, Task<T>> change,
        CancellationToken cancellationToken,
        bool isForHubSpot = true
    ) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                var lead = await db.LeadToChangeAsync(actor, leadId, token);
                var recorder = By(actor);
                var result = await change(db, lead, recorder, token);
                if (isForHubSpot && db.ChangeTracker.Entries<LeadEvent>().Any())
                {
                    await recorder.MarkForHubSpotAsync(db, OutboxKind.Lead, leadId, leadId, token);
                }

                return result;
            },
            cancellationToken
        );

    private static void Refuse(IReadOnlyList<FieldError> errors)
    {
        if (errors.Count > 0)
        {
            throw new InvalidInputException(errors);
        }
    }

    /// <summary>Refuses a person whom the actor may not give leads to; null is the pool.</summary>
    /// <exception cref="ForbiddenException">The person is outside the actor's team, or the account is closed.</exception>
    internal static Task RequireMayGiveAsync(
        HubDbContext db,
        Actor actor,
        Guid? agentId,
        CancellationToken cancellationToken
    ) => AgentForAsync(db, actor, agentId, cancellationToken);

    private static async Task<HubUser?> AgentForAsync(
        HubDbContext db,
        Actor actor,
        Guid? agentId,
        CancellationToken cancellationToken
    )
    {
        if (agentId is null)
        {
            return null;
        }

        var agent = await db.Users.SingleOrDefaultAsync(user => user.Id == agentId && user.IsActive, cancellationToken);
        return RequireMayGive(actor, agent, agentId);
    }

    // Managers give to their own team and to themselves; nobody to one who is switched off or not there.
    private static HubUser RequireMayGive(Actor actor, HubUser? agent, Guid? agentId) =>
        agent is not null
        && (actor.Role is not Role.Manager || agent.TeamId == actor.TeamId || agent.Id == actor.UserId)
            ? agent
            : throw ForbiddenException.For(actor, GuardedAct.GiveLead, agentId);

    // Leads that somebody else gave them count too, but stand in nobody's way when they are given.
    private async Task RefuseBeyondUnverifiedAsync(
        HubDbContext db,
        Actor actor,
        HubUser? agent,
        CancellationToken cancellationToken
    )
    {
        if (actor.Role is not Role.Agent || agent is not { IsVerified: false })
        {
            return;
        }

        // One registration of theirs at a time, or several at once would pass the limit.
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM users WHERE id = {agent.Id} FOR UPDATE", cancellationToken);
        var limit = verification.Value.LeadsBefore;
        if (await db.Leads.CountAsync(lead => lead.AgentId == agent.Id, cancellationToken) >= limit)
        {
            Refuse([new FieldError(nameof(LeadField.Agent), FieldErrorCode.UnverifiedLimit, limit)]);
        }
    }

    private static async Task<Stage> FirstStageAsync(HubDbContext db, CancellationToken cancellationToken) =>
        await db
            .Stages.Where(stage => stage.Pipeline.IsForNewLeads && stage.RemovedAt == null)
            .OrderBy(stage => stage.DisplayOrder)
            .FirstOrDefaultAsync(cancellationToken)
        ?? throw new InvalidOperationException("No pipeline for new leads: the first start should have made one.");

    internal static async Task<IReadOnlyList<LeadEditConflict>> ConflictsAsync(
        HubDbContext db,
        Lead lead,
        LeadInput opened,
        LeadInput typed,
        IEnumerable<LeadField> changed,
        CancellationToken cancellationToken
    )
    {
        var conflicts = changed
            .Select(field => new LeadEditConflict(
                field,
                LeadFields.Read(opened, field),
                LeadFields.Read(typed, field),
                LeadFields.Read(lead, field),
                null,
                null
            ))
            .Where(conflict => conflict.Current != conflict.Opened && conflict.Current != conflict.Typed)
            .ToList();
        return conflicts.Count == 0 ? [] : await WithAuthorsAsync(db, lead.Id, conflicts, cancellationToken);
    }

    private static async Task<IReadOnlyList<LeadEditConflict>> WithAuthorsAsync(
        HubDbContext db,
        Guid leadId,
        List<LeadEditConflict> conflicts,
        CancellationToken cancellationToken
    )
    {
        var history = await db
            .LeadEvents.AsNoTracking()
            .Where(entry => entry.LeadId == leadId)
            .OrderByDescending(entry => entry.Id)
            .Take(100)
            .ToListAsync(cancellationToken);
        return [.. conflicts.Select(conflict => WithAuthor(conflict, history))];
    }

    private static LeadEditConflict WithAuthor(LeadEditConflict conflict, List<LeadEvent> history)
    {
        var cause = history.FirstOrDefault(entry =>
            entry.Changes.Any(change => change.Field == conflict.Field.ToString() && change.After == conflict.Current)
        );
        return conflict with { ChangedBy = cause?.ActorName, ChangedAt = cause?.OccurredAt };
    }

    // Both ends of a budget, and both phones, are judged together.
    internal static HashSet<LeadField> WithPartners(HashSet<LeadField> changed)
    {
        var fields = changed.ToHashSet();
        if (fields.Contains(LeadField.BudgetFrom))
        {
            fields.Add(LeadField.BudgetTo);
        }

        if (fields.Contains(LeadField.Phone))
        {
            fields.Add(LeadField.SecondPhone);
        }

        return fields;
    }

    private static Attention Settled(IReadOnlyList<FieldChange> changes) =>
        changes.Any(change => change.Field == nameof(LeadField.Phone))
            ? Attention.NoPhone | Attention.UnreadablePhone | Attention.SharedPhone
            : Attention.None;

    private async Task RestoreAsync(
        HubDbContext db,
        Lead lead,
        LeadRecorder recorder,
        CancellationToken cancellationToken
    )
    {
        if (lead is { Phone: { } phone, Status: not (LeadStatus.Won or LeadStatus.Lost) })
        {
            await duplicates.ClaimAsync(db, recorder.Actor, phone, lead.Id, cancellationToken);
        }

        recorder.Archive(db, lead, archive: false);
    }

    private void GiveReason(HubDbContext db, Lead lead, LeadRecorder recorder, string? reason)
    {
        var value = RequireReason(reason, lead.RefusalReason);
        recorder.Edit(db, lead, [KeyValuePair.Create<LeadField, string?>(LeadField.RefusalReason, value)]);
    }

    private string RequireReason(string? reason, string? present = null)
    {
        var value = LeadFields.Normalise(LeadField.RefusalReason, reason) ?? present;
        if (value is null)
        {
            throw new InvalidInputException(nameof(LeadField.RefusalReason), FieldErrorCode.Required);
        }

        return value == present || options.For(LeadField.RefusalReason)?.Contains(value) is true
            ? value
            : throw new InvalidInputException(nameof(LeadField.RefusalReason), FieldErrorCode.UnknownOption);
    }

    internal static string? CheckedReason(string? reason) =>
        CheckedLine(reason, FieldChange.Reason, LeadLimits.TransferReason);

    private static string? CheckedNote(string? note) =>
        CheckedLine(note, nameof(LeadInput.ConsentNote), LeadLimits.ConsentNote);

    private static string? CheckedLine(string? line, string field, int most)
    {
        var text = line?.ReplaceLineEndings(" ").Trim();
        if (text?.Length > most)
        {
            throw new InvalidInputException([new FieldError(field, FieldErrorCode.TooLong, most)]);
        }

        if (!ReadableText.Is(text))
        {
            throw new InvalidInputException(field, FieldErrorCode.UnreadableText);
        }

        return string.IsNullOrEmpty(text) ? null : text;
    }
}
