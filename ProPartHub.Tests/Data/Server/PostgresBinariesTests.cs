using System.Runtime.Versioning;
using ProPartHub.Domain.Data.Server;
using Xunit;

namespace ProPartHub.Tests.Data.Server;

[UnsupportedOSPlatform("windows")]
public sealed class PostgresBinariesTests : IDisposable
{
    // Nothing listens on the discard port of this machine: refused at once, and no packet leaves it.
    private const string NoSuchPlace = "http://127.0.0.1:9/";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("propart-binaries-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Find_TakesTheFirstFolderThatIsNewEnough()
    {
        var old = Fake("old", "postgres (PostgreSQL) 14.11");
        var first = Fake("first", "postgres (PostgreSQL) 16.4 (Debian 16.4-1)");
        var second = Fake("second", "postgres (PostgreSQL) 18.1");

        var found = await PostgresBinaries.FindAsync(null, [_folder.FullName, old, first, second], null, Token);

        Assert.Equal(new PostgresBinaries(first, 16), found);
    }

    [Fact]
    public async Task Find_ForExistingData_TakesTheVersionThatMadeIt()
    {
        var newer = Fake("newer", "postgres (PostgreSQL) 18.1");
        var matching = Fake("matching", "postgres (PostgreSQL) 16.4");

        Assert.Equal(matching, (await PostgresBinaries.FindAsync(null, [newer, matching], 16, Token))?.Folder);
        Assert.Null(await PostgresBinaries.FindAsync(null, [newer, matching], 15, Token));
    }

    [Fact]
    public async Task Find_WithoutAllPrograms_PassesTheFolderOver()
    {
        var clientOnly = Fake("client", "postgres (PostgreSQL) 16.4");
        File.Delete(Path.Combine(clientOnly, "initdb"));

        Assert.Null(await PostgresBinaries.FindAsync(null, [clientOnly], null, Token));
    }

    [Fact]
    public async Task Find_InAConfiguredFolder_AcceptsTheOneAboveBin()
    {
        var bin = Fake("configured/bin", "postgres (PostgreSQL) 17.2");

        var found = await PostgresBinaries.FindAsync(Path.GetDirectoryName(bin), [], null, Token);

        Assert.Equal(new PostgresBinaries(bin, 17), found);
    }

    [Theory]
    [InlineData("postgres (PostgreSQL) 13.9", "holds PostgreSQL 13")]
    [InlineData("command not understood", "holds no working postgres")]
    public async Task Find_InAConfiguredFolderThatDoesNotFit_SaysWhy(string answer, string reason)
    {
        var folder = Fake("wrong", answer);

        var refusal = await Assert.ThrowsAsync<PostgresUnavailableException>(() =>
            PostgresBinaries.FindAsync(folder, null, null, Token)
        );

        Assert.Contains(reason, refusal.Message);
        Assert.Contains(folder, refusal.Message);
        Assert.Contains(PrivatePostgresOptions.BinariesSetting, refusal.Message);
    }

    [Fact]
    public async Task Start_WithoutProgramsAndInternet_TellsWhatToDo()
    {
        using var folder = new ServerFolder();
        var options = folder.Options with
        {
            SearchFolders = [_folder.FullName],
            DownloadFolder = Path.Combine(_folder.FullName, "download"),
            DownloadSource = NoSuchPlace,
        };

        var refusal = await Assert.ThrowsAsync<PostgresUnavailableException>(() => ServerFolder.StartAsync(options));

        Assert.Contains("apt-get install postgresql", refusal.Message);
        Assert.Contains("ConnectionStrings__Hub", refusal.Message);
        Assert.Contains(PrivatePostgresOptions.BinariesSetting, refusal.Message);
        Assert.DoesNotContain("   at ", refusal.Message);
    }

    // Programs that answer --version as PostgreSQL's do; that is all a search asks of them.
    private string Fake(string name, string version)
    {
        var bin = _folder.CreateSubdirectory(name).FullName;
        foreach (var program in new[] { "postgres", "initdb", "pg_ctl" })
        {
            var path = Path.Combine(bin, program);
            File.WriteAllText(path, $"#!/bin/sh\necho '{version}'\n");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return bin;
    }
}
