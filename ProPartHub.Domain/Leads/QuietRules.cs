using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Agency.Shared;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Leads;

/// <summary>Reads and sets when leads have gone quiet: on the start page, on the board, in the list and in teams' figures.</summary>
public sealed class QuietRules(HubDatabase database, AgencyCache cache, TimeProvider time)
{
    /// <summary>The rule that holds, kept until a setting changes. Everybody works by it, so everybody may read it.</summary>
    public Task<QuietRule> RuleAsync(Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return cache.GetAsync(AgencyTopic.Settings, "quiet leads", ReadAsync, cancellationToken);
    }

    private async Task<QuietRule> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        return await db.SettingAsync(QuietRule.Key, cancellationToken);
    }

    /// <summary>Stores the rule; it holds from then on.</summary>
    /// <returns>False when somebody else changed it since it was opened.</returns>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    /// <exception cref="InvalidInputException">Days below 1 or above <see cref="QuietRule.MostDays"/>.</exception>
    public Task<bool> SaveRuleAsync(Actor actor, QuietRule opened, QuietRule typed, CancellationToken cancellationToken)
    {
        if (actor.Role is not Role.Admin)
        {
            throw ForbiddenException.For(actor, GuardedAct.SetServiceLevels);
        }

        if (typed.Days is < 1 or > QuietRule.MostDays)
        {
            throw new InvalidInputException([
                new FieldError(nameof(typed.Days), FieldErrorCode.OutOfRange, QuietRule.MostDays),
            ]);
        }

        return database.InTransactionAsync(
            (db, token) => db.SetAsync(actor, QuietRule.Key, opened, typed, time, token),
            cancellationToken
        );
    }
}
