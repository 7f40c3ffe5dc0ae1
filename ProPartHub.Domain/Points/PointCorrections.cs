using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Points;

/// <summary>Puts points right by an entry of its own: admins anybody's, managers their team's, nobody the own.</summary>
public sealed class PointCorrections(HubDatabase database, TimeProvider time)
{
    /// <summary>Most points that one correction gives or takes.</summary>
    public const int Most = 100_000;

    /// <summary>Gives or takes points.</summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="entryId">Made by the caller, so that a repeated submit is one entry.</param>
    /// <param name="userId">Whose points.</param>
    /// <param name="points">How many, negative to take them.</param>
    /// <param name="reason">Why, up to <see cref="PointEntry.ReasonLength"/> characters; the person reads it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidInputException">The number is 0 or too large, or the reason is missing, too long or unreadable.</exception>
    /// <exception cref="ForbiddenException">These points are not the actor's to correct, or there are none at all.</exception>
    /// <exception cref="NotFoundException">There is no such person for the actor.</exception>
    public Task AddAsync(
        Actor actor,
        Guid entryId,
        Guid userId,
        int points,
        string? reason,
        CancellationToken cancellationToken
    )
    {
        if (!PointRights.Corrects(actor, userId))
        {
            throw ForbiddenException.For(actor, GuardedAct.CorrectPoints, userId);
        }

        var words = reason?.ReplaceLineEndings(" ").Trim();
        Refuse(points, words);
        return database.InTransactionAsync(
            async (db, token) =>
            {
                if (!await PointRights.LedgersOf(db, actor).AnyAsync(user => user.Id == userId, token))
                {
                    throw await PointRights.NoPersonAsync(db, actor, userId, token);
                }

                if (!(await PointLedger.RulesAsync(db, token)).IsOn)
                {
                    throw ForbiddenException.For(actor, GuardedAct.CorrectPoints, userId);
                }

                if (await db.PointEntries.AnyAsync(entry => entry.Id == entryId, token))
                {
                    return;
                }

                db.PointEntries.Add(
                    new PointEntry
                    {
                        Id = entryId,
                        UserId = userId,
                        Points = points,
                        Kind = PointKind.Correction,
                        At = time.GetUtcNow(),
                        ById = actor.StoredId,
                        ByName = actor.Name,
                        Reason = words,
                    }
                );
                db.SecurityEvents.Add(
                    SecurityLog.Entry(
                        SecurityEventKind.PointsCorrected,
                        actor,
                        time,
                        userId,
                        ("points", points.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                        ("reason", words)
                    )
                );
            },
            cancellationToken
        );
    }

    private static void Refuse(int points, string? reason)
    {
        var errors = new List<FieldError>();
        if (points is 0 or < -Most or > Most)
        {
            errors.Add(new(nameof(PointEntry.Points), FieldErrorCode.OutOfRange, Most));
        }

        if (string.IsNullOrEmpty(reason))
        {
            errors.Add(new(nameof(PointEntry.Reason), FieldErrorCode.Required));
        }
        else if (reason.Length > PointEntry.ReasonLength)
        {
            errors.Add(new(nameof(PointEntry.Reason), FieldErrorCode.TooLong, PointEntry.ReasonLength));
        }
        else if (!ReadableText.Is(reason))
        {
            errors.Add(new(nameof(PointEntry.Reason), FieldErrorCode.UnreadableText));
        }

        if (errors.Count > 0)
        {
            throw new InvalidInputException(errors);
        }
    }
}
