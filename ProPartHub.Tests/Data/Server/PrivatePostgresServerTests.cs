using Npgsql;
using ProPartHub.Domain.Data.Server;
using Xunit;
using static ProPartHub.Tests.Data.Server.ServerFolder;

namespace ProPartHub.Tests.Data.Server;

public sealed class PrivatePostgresServerTests : IDisposable
{
    private readonly ServerFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_OnANewFolder_GivesAnEmptyDatabaseOfAnOrdinaryRole()
    {
        await using var server = await _folder.StartAsync();

        Assert.Equal("propart", await AskAsync(server.ConnectionString, "SELECT current_database()"));
        Assert.Equal(
            false,
            await AskAsync(server.ConnectionString, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        );
        Assert.Equal("UTC", await AskAsync(server.ConnectionString, "SHOW timezone"));
        Assert.Equal("on", await AskAsync(server.ConnectionString, "SHOW fsync"));
        Assert.Equal("", await AskAsync(server.ConnectionString, "SHOW listen_addresses"));
    }

    [Fact]
    public async Task Start_AfterAStop_FindsTheDataAgain()
    {
        await using (var first = await _folder.StartAsync())
        {
            await AskAsync(first.ConnectionString, "CREATE TABLE kept AS SELECT 'Їжак' AS name");
        }

        await using var second = await _folder.StartAsync();

        Assert.Equal("Їжак", await AskAsync(second.ConnectionString, "SELECT name FROM kept"));
    }

    [Fact]
    public async Task Dispose_WithAClientConnected_StopsAllTheSame()
    {
        await using var client = new NpgsqlConnection();
        var server = await _folder.StartAsync();
        client.ConnectionString = server.DirectConnectionString;
        await client.OpenAsync(TestContext.Current.CancellationToken);
        var postmaster = server.ProcessId!.Value;

        await server.DisposeAsync();

        Assert.False(Directory.Exists($"/proc/{postmaster}"));
        Assert.Null(server.ProcessId);
    }

    [Fact]
    public async Task Dispose_OfAThrowAwayServer_RemovesEverything()
    {
        var options = _folder.Options with { IsThrowAway = true };
        await using (var server = await StartAsync(options))
        {
            Assert.Equal("off", await AskAsync(server.ConnectionString, "SHOW fsync"));
        }

        Assert.False(Directory.Exists(options.Folder));
        Assert.False(File.Exists(options.Folder + ".lock"));
    }

    [Fact]
    public async Task Start_OnAFolderInUse_SaysSoAndLeavesTheFirstAlone()
    {
        await using var first = await _folder.StartAsync();

        var refusal = await Assert.ThrowsAsync<PostgresUnavailableException>(() => _folder.StartAsync());

        Assert.Contains("Another running hub", refusal.Message);
        Assert.Contains(_folder.Options.Folder, refusal.Message);
        Assert.Equal(1, await AskAsync(first.ConnectionString, "SELECT 1"));
    }

    [Fact]
    public async Task Start_AfterTheServerWasKilled_Recovers()
    {
        var crashed = await _folder.StartAsync();
        await AskAsync(crashed.ConnectionString, "CREATE TABLE kept AS SELECT 7 AS number");
        await Processes.SignalAsync("KILL", crashed.ProcessId!.Value);
        await crashed.DisposeAsync();

        await using var again = await _folder.StartAsync();

        Assert.Equal(7, await AskAsync(again.ConnectionString, "SELECT number FROM kept"));
        Assert.Equal(crashed.ConnectionString, again.ConnectionString);
    }

    [Fact]
    public async Task Start_WithAPidFileThatNamesAnotherProgram_LeavesThatProgramAlone()
    {
        await using (await _folder.StartAsync()) { }
        using var other = Processes.Sleep();
        await File.WriteAllTextAsync(
            Path.Combine(_folder.Options.Folder, "data", "postmaster.pid"),
            $"{other.Id}\n{_folder.Options.Folder}/data\n",
            TestContext.Current.CancellationToken
        );

        await using var server = await _folder.StartAsync();

        Assert.False(other.HasExited);
        Assert.NotEqual(other.Id, server.ProcessId);
        other.Kill();
    }

    [Fact]
    public async Task Start_OverTcp_WantsThePassword()
    {
        await using var server = await StartAsync(_folder.Options with { UseTcp = true });
        var withoutPassword = new NpgsqlConnectionStringBuilder(server.DirectConnectionString) { Password = "guess" };

        Assert.Equal("127.0.0.1", withoutPassword.Host);
        Assert.Equal(1, await AskAsync(server.ConnectionString, "SELECT 1"));
        var refusal = await Assert.ThrowsAsync<PostgresException>(() =>
            AskAsync(withoutPassword.ConnectionString, "SELECT 1")
        );
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refusal.SqlState);
    }

    [Fact]
    public async Task Start_WhereASocketsPathWouldBeTooLong_UsesTcp()
    {
        using var folder = new ServerFolder();
        var deep = folder.Options with
        {
            Folder = Path.Combine(folder.Options.Folder, new string('d', 90)),
            IsThrowAway = true,
        };

        await using var server = await StartAsync(deep);

        Assert.Equal("127.0.0.1", new NpgsqlConnectionStringBuilder(server.ConnectionString).Host);
        Assert.Equal(1, await AskAsync(server.ConnectionString, "SELECT 1"));
    }

    [Fact]
    public async Task Start_OnBrokenSettings_RepeatsTheServersWords()
    {
        await using (await _folder.StartAsync()) { }
        await File.AppendAllTextAsync(
            Path.Combine(_folder.Options.Folder, "data", "postgresql.conf"),
            "\nno_such_setting = 1\n",
            TestContext.Current.CancellationToken
        );

        var failure = await Assert.ThrowsAsync<PostgresUnavailableException>(() => _folder.StartAsync());

        Assert.Contains("no_such_setting", failure.Message);
        Assert.Contains(_folder.Options.Folder, failure.Message);
    }

    [Fact]
    public async Task Start_OnAClusterOfLocaleC_IsRefused()
    {
        var found = await PostgresBinaries.FindAsync(null, cancellationToken: TestContext.Current.CancellationToken);
        using (var folder = PostgresFolder.Claim(_folder.Options.Folder))
        {
            var account = await ServerAccount.ResolveAsync(null, TestContext.Current.CancellationToken);
            await folder.PrepareAsync(account, TestContext.Current.CancellationToken);
            var made = await account.RunAsync(
                found!.InitDb,
                [
                    "-D",
                    folder.Data,
                    "-U",
                    "postgres",
                    $"--pwfile={folder.PasswordFile}",
                    "-E",
                    "UTF8",
                    "--locale=C",
                    "-N",
                ],
                TestContext.Current.CancellationToken
            );
            Assert.Equal(0, made.ExitCode);
        }

        var refusal = await Assert.ThrowsAsync<PostgresUnavailableException>(() => _folder.StartAsync());

        Assert.Contains("locale 'C'", refusal.Message);
        Assert.Contains("C.UTF-8", refusal.Message);
        Assert.False(File.Exists(Path.Combine(_folder.Options.Folder, "data", "postmaster.pid")));
    }
}
