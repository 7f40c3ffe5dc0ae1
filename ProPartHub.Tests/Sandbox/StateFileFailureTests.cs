using ProPartHub.HubSpotSandbox.Objects;
using ProPartHub.HubSpotSandbox.State;
using Xunit;

namespace ProPartHub.Tests.Sandbox;

/// <summary>The account's file cannot be read, or not be written.</summary>
public sealed class StateFileFailureTests : StateTest
{
    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"format":99,"portalId":1,"sources":[],"types":{},"links":[],"pipelines":[],"blockedEmails":[]}""")]
    [InlineData(
        """
            {"format":1,"portalId":1,"sources":[],"types":{},"pipelines":[],"blockedEmails":[],
             "links":[{"fromType":"0-1","from":1,"toType":"0-3","to":2,"types":[]}]}
            """
    )]
    public async Task BrokenFile_IsSetAsideAndANewAccountBegins(string content)
    {
        await System.IO.File.WriteAllTextAsync(File, content, Cancel);
        var log = new LogLines();

        await using (await StartAsync(contacts: 3, log: log))
        {
            Assert.Equal(content, await System.IO.File.ReadAllTextAsync($"{File}.broken-20261123120000", Cancel));
            Assert.Contains("could not be read", Assert.Single(log.Lines), StringComparison.Ordinal);
        }

        await using var again = await StartAsync();
        Assert.Equal(3, again.Account.Records(ObjectType.Contacts).All.Count);
    }

    [Fact]
    public async Task Unwritable_IsLoggedAndTriedAgain()
    {
        var log = new LogLines();
        await using var sandbox = await StartAsync(log: log);
        Directory.CreateDirectory($"{File}.new");

        Clock.Advance(AccountKeeper.Delay);
        Assert.Contains("could not be written", Assert.Single(log.Lines), StringComparison.Ordinal);

        Directory.Delete($"{File}.new");
        Clock.Advance(AccountKeeper.Delay);
        Assert.True(System.IO.File.Exists(File));
    }

    [Fact]
    public async Task File_IsItsOwnersAlone()
    {
        await using (await StartAsync()) { }

        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
    }
}
