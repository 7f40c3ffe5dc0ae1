using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Npgsql;
using NSubstitute;
using ProPartHub.Tests.Infrastructure.Postgres;
using ProPartHub.Web.Hosting;
using Xunit;

namespace ProPartHub.Tests.Web.Hosting;

public sealed class SettingsTests
{
    [Fact]
    public async Task Production_WithoutSettings_RefusesToStart_AndNamesEachOne()
    {
        var (exitCode, errors) = await StartPortalAsync("--environment", "Production");

        Assert.Equal(1, exitCode);
        var lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(lines, line => line.Contains("Hub:PublicUrl is not set", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("AllowedHosts is not set", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("ConnectionStrings:Hub is not set", StringComparison.Ordinal));
        Assert.Contains(
            lines,
            line => line.Contains("DataProtection:Certificate is not set", StringComparison.Ordinal)
        );
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Hub:LogFolder")]
    [InlineData("Files:Folder")]
    public async Task FolderThatCannotBeWritten_IsNamedBeforeTheStart(string setting)
    {
        // Below a file nobody has a folder, not even root.
        var folder = Path.Combine(typeof(HubOptions).Assembly.Location, "below");

        var (exitCode, errors) = await StartPortalAsync([.. Production("Host=127.0.0.1"), $"--{setting}={folder}"]);

        Assert.Equal(1, exitCode);
        Assert.Contains($"{setting} is {folder}", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Mail:Port", "many")]
    [InlineData("Database:MaxPoolSize", "many")]
    [InlineData("Accounts:SessionIdleHours", "")]
    [InlineData("DataProtection:Certificate", "/nowhere/keys.pfx")]
    public async Task ValueThatCannotBeRead_IsNamedBeforeTheStart(string setting, string value)
    {
        var (exitCode, errors) = await StartPortalAsync([.. Production("Host=127.0.0.1"), $"--{setting}={value}"]);

        Assert.Equal(1, exitCode);
        Assert.Contains(setting, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SchemaThatIsBehind_IsSaid_AndWhatHelps()
    {
        await using var database = await TestDatabase.CreateAsync(TestContext.Current.CancellationToken);
        await using (var connection = new NpgsqlConnection(database.ConnectionString))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = new NpgsqlCommand(
                """
                DELETE FROM "__EFMigrationsHistory"
                WHERE migration_id = (SELECT max(migration_id) FROM "__EFMigrationsHistory")
                """,
                connection
            );
            Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        }

        var (exitCode, errors) = await StartPortalAsync(Production(database.ConnectionString));

        Assert.Equal(1, exitCode);
        Assert.Contains("lacks 1 migration(s)", errors, StringComparison.Ordinal);
        Assert.Contains("'migrate'", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SchemaOfANewerVersion_IsRefused_AndWhatHelps()
    {
        await using var database = await TestDatabase.CreateAsync(TestContext.Current.CancellationToken);
        await using (var connection = new NpgsqlConnection(database.ConnectionString))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = new NpgsqlCommand(
                """INSERT INTO "__EFMigrationsHistory" VALUES ('99990101000000_Later', '99.0.0')""",
                connection
            );
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var (exitCode, errors) = await StartPortalAsync(Production(database.ConnectionString));

        Assert.Equal(1, exitCode);
        Assert.Contains("99990101000000_Later", errors, StringComparison.Ordinal);
        Assert.Contains("restore a backup", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Hub:TimeZone", "Europe/Nowhere")]
    [InlineData("Hub:PublicUrl", "https://hub.example.com/portal")]
    [InlineData("Hub:TrustedProxies:0", "proxy.internal")]
    public void WrongValue_IsNamed_EvenInDevelopment(string setting, string value)
    {
        var result = Validate(Environments.Development, (setting, value));

        var fault = Assert.Single(result);
        Assert.Contains(setting.TrimEnd('0').TrimEnd(':'), fault, StringComparison.Ordinal);
        Assert.Contains(value, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Development_NeedsNoSettings() => Assert.Empty(Validate(Environments.Development));

    [Fact]
    public void AnyHostAllowed_IsRefusedOutsideDevelopment()
    {
        var faults = Validate(
            Environments.Production,
            ("AllowedHosts", "*"),
            ("Hub:PublicUrl", "https://hub.example.com"),
            ("ConnectionStrings:Hub", "Host=db"),
            ("DataProtection:Unprotected", "true")
        );

        Assert.StartsWith("AllowedHosts", Assert.Single(faults), StringComparison.Ordinal);
    }

    private static string[] Production(string connectionString) =>
        [
            "--environment=Production",
            "--AllowedHosts=localhost",
            "--Hub:PublicUrl=https://hub.example.com",
            "--Hub:LogFolder=",
            $"--ConnectionStrings:Hub={connectionString}",
            "--DataProtection:Unprotected=true",
            "--urls=http://127.0.0.1:0",
        ];

    private static List<string> Validate(string environment, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)))
            .Build();
        var host = Substitute.For<IHostEnvironment>();
        host.EnvironmentName.Returns(environment);
        var options = configuration.GetSection(HubOptions.Section).Get<HubOptions>() ?? new HubOptions();
        return [.. new HubOptionsValidator(configuration, host).Validate(null, options).Failures ?? []];
    }

    // The real executable: what an operator sees is its exit code and what it prints.
    private static async Task<(int ExitCode, string Errors)> StartPortalAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(HubOptions).Assembly.Location, .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetDirectoryName(typeof(HubOptions).Assembly.Location),
        };
        foreach (var name in start.Environment.Keys.Where(IsHubSetting).ToList())
        {
            start.Environment.Remove(name);
        }

        using var portal = Process.Start(start)!;
        try
        {
            var output = portal.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var errors = await portal.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await output;
            await portal.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (portal.ExitCode, errors);
        }
        finally
        {
            if (!portal.HasExited)
            {
                portal.Kill(entireProcessTree: true);
            }
        }
    }

    private static bool IsHubSetting(string name) =>
        name.StartsWith("Hub__", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("ConnectionStrings__", StringComparison.OrdinalIgnoreCase)
        || name.Equals("AllowedHosts", StringComparison.OrdinalIgnoreCase);
}
