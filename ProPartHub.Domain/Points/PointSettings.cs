using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Points;

/// <summary>The rules as admins read and change them.</summary>
/// <param name="IsOn">False for no points at all.</param>
/// <param name="LeadCreated">Points for a lead registered in the portal.</param>
/// <param name="DealWon">Points for a deal won.</param>
/// <param name="Goal">Points that everybody strives for.</param>
/// <param name="Levels">The four levels, lowest first.</param>
public sealed record PointRulesInput(bool IsOn, int LeadCreated, int DealWon, int Goal, IReadOnlyList<LevelRule> Levels)
{
    /// <summary>Everything in one line, for the audit and to tell whether two are the same.</summary>
    public string ToText() =>
        string.Join(
            "; ",
            [
                IsOn ? "on" : "off",
                string.Create(CultureInfo.InvariantCulture, $"lead {LeadCreated}"),
                string.Create(CultureInfo.InvariantCulture, $"deal {DealWon}"),
                string.Create(CultureInfo.InvariantCulture, $"goal {Goal}"),
                .. Levels.Select(level =>
                    string.Create(CultureInfo.InvariantCulture, $"{level.Level} {level.From} = {level.Percent:0.##}%")
                ),
            ]
        );
}

/// <summary>Reads and changes what points are given for. What was given before stays as it is.</summary>
public sealed class PointSettings(HubDatabase database, TimeProvider time)
{
    /// <summary>Most points for one lead or deal, and highest goal or threshold.</summary>
    public const int Most = 1_000_000;

    /// <summary>The rules that hold.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<PointRulesInput> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        PointRights.RequireAdmin(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        return Of(await PointLedger.RulesAsync(db, cancellationToken));
    }

    /// <summary>Whether there are points at all, which every menu shows; one command.</summary>
    public async Task<bool> IsOnAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        return (await PointLedger.RulesAsync(db, cancellationToken)).IsOn;
    }

    /// <summary>Stores the rules; they hold for what happens from then on.</summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="opened">The rules as the form opened with them.</param>
    /// <param name="typed">The rules on save.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when somebody else changed them meanwhile; then nothing was stored.</returns>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    /// <exception cref="InvalidInputException">
    /// A number is below 0 or too large, the lowest level does not begin at 0, a level does not begin above the one before
    /// it, or a share is not from 0 to 100 with two decimals.
    /// </exception>
    public Task<bool> SaveAsync(
        Actor actor,
        PointRulesInput opened,
        PointRulesInput typed,
        CancellationToken cancellationToken
    )
    {
        PointRights.RequireAdmin(actor);
        Refuse(typed);
        return database.InTransactionAsync(
            async (db, token) =>
            {
                // Two admins' first saves at once would both find no row.
                await db.Database.ExecuteSqlAsync(
                    $"SELECT pg_advisory_xact_lock(hashtext({nameof(PointRules)}))",
                    token
                );
                var stored = await db.PointRules.SingleOrDefaultAsync(token);
                var before = Of(stored ?? new PointRules());
                if (before.ToText() != opened.ToText())
                {
                    return false;
                }

                if (before.ToText() == typed.ToText())
                {
                    return true;
                }

                var rules = stored ?? db.PointRules.Add(new PointRules()).Entity;
                (rules.IsOn, rules.LeadCreated, rules.DealWon, rules.Goal, rules.Levels) = (
                    typed.IsOn,
                    typed.LeadCreated,
                    typed.DealWon,
                    typed.Goal,
                    [.. typed.Levels]
                );
                db.SecurityEvents.Add(
                    SecurityLog.Setting(actor, time, null, "points", before.ToText(), typed.ToText())
                );
                return true;
            },
            cancellationToken
        );
    }

    private static PointRulesInput Of(PointRules rules) =>
        new(rules.IsOn, rules.LeadCreated, rules.DealWon, rules.Goal, rules.Levels);

    private static void Refuse(PointRulesInput typed)
    {
        var errors = new List<FieldError>();
        Range(typed.LeadCreated, 0, nameof(typed.LeadCreated));
        Range(typed.DealWon, 0, nameof(typed.DealWon));
        Range(typed.Goal, 1, nameof(typed.Goal));
        var levels = Enum.GetValues<Level>();
        if (!typed.Levels.Select(level => level.Level).SequenceEqual(levels))
        {
            throw new InvalidInputException(nameof(typed.Levels), FieldErrorCode.UnknownOption);
        }

        for (var index = 0; index < levels.Length; index++)
        {
            var level = typed.Levels[index];
            var isInOrder = index == 0 ? level.From == 0 : level.From > typed.Levels[index - 1].From;
            if (!isInOrder || level.From > Most)
            {
                errors.Add(new($"{level.Level}.{nameof(level.From)}", FieldErrorCode.OutOfRange, Most));
            }

            if (level.Percent is < 0 or > 100 || decimal.Round(level.Percent, 2) != level.Percent)
            {
                errors.Add(new($"{level.Level}.{nameof(level.Percent)}", FieldErrorCode.OutOfRange, 100));
            }
        }

        if (errors.Count > 0)
        {
            throw new InvalidInputException(errors);
        }

        void Range(int value, int least, string field)
        {
            if (value < least || value > Most)
            {
                errors.Add(new(field, FieldErrorCode.OutOfRange, Most));
            }
        }
    }
}
