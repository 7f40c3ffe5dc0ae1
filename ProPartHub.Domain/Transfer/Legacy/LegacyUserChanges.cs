using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Domain.People.Verification;
using ProPartHub.Domain.Points;

namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>
/// What else belongs to an account, and what later runs bring of it: password, switching off, verification, commission and
/// points. Names, address, role and admin are an admin's matter here once the account is.
/// </summary>
internal sealed class LegacyUserChanges(LegacyBatch batch, IReadOnlyDictionary<long, Guid> teams)
{
    private const string NotFollowed = "NameAddressRoleTeam";

    private DateTimeOffset Now => batch.Run.Now;

    /// <summary>The values to compare the next time.</summary>
    public (string Name, string? Value)[] Values(LegacyRow row, string? password) =>
        [
            (nameof(HubUser.PasswordHash), password),
            (nameof(HubUser.IsActive), Text(row.Flag("is_active") ?? true)),
            (nameof(HubUser.IsVerified), Text(IsVerified(row))),
            (nameof(CommissionRate), Text(CommissionOf(row))),
            (nameof(PointEntry), Text(PointsOf(row))),
            (NotFollowed, Identity(row)),
        ];

    /// <summary>Brings verification, commission and points of a new account.</summary>
    public async Task BringEarningsAsync(LegacyRow row, HubUser user, CancellationToken cancellationToken)
    {
        await BringPointsAsync(row, user, cancellationToken);
        if (row.Line("level") is { } level && !IsLevel(level, PointsOf(row)))
        {
            batch.Note(row, LegacyRule.LevelFollowsPoints, $"level '{level}' is not that of {PointsOf(row)} points");
        }

        if (user.Role is not Role.Agent)
        {
            return;
        }

        BringCommission(row, user, user.CreatedAt);
        if (!user.IsVerified && row.Flag("verification_requested") is true)
        {
            batch.Db.VerificationRequests.Add(
                new VerificationRequest
                {
                    Id = Guid.CreateVersion7(Now),
                    UserId = user.Id,
                    State = VerificationState.Waiting,
                    AskedAt = row.Local("verification_request_date") is { } asked && asked <= Now ? asked : Now,
                }
            );
        }
    }

    /// <summary>Brings what is new of an account brought before.</summary>
    public async Task CompareAsync(LegacyRow row, LegacyId known, string? password, CancellationToken cancellationToken)
    {
        var user = await batch.Db.Users.SingleOrDefaultAsync(user => user.Id == known.NewId, cancellationToken);
        if (user is null)
        {
            batch.Note(row, LegacyRule.GoneHere, "the account was removed here");
            batch.Compare(row, known, isChanged: false);
            return;
        }

        if (known.Fields.Count == 0)
        {
            // An account of its own, which the former portal never had a say in.
            batch.Compare(row, known, isChanged: false);
            return;
        }

        var merge = new LegacyMerge(batch, row, known);
        if (merge.Takes(nameof(HubUser.PasswordHash), password, user.PasswordHash) && password is not null)
        {
            (user.PasswordHash, user.SecurityStamp) = (password, AccountCreation.NewStamp());
        }

        var isActive = row.Flag("is_active") ?? true;
        if (merge.Takes(nameof(HubUser.IsActive), Text(isActive), Text(user.IsActive)))
        {
            if (user.Role is Role.Admin && !isActive)
            {
                // The last one who can sign in must not lose the way in by a command.
                batch.Note(row, LegacyRule.AccountNotFollowed, "an admin switched off there stays on here");
            }
            else
            {
                (user.IsActive, user.SecurityStamp) = (isActive, AccountCreation.NewStamp());
            }
        }

        if (
            user.Role is Role.Agent
            && merge.Takes(nameof(HubUser.IsVerified), Text(IsVerified(row)), Text(user.IsVerified))
        )
        {
            user.IsVerified = IsVerified(row);
        }

        await CompareEarningsAsync(row, user, merge, cancellationToken);
        if (merge.HasChangedThere(NotFollowed, Identity(row)))
        {
            batch.Note(row, LegacyRule.AccountNotFollowed, "name, address, role or admin changed there");
        }

        merge.Finish();
    }

    private async Task CompareEarningsAsync(
        LegacyRow row,
        HubUser user,
        LegacyMerge merge,
        CancellationToken cancellationToken
    )
    {
        var rate = await batch
            .Db.CommissionRates.Where(rate => rate.UserId == user.Id)
            .OrderByDescending(rate => rate.Since)
            .Select(rate => (decimal?)rate.Percent)
            .FirstOrDefaultAsync(cancellationToken);
        if (user.Role is Role.Agent && merge.Takes(nameof(CommissionRate), Text(CommissionOf(row)), Text(rate)))
        {
            BringCommission(row, user, Now);
        }

        // Points only ever come to the ledger: what it has of its own stays beside them.
        var brought = await BroughtPoints(user.Id).SumAsync(entry => entry.Points, cancellationToken);
        if (merge.Takes(nameof(PointEntry), Text(PointsOf(row)), Text(brought)))
        {
            await BringPointsAsync(row, user, cancellationToken);
        }
    }

    private void BringCommission(LegacyRow row, HubUser user, DateTimeOffset since)
    {
        if (CommissionOf(row) is not { } percent)
        {
            if (row.Raw("commission") is { } wrong && row.Amount("commission") is not 0)
            {
                batch.Note(row, LegacyRule.CommissionUnusable, $"commission '{wrong}' is no percentage; none brought");
            }

            return;
        }

        if (percent != row.Amount("commission"))
        {
            batch.Note(row, LegacyRule.CommissionRounded, $"{Text(percent)} %");
        }

        batch.Db.CommissionRates.Add(
            new CommissionRate
            {
                Id = Guid.CreateVersion7(Now),
                UserId = user.Id,
                Percent = percent,
                Since = since,
                SetByName = Actor.System.Name,
                Reason = LegacyText.MovedIn,
            }
        );
    }

    private async Task BringPointsAsync(LegacyRow row, HubUser user, CancellationToken cancellationToken)
    {
        var brought = await BroughtPoints(user.Id).SumAsync(entry => entry.Points, cancellationToken);
        if (PointsOf(row) - brought is var points && points != 0)
        {
            batch.Db.PointEntries.Add(
                new PointEntry
                {
                    Id = Guid.CreateVersion7(Now),
                    UserId = user.Id,
                    Points = points,
                    Kind = PointKind.Correction,
                    // An opening entry, not this month's doing: rankings of months leave it to the past.
                    At = brought == 0 ? user.CreatedAt : Now,
                    ByName = Actor.System.Name,
                    Reason = LegacyText.MovedIn,
                }
            );
        }
    }

    private IQueryable<PointEntry> BroughtPoints(Guid userId) =>
        batch.Db.PointEntries.Where(entry =>
            entry.UserId == userId && entry.Kind == PointKind.Correction && entry.Reason == LegacyText.MovedIn
        );

    // Nobody could be verified there without a commission, so nought is one for the verified alone.
    private static decimal? CommissionOf(LegacyRow row) =>
        row.Amount("commission") is { } percent and >= 0 and <= 100 && (percent > 0 || IsVerified(row))
            ? Math.Round(percent, 2, MidpointRounding.AwayFromZero)
            : null;

    private static bool IsVerified(LegacyRow row) => row.Flag("is_verified") is true;

    private static int PointsOf(LegacyRow row) =>
        (int)Math.Clamp(row.Amount("points") ?? 0, int.MinValue, int.MaxValue);

    private static bool IsLevel(string level, int points) =>
        string.Equals(new PointRules().LevelOf(points).Level.ToString(), level, StringComparison.OrdinalIgnoreCase);

    private string Identity(LegacyRow row) =>
        string.Join(
            '\n',
            row.Raw("username"),
            row.Raw("email"),
            row.Raw("role"),
            row.Link("admin_id") is { } admin && teams.TryGetValue(admin, out var team) ? team.ToString() : null
        );

    private static string Text(bool value) => value ? "true" : "false";

    private static string? Text(decimal? value) => value?.ToString("0.##", CultureInfo.InvariantCulture);
}
