using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Verification;
using ProPartHub.Domain.Points;
using ProPartHub.Domain.Transfer.Legacy;
using Xunit;

namespace ProPartHub.Tests.Transfer.Legacy;

public sealed class LegacyUsersTests : IAsyncLifetime
{
    private const string Bcrypt = "$2b$12$abcdefghijklmnopqrstuu8Xg0FqWm3vQzT1yR5sN7pL9kJ2hG4eO";

    private LegacyBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await LegacyBed.CreateAsync();

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task AdminAndBroker_KeepRolePasswordAndEarnings_AndTheBrokerComesIntoTheAdminsTeam()
    {
        await _bed.Portal.RunAsync(
            $"UPDATE \"user\" SET password_hash = '{Bcrypt}', last_login = '2026-01-15 12:00:00' WHERE id = 2"
        );

        var report = await _bed.MoveAsync();

        var (chief, ivan) = (await UserAsync(1), await UserAsync(2));
        Assert.Equal((Role.Admin, (Guid?)null), (chief.Role, chief.TeamId));
        Assert.Equal((Role.Agent, true, true), (ivan.Role, ivan.IsVerified, ivan.IsActive));
        Assert.Equal(
            ("ivan_broker", "ivan_broker", "ivan@old.example.com"),
            (ivan.UserName, ivan.DisplayName, ivan.Email)
        );
        Assert.Equal(Bcrypt, ivan.PasswordHash);
        // Kyiv's noon in winter.
        Assert.Equal(new DateTimeOffset(2026, 1, 15, 10, 0, 0, TimeSpan.Zero), ivan.LastLoginAt);
        Assert.Equal(new DateTimeOffset(2025, 10, 1, 8, 0, 0, TimeSpan.Zero), ivan.CreatedAt);
        Assert.Equal("Команда chief", await _bed.ReadAsync(db => TeamNameAsync(db, ivan.TeamId)));
        var rate = await _bed.ReadAsync(db => db.CommissionRates.SingleAsync(row => row.UserId == ivan.Id, Token));
        Assert.Equal((7.5m, ivan.CreatedAt, "Перенесено зі старого порталу"), (rate.Percent, rate.Since, rate.Reason));
        var entry = await _bed.ReadAsync(db => db.PointEntries.SingleAsync(Token));
        Assert.Equal((ivan.Id, 2300, PointKind.Correction), (entry.UserId, entry.Points, entry.Kind));
        Assert.Equal(2, report.Counts.Single(count => count.Table == "user").Brought);
        Assert.Equal([1L], report.Of("password-unusable", "user"));
        Assert.DoesNotContain(report.Lines, line => line.What.Contains("$2b$", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Agents_OfNobodyOrOfNoAdmin_AreListedAndInNoTeam()
    {
        await _bed.Portal.RunAsync(
            """
            INSERT INTO "user" (id, username, email, admin_id, role) VALUES
                (3, 'alone', 'alone@old.example.com', NULL, 'agent'), (4, 'lost', 'lost@old.example.com', 99, 'agent'),
                (5, 'wrong', 'wrong@old.example.com', 2, 'broker');
            """
        );

        var report = await _bed.MoveAsync();

        Assert.Equal([3L, 4L, 5L], report.Of("agent-without-admin", "user"));
        Assert.Equal([5L], report.Of("role-unknown", "user"));
        foreach (var id in new[] { 3, 4, 5 })
        {
            Assert.Equal(
                (Role.Agent, (Guid?)null),
                await UserAsync(id) is var user ? (user.Role, user.TeamId) : default
            );
        }

        // Ivan leads nobody here, so there is one team besides the hub's own.
        Assert.Equal(3, await _bed.ReadAsync(db => db.Teams.CountAsync(Token)));
    }

    [Fact]
    public async Task NamesAndAddresses_ThatDoNotFit_AreRepairedByRule()
    {
        await _bed.Portal.RunAsync(
            """
            INSERT INTO "user" (id, username, email, admin_id) VALUES
                (3, 'OLENA', 'first@old.example.com', 1), (4, 'Петро Вовк', 'IVAN@old.example.com', 1),
                (5, 'я', 'no address', 1), (6, 'ada2', 'Ada@Example.com', 1);
            """
        );

        var report = await _bed.MoveAsync();

        Assert.Equal("OLENA_3", (await UserAsync(3)).UserName);
        Assert.Equal(
            ("petro_vovk", (string?)null),
            await UserAsync(4) is var petro ? (petro.UserName, petro.Email) : default
        );
        Assert.Equal(("ia_5", (string?)null), await UserAsync(5) is var ia ? (ia.UserName, ia.Email) : default);
        Assert.Equal(_bed.Hub.Ada.UserId, (await UserAsync(6)).Id);
        Assert.Equal(Role.Admin, (await UserAsync(6)).Role);
        Assert.Equal([3L, 4L, 5L], report.Of("user-name-changed", "user"));
        Assert.Equal([4L], report.Of("mail-taken", "user"));
        Assert.Equal([5L], report.Of("mail-unusable", "user"));
        Assert.Equal([6L], report.Of("account-here", "user"));
    }

    [Fact]
    public async Task Commission_ThatIsNoPercentage_IsListed_AndPointsMayBeMissing()
    {
        await _bed.Portal.RunAsync(
            """
            INSERT INTO "user" (id, username, email, admin_id, commission, points, level, is_verified) VALUES
                (3, 'nan', 'a@old.example.com', 1, 'NaN', NULL, 'gold', true),
                (4, 'high', 'b@old.example.com', 1, 150, -100, NULL, true),
                (5, 'none', 'c@old.example.com', 1, NULL, 0, 'bronze', true),
                (6, 'odd', 'd@old.example.com', 1, 12.345, 0, 'bronze', true),
                (7, 'nought', 'e@old.example.com', 1, 0, 0, 'bronze', true),
                (8, 'fresh', 'f@old.example.com', 1, 0, 0, 'bronze', false);
            """
        );

        var report = await _bed.MoveAsync();

        Assert.Equal([3L, 4L], report.Of("commission-unusable", "user"));
        Assert.Equal([6L], report.Of("commission-rounded", "user"));
        Assert.Equal([3L], report.Of("level-follows-points", "user"));
        Assert.Equal(12.35m, await RateAsync(6));
        Assert.Equal(0m, await RateAsync(7));
        foreach (var id in new[] { 3, 4, 5, 8 })
        {
            Assert.Null(await RateAsync(id));
        }

        var high = (await UserAsync(4)).Id;
        Assert.Equal(
            -100,
            await _bed.ReadAsync(db =>
                db.PointEntries.Where(row => row.UserId == high).SumAsync(row => row.Points, Token)
            )
        );
    }

    [Fact]
    public async Task RequestsForVerification_WaitWithTheirTime_AlsoOneInTheHourThatSpringLeaps()
    {
        await _bed.Portal.RunAsync(
            """
            INSERT INTO "user" (id, username, email, admin_id, verification_requested, verification_request_date, locked_until) VALUES
                (3, 'asks', 'asks@old.example.com', 1, true, '2025-03-30 03:30:00', '2026-03-02 11:20:00'),
                (4, 'autumn', 'autumn@old.example.com', 1, true, '2025-10-26 03:30:00', '2025-12-01 10:00:00');
            """
        );

        await _bed.MoveAsync();

        var asked = await _bed.ReadAsync(db => db.VerificationRequests.OrderBy(row => row.AskedAt).ToListAsync(Token));
        Assert.All(asked, row => Assert.Equal(VerificationState.Waiting, row.State));
        Assert.Equal(
            [
                new DateTimeOffset(2025, 3, 30, 1, 30, 0, TimeSpan.Zero),
                new DateTimeOffset(2025, 10, 26, 1, 30, 0, TimeSpan.Zero),
            ],
            asked.Select(row => row.AskedAt)
        );
        Assert.False((await UserAsync(3)).IsVerified);
        // The bed's clock says 09:00 UTC, eleven in Kyiv.
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 9, 20, 0, TimeSpan.Zero), (await UserAsync(3)).LockoutEnd);
        Assert.Null((await UserAsync(4)).LockoutEnd);
    }

    [Fact]
    public async Task NobodyIsTold_AndEachAccountIsInTheAudit()
    {
        await _bed.MoveAsync();

        Assert.Empty(await _bed.ReadAsync(db => db.Mails.ToListAsync(Token)));
        Assert.Empty(await _bed.ReadAsync(db => db.Notifications.ToListAsync(Token)));
        var events = await _bed.ReadAsync(db => db.SecurityEvents.OrderBy(row => row.Id).ToListAsync(Token));
        Assert.Equal(
            [SecurityEventKind.AccountCreated, SecurityEventKind.AccountCreated, SecurityEventKind.MovedIn],
            events.Select(row => row.Kind)
        );
        Assert.Equal("2 brought, 0 changed, 0 unchanged, 0 left out", events[2].Details["user"]);
    }

    private async Task<HubUser> UserAsync(long oldId)
    {
        var id = await _bed.NewAsync(LegacyKind.User, oldId);
        return await _bed.ReadAsync(db => db.Users.SingleAsync(user => user.Id == id, Token));
    }

    private async Task<decimal?> RateAsync(long oldId)
    {
        var id = await _bed.NewAsync(LegacyKind.User, oldId);
        return await _bed.ReadAsync(db =>
            db.CommissionRates.Where(row => row.UserId == id)
                .Select(row => (decimal?)row.Percent)
                .SingleOrDefaultAsync(Token)
        );
    }

    private static Task<string> TeamNameAsync(Domain.Data.HubDbContext db, Guid? id) =>
        db.Teams.Where(team => team.Id == id).Select(team => team.Name).SingleAsync(Token);
}
