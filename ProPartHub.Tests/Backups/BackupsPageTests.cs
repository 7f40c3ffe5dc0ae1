using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Backups;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Tests.Components;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Web.Components.Backups;
using ProPartHub.Web.Components.Shared;
using Xunit;

namespace ProPartHub.Tests.Backups;

/// <summary>The page in each state that it can be in, over folders that the test lays out.</summary>
public sealed class BackupsPageTests : HubComponentTest
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hub-backups-page");
    private readonly AgencySignal _agency = new();
    private HubBed _bed = null!;

    protected override async Task ArrangeAsync()
    {
        _bed = await HubBed.CreateAsync(Token);
        Services.AddSingleton(_agency);
        Services.AddSingleton(_bed.Get<BackupDesk>());
        Services.AddSingleton(_bed.Get<IOptions<BackupOptions>>());
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await _bed.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void WithoutAFolder_ThePageSaysWhichSettingToMake()
    {
        SignIn(_bed.Ada);
        var page = Render<BackupsPage>();

        Assert.Contains("Backup__Folder", page.WaitForElement(".empty-state").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("header .button-primary"));
    }

    [Fact]
    public async Task BackUpNow_IsTakenDown_AndItsProgressIsFollowed()
    {
        SwitchOn();
        SignIn(_bed.Ada);
        var page = Render<BackupsPage>();
        Assert.Contains("ще немає", page.WaitForElement(".state-bad h2").TextContent, StringComparison.Ordinal);

        await page.InvokeAsync(() => page.Find("header .button-primary").Click());
        page.WaitForAssertion(() =>
            Assert.Contains("чекає", page.Find(".running").TextContent, StringComparison.Ordinal)
        );
        Assert.True(page.Find("header .button-primary").HasAttribute("disabled"));

        await _bed.Get<HubDatabase>()
            .InTransactionAsync(
                (db, _) =>
                {
                    var run = db.BackupRuns.Single();
                    (run.Result, run.Step, run.Done, run.Total) = (BackupResult.Running, BackupStep.Files, 3, 7);
                    return Task.CompletedTask;
                },
                Token
            );
        await page.InvokeAsync(() => _agency.Hear(nameof(AgencyTopic.Backups)));
        Clock.Advance(LateRefresh.Pause);

        page.WaitForAssertion(() =>
            Assert.Contains("3 з 7", page.Find(".running").TextContent, StringComparison.Ordinal)
        );
        Assert.Equal("3", page.Find("progress").GetAttribute("value"));
    }

    [Fact]
    public async Task List_SaysOfEachWhatIsKnown_AndTheCommandNamesTheNewestSoundOne()
    {
        SwitchOn();
        var now = Clock.GetUtcNow();
        await LayAsync("propart-2026-11-23T010000Z", now.AddHours(-9), new(now, false, ["database.dump is missing."]));
        await LayAsync("propart-2026-11-22T010000Z", now.AddHours(-33), new(now, true, []));
        await LayAsync("propart-2026-11-21T010000Z", now.AddHours(-57), new(now, false, [], "no right"));
        await LayAsync("propart-2026-11-20T010000Z", now.AddHours(-81), null);
        SignIn(_bed.Ada);

        var page = Render<BackupsPage>();
        page.WaitForElement(".backups li");

        Assert.Equal(
            ["Пошкоджено", "Відновлено й звірено", "Лише суми, без відновлення", "Не перевірено"],
            page.FindAll(".verdict").Select(verdict => verdict.TextContent.Trim())
        );
        Assert.Equal(
            ["database.dump is missing.", "no right"],
            page.FindAll(".words").Select(words => words.TextContent.Trim())
        );
        Assert.EndsWith(
            "restore --from " + Path.Combine(_folder.FullName, "propart-2026-11-22T010000Z"),
            page.Find("#guide-command").GetAttribute("value"),
            StringComparison.Ordinal
        );
        Assert.Empty(page.FindAll("a[download]"));

        await page.InvokeAsync(() => page.FindAll(".backups button")[3].Click());
        page.WaitForElement(".running");
        var run = await _bed.ReadAsync(db => Task.FromResult(db.BackupRuns.Single()));
        Assert.Equal(
            (BackupRunKind.Verification, "propart-2026-11-20T010000Z", _bed.Ada.UserId),
            (run.Kind, run.Name, run.ById)
        );
    }

    [Fact]
    public async Task OthersThanAdmins_AreRefusedByTheService()
    {
        SwitchOn();
        var desk = _bed.Get<BackupDesk>();
        foreach (var actor in new[] { _bed.Nina, _bed.Olena })
        {
            await Assert.ThrowsAsync<ForbiddenException>(() => desk.ReadAsync(actor, Token));
            await Assert.ThrowsAsync<ForbiddenException>(() => desk.AskForBackupAsync(actor, Token));
            await Assert.ThrowsAsync<ForbiddenException>(() => desk.AskForVerificationAsync(actor, "x", Token));
        }

        Assert.Equal(0, await _bed.ReadAsync(db => Task.FromResult(db.BackupRuns.Count())));
    }

    private void SwitchOn() => _bed.Get<IOptions<BackupOptions>>().Value.Folder = _folder.FullName;

    private async Task LayAsync(string name, DateTimeOffset at, BackupVerdict? verdict)
    {
        var path = _folder.CreateSubdirectory(name).FullName;
        var manifest = new BackupManifest
        {
            Portal = "1",
            Migration = "m",
            SnapshotAt = at,
            Rows = new Dictionary<string, long>(),
            Dump = new("database.dump", 1, ""),
            Objects = new("objects.json", 1, ""),
            Size = 3_000_000,
        };
        await BackupManifest.WriteJsonAsync(Path.Combine(path, BackupManifest.FileName), manifest, Token);
        if (verdict is not null)
        {
            await BackupShelf.KeepVerdictAsync(path, verdict, Token);
        }
    }
}
