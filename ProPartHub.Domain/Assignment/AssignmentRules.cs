using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Assignment;

/// <summary>A rule in its place.</summary>
/// <param name="Id">Its key.</param>
/// <param name="IsDefault">True for the last one, which fits every lead.</param>
/// <param name="Values">What it says.</param>
/// <param name="PersonName">The person it gives to.</param>
/// <param name="TeamName">The team it gives to.</param>
/// <param name="IsHelpless">True when the person or team it names is gone or closed.</param>
public sealed record AssignmentRuleItem(
    Guid Id,
    bool IsDefault,
    AssignmentRuleInput Values,
    string? PersonName,
    string? TeamName,
    bool IsHelpless
);

/// <summary>Rules of assignment: admins read and change them. Each change is a security event.</summary>
public sealed partial class AssignmentRules(HubDatabase database, AgencyCalendar calendar, TimeProvider time)
{
    /// <summary>All rules in their order; the default is the last.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<IReadOnlyList<AssignmentRuleItem>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        RequireAdmin(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        var rows = await Present(db)
            .Select(rule => new
            {
                Rule = rule,
                Person = db.Users.FirstOrDefault(user => user.Id == rule.PersonId),
                Team = db.Teams.FirstOrDefault(team => team.Id == rule.TeamId),
                HasAgents = db.Users.Any(user =>
                    user.TeamId == rule.TeamId && user.IsActive && user.Role == Role.Agent
                ),
            })
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(row => new AssignmentRuleItem(
                row.Rule.Id,
                row.Rule.IsDefault,
                AssignmentRuleInput.From(row.Rule),
                row.Person?.DisplayName,
                row.Team?.Name,
                row.Rule.Target switch
                {
                    AssignmentTarget.Pool => false,
                    AssignmentTarget.Person => row.Person is not { IsActive: true },
                    _ => row.Team is null || !row.HasAgents,
                }
            )),
        ];
    }

    /// <summary>Adds a rule above the default, or changes one.</summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="ruleId">The rule's key, made by the caller for a new one.</param>
    /// <param name="opened">What the form opened with; null for a new rule.</param>
    /// <param name="typed">What it says on save. The default has no conditions and is always on.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when somebody else changed or deleted it meanwhile; nothing is stored then.</returns>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    /// <exception cref="InvalidInputException">A value breaks a rule, or there are too many rules.</exception>
    public Task<bool> SaveAsync(
        Actor actor,
        Guid ruleId,
        AssignmentRuleInput? opened,
        AssignmentRuleInput typed,
        CancellationToken cancellationToken
    )
    {
        RequireAdmin(actor);
        var values = typed.Checked();
        return ChangeAsync(
            async (db, rules, token) =>
            {
                var rule = rules.Find(row => row.Id == ruleId);
                var before = rule is null ? null : AssignmentRuleInput.From(rule).ToText();
                if (before != opened?.ToText())
                {
                    // A second submit of a new rule finds it stored already.
                    return opened is null && before == values.ToText();
                }

                await RequireTargetAsync(db, values, token);
                if (rule is null)
                {
                    if (rules.Count >= AssignmentRule.Most)
                    {
                        throw new InvalidInputException([
                            new FieldError(nameof(values.Name), FieldErrorCode.TooMany, AssignmentRule.Most),
                        ]);
                    }

                    rule = new AssignmentRule { Id = ruleId, Name = values.Name! };
                    db.AssignmentRules.Add(rule);
                    rules.Insert(rules.Count - 1, rule);
                    Renumber(rules);
                }

                Write(rule, values);
                Record(db, actor, rule, before, AssignmentRuleInput.From(rule).ToText());
                return true;
            },
            cancellationToken
        );
    }

    /// <summary>Moves a rule by places: up with a negative number. The default stays last.</summary>
    /// <returns>False when the rule cannot be moved so.</returns>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public Task<bool> MoveAsync(Actor actor, Guid ruleId, int by, CancellationToken cancellationToken)
    {
        RequireAdmin(actor);
        return ChangeAsync(
            (db, rules, _) =>
            {
                var from = rules.FindIndex(row => row.Id == ruleId);
                if (from < 0 || from == rules.Count - 1 || by == 0)
                {
                    return Task.FromResult(false);
                }

                var to = (int)Math.Clamp((long)from + by, 0, rules.Count - 2);
                var rule = rules[from];
                rules.RemoveAt(from);
                rules.Insert(to, rule);
                Renumber(rules);
                Record(db, actor, rule, $"place {from + 1}", $"place {to + 1}");
                return Task.FromResult(from != to);
            },
            cancellationToken
        );
    }

    /// <summary>Deletes a rule; it can be taken back.</summary>
    /// <returns>False when it is not there, or is the default.</returns>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public Task<bool> DeleteAsync(Actor actor, Guid ruleId, CancellationToken cancellationToken)
    {
        RequireAdmin(actor);
        return ChangeAsync(
            (db, rules, _) =>
            {
                var rule = rules.Find(row => row.Id == ruleId && !row.IsDefault);
                if (rule is null)
                {
                    return Task.FromResult(false);
                }

                rule.DeletedAt = time.GetUtcNow();
                Record(db, actor, rule, AssignmentRuleInput.From(rule).ToText(), null);
                return Task.FromResult(true);
            },
            cancellationToken
        );
    }

    /// <summary>Takes a deletion back.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public Task RestoreAsync(Actor actor, Guid ruleId, CancellationToken cancellationToken)
    {
        RequireAdmin(actor);
        return ChangeAsync(
            async (db, _, token) =>
            {
                var rule = await db.AssignmentRules.SingleOrDefaultAsync(
                    row => row.Id == ruleId && row.DeletedAt != null,
                    token
                );
                if (rule is not null)
                {
                    rule.DeletedAt = null;
                    Record(db, actor, rule, null, AssignmentRuleInput.From(rule).ToText());
                }

                return rule is not null;
            },
            cancellationToken
        );
    }

    private Task<bool> ChangeAsync(
        Func<HubDbContext, List<AssignmentRule>, CancellationToken, Task<bool>> change,
        CancellationToken cancellationToken
    ) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                await AssignmentDesk.LockAsync(db, token);
                return await change(db, await Present(db).ToListAsync(token), token);
            },
            cancellationToken
        );

    private static IOrderedQueryable<AssignmentRule> Present(HubDbContext db) =>
        db.AssignmentRules.Where(rule => rule.DeletedAt == null).OrderBy(rule => rule.Place).ThenBy(rule => rule.Id);

    private static void Renumber(List<AssignmentRule> rules)
    {
        for (var place = 0; place < rules.Count - 1; place++)
        {
            rules[place].Place = place;
        }
    }

    private static void Write(AssignmentRule rule, AssignmentRuleInput values)
    {
        (rule.Name, rule.IsOn) = (values.Name!, values.IsOn || rule.IsDefault);
        (rule.Target, rule.PersonId, rule.TeamId) = (values.Target, values.PersonId, values.TeamId);
        if (!rule.IsDefault)
        {
            (rule.Countries, rule.Sources) = (values.Countries, values.Sources);
            (rule.Languages, rule.BudgetFrom, rule.BudgetTo) = (values.Languages, values.BudgetFrom, values.BudgetTo);
        }
    }

    private static async Task RequireTargetAsync(
        HubDbContext db,
        AssignmentRuleInput values,
        CancellationToken cancellationToken
    )
    {
        if (
            values.PersonId is { } person
            && !await db.Users.AnyAsync(user => user.Id == person && user.IsActive, cancellationToken)
        )
        {
            throw new InvalidInputException(nameof(values.PersonId), FieldErrorCode.UnknownOption);
        }

        if (values.TeamId is { } team && !await db.Teams.AnyAsync(row => row.Id == team, cancellationToken))
        {
            throw new InvalidInputException(nameof(values.TeamId), FieldErrorCode.UnknownOption);
        }
    }

    private void Record(HubDbContext db, Actor actor, AssignmentRule rule, string? before, string? after)
    {
        if (before != after)
        {
            db.SecurityEvents.Add(
                SecurityLog.Entry(
                    SecurityEventKind.AssignmentRuleChanged,
                    actor,
                    time,
                    null,
                    ("rule", rule.Name),
                    ("before", before),
                    ("after", after)
                )
            );
        }
    }

    private static void RequireAdmin(Actor actor)
    {
        if (actor.Role is not Role.Admin)
        {
            throw ForbiddenException.For(actor, GuardedAct.SetAssignment);
        }
    }
}
