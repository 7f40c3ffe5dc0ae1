using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Transfer.Legacy;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Web.Hosting;
using Xunit;
using Bcrypt = BCrypt.Net.BCrypt;

namespace ProPartHub.Tests.Transfer.Legacy;

/// <summary>The command on a real portal: who moved in logs in with the old password, and old addresses lead on.</summary>
public sealed class LegacyCommandTests : IAsyncLifetime
{
    private const string Password = "пароль6";

    private readonly AccountHub _hub = new();
    private LegacyPortal _portal = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _hub.InitializeAsync();
        _portal = await LegacyPortal.CreateAsync();
        await _portal.RunAsync(
            $"""
            INSERT INTO "user" (id, username, email, role, password_hash) VALUES
                (1, 'chief', 'chief@old.example.com', 'admin', '{Bcrypt.HashPassword(Password, 4)}');
            INSERT INTO "user" (id, username, email, admin_id, password_hash, is_verified) VALUES
                (2, 'ivan', 'ivan@old.example.com', 1, '{Werkzeug(Password)}', true),
                (3, 'petro', 'petro@old.example.com', 1, '{Bcrypt.HashPassword(Password, 4)}', true);
            INSERT INTO lead (id, agent_id, deal_name, phone) VALUES
                (17, 2, '=Клієнт', '+380501234567'), (18, 3, 'Чужий', '+380501234568');
            INSERT INTO property (id, name, location_country, location_city, price_from, created_by) VALUES
                (5, 'Marina', 'Дубай', 'Дубай', 1000, 1);
            INSERT INTO activity (id, lead_id, activity_type) VALUES (1, 17, '=call');
            """
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task WhoMovedIn_LogsInWithTheOldPassword_AndOldAddressesLeadOn()
    {
        Assert.Equal(0, (await RunAsync("--from", _portal.ConnectionString, "--apply")).Code);
        using var chief = await _hub.Host.SignInAsync("chief", Password);
        using var ivan = await _hub.Host.SignInAsync("ivan", Password);

        var (own, foreign) = (await NewAsync(LegacyKind.Lead, 17), await NewAsync(LegacyKind.Lead, 18));
        Assert.Equal($"/leads/{own}", await LeadsToAsync(ivan, "/lead/17"));
        Assert.Equal($"/leads/{own}", await LeadsToAsync(ivan, "/lead/17/edit"));
        Assert.Equal($"/leads/{foreign}", await LeadsToAsync(chief, "/lead/18"));
        // Somebody else's and one that never was look the same.
        Assert.Equal($"/leads/{Guid.Empty}", await LeadsToAsync(ivan, "/lead/18"));
        Assert.Equal($"/leads/{Guid.Empty}", await LeadsToAsync(ivan, "/lead/999"));
        using (var stranger = _hub.Host.NewBrowser())
        {
            Assert.Contains("/account/login", await LeadsToAsync(stranger, "/lead/17"), StringComparison.Ordinal);
        }

        // The old hash is renewed by the log-in, and a later run does not bring it back.
        var renewed = (await UserAsync("ivan")).PasswordHash;
        Assert.StartsWith("$pp1$", renewed, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("--from", _portal.ConnectionString, "--apply")).Code);
        Assert.Equal(renewed, (await UserAsync("ivan")).PasswordHash);
    }

    [Fact]
    public async Task OldNumber_FindsTheLead_AndStandsOnItsPage()
    {
        Assert.Equal(0, (await RunAsync("--from", _portal.ConnectionString, "--apply")).Code);
        var (ivan, petro) = (await UserAsync("ivan"), await UserAsync("petro"));
        await using var scope = _hub.Host.Services.CreateAsyncScope();
        var leads = scope.ServiceProvider.GetRequiredService<LeadQueries>();

        var found = Assert.Single(await leads.FindAsync(ivan.ToActor(null), "#17", Token));

        Assert.Equal(await NewAsync(LegacyKind.Lead, 17), found.Id);
        Assert.Equal(17, (await leads.DetailsAsync(ivan.ToActor(null), found.Id, Token)).OldNumber);
        Assert.Empty(await leads.FindAsync(petro.ToActor(null), "17", Token));
    }

    [Fact]
    public async Task DryRun_IsWhatHappensWithoutApply_AndTheReportIsAFile()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.csv");
        try
        {
            var (code, words) = await RunAsync("--from", _portal.ConnectionString, "--report", path);

            Assert.Equal(0, code);
            Assert.Contains("nothing was written", words, StringComparison.Ordinal);
            Assert.Contains("2 read       2 brought", words, StringComparison.Ordinal);
            await using var db = await _hub.Host.Database.ReadAsync(Token);
            Assert.False(await db.Leads.AnyAsync(Token));
            var lines = await File.ReadAllLinesAsync(path, Token);
            Assert.Equal("table,old id,outcome,rule,what", lines[0]);
            Assert.Contains(
                lines,
                line => line.StartsWith("lead,17,Repaired,stage-by-status,", StringComparison.Ordinal)
            );
            Assert.DoesNotContain(
                lines,
                line =>
                    line.Contains("+38050", StringComparison.Ordinal) || line.Contains("$2", StringComparison.Ordinal)
            );
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task NewPasswords_AreDemandedWhenAsked()
    {
        Assert.Equal(0, (await RunAsync($"--from={_portal.ConnectionString}", "--apply", "--new-passwords")).Code);
        Assert.True((await UserAsync("ivan")).MustChangePassword);
    }

    [Theory]
    [InlineData]
    [InlineData("--apply")]
    [InlineData("--from")]
    [InlineData("--from", "no connection string")]
    [InlineData("--from", "Host=127.0.0.1", "--aply")]
    [InlineData("--from", "Host=127.0.0.1", "--apply", "--dry-run")]
    [InlineData("--from", "Host=127.0.0.1", "--files", "/there/is/none")]
    public async Task WrongCalls_DoNothing(params string[] options) => Assert.Equal(2, (await RunAsync(options)).Code);

    [Fact]
    public async Task DatabaseThatIsAway_IsSaidWithoutThePassword()
    {
        var (code, words) = await RunAsync("--from", "Host=127.0.0.1;Port=1;Username=old;Password=secret;Timeout=3");

        Assert.Equal(1, code);
        Assert.StartsWith("Stopped: ", words, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", words, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Words)> RunAsync(params string[] options)
    {
        await using var output = new StringWriter();
        var code = await ImportLegacyCommand.RunAsync(_hub.Host.Services, options, output, Token);
        return (code, output.ToString());
    }

    private static async Task<string> LeadsToAsync(HttpClient browser, string path)
    {
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        var location = answer.Headers.Location!;
        return location.IsAbsoluteUri ? location.PathAndQuery : location.OriginalString;
    }

    private async Task<Guid> NewAsync(LegacyKind kind, long oldId)
    {
        await using var db = await _hub.Host.Database.ReadAsync(Token);
        return await db
            .LegacyIds.Where(row => row.Kind == kind && row.OldId == oldId)
            .Select(row => row.NewId)
            .SingleAsync(Token);
    }

    private async Task<HubUser> UserAsync(string name)
    {
        await using var db = await _hub.Host.Database.ReadAsync(Token);
        return await db.Users.SingleAsync(user => user.UserName == name, Token);
    }

    private static string Werkzeug(string password)
    {
        var hash = Rfc2898DeriveBytes.Pbkdf2(
            password,
            Encoding.UTF8.GetBytes("salt"),
            1000,
            HashAlgorithmName.SHA256,
            32
        );
        return $"pbkdf2:sha256:1000$salt${Convert.ToHexStringLower(hash)}";
    }
}
