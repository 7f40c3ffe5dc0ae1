using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Backups;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.Mail;
using ProPartHub.Domain.Operations;
using ProPartHub.Domain.Telemetry;
using ProPartHub.Tests.Components;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Live;
using ProPartHub.Web.Components.Operations;
using ProPartHub.Web.Hosting;
using Xunit;

namespace ProPartHub.Tests.Operations;

/// <summary>The system page in each state that an admin may meet it in.</summary>
public sealed class SystemPageTests : HubComponentTest
{
    private readonly CircuitCount _circuits = new();
    private HubBed _bed = null!;
    private FeedStatus _feed = null!;
    private SyncMonitor _sync = null!;
    private WorkLog _work = null!;

    protected override async Task ArrangeAsync()
    {
        _bed = await HubBed.CreateAsync(Token);
        _bed.Time.SetUtcNow(Clock.GetUtcNow());
        (_feed, _sync, _work) = (new(Clock), new(Clock), new(Clock));
        var reader = new OperationsReader(
            _bed.Get<HubDatabase>(),
            _bed.Get<BackupShelf>(),
            _bed.Get<BackupPlan>(),
            _sync,
            Options.Create(new HubFileOptions()),
            Clock
        );
        Services.AddSingleton(new AgencySignal());
        Services.AddSingleton(_circuits);
        Services.AddSingleton(reader);
        Services.AddSingleton(new OperationsDesk(reader, _feed, Feed, _sync, _work, Clock));
        _feed.Connected();
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await _bed.DisposeAsync();
    }

    [Fact]
    public void WhenAllIsWell_ThePageSaysSo_AndShowsEveryQueue()
    {
        _circuits.Opened(_bed.Ada.UserId);
        _circuits.Opened(_bed.Ada.UserId);
        var page = Open();

        Assert.Contains("Усе гаразд", page.Find(".verdict-good h2").TextContent, StringComparison.Ordinal);
        Assert.Equal(Enum.GetValues<QueueName>().Length, page.FindAll(".queues li").Count);
        Assert.Equal("2", Fact(page, "Відкриті вікна").Split('\n')[0].Trim());
        Assert.Contains("Людей: 1", Fact(page, "Відкриті вікна"), StringComparison.Ordinal);
        Assert.Contains("Актуальна", Fact(page, "Схема"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsWrong_IsNamed_InWords()
    {
        await _bed.Get<HubDatabase>()
            .InTransactionAsync(
                async (db, token) =>
                {
                    await db.AuditSealStates.ExecuteDeleteAsync(token);
                    db.AuditSealStates.Add(new AuditSealState { Fault = "Changed", SealedBelow = uint.MaxValue });
                    db.Mails.Add(Mail(Clock.GetUtcNow().AddHours(-2)));
                },
                Token
            );
        await Assert.ThrowsAsync<TimeoutException>(() =>
            _work.RunAsync(BackgroundWork.FileSweep, () => throw new TimeoutException("olena@example.com"))
        );
        _sync.Enter(SyncState.Refused, SyncFault.Unauthorized);

        var page = Open();

        var verdict = page.Find(".verdict-bad").TextContent;
        Assert.Contains("Аудит пошкоджено", verdict, StringComparison.Ordinal);
        Assert.Contains("довше, ніж мали б: Листи", verdict, StringComparison.Ordinal);
        Assert.Contains("не вдалося: Видалення нікому не потрібних файлів", verdict, StringComparison.Ordinal);
        Assert.Contains("надто довго: 2 год", page.Find(".queues .late .age").TextContent, StringComparison.Ordinal);
        Assert.Contains("TimeoutException", page.Find(".work .failing .fault").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("olena", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenPage_FollowsByTheClock_WithoutTheBrowser_AndEndsWithIt()
    {
        var page = Open();
        await _bed.Get<HubDatabase>()
            .InTransactionAsync(
                (db, _) =>
                {
                    db.Mails.Add(Mail(Clock.GetUtcNow().AddMinutes(-1)));
                    return Task.CompletedTask;
                },
                Token
            );

        await Eventually.IsAsync(
            () => Depth(page, QueueName.Mails) == "1",
            () => Clock.Advance(SystemPage.Every),
            Token
        );
        Assert.DoesNotContain(
            JSInterop.Invocations,
            call => call.Identifier.Contains("poll", StringComparison.Ordinal)
        );

        await DisposeComponentsAsync();
        _bed.Sql.Reset();
        Clock.Advance(SystemPage.Every * 3);
        await Task.Yield();
        Assert.Empty(_bed.Sql.Commands);
    }

    [Fact]
    public async Task WithoutTheDatabase_ThePageOpens_AndComesBackByItself()
    {
        _feed.Lost();
        var page = Open();

        Assert.Contains("База даних не відповідає", page.Find(".verdict-bad").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".queues"));
        Assert.NotEmpty(page.FindAll(".facts"));

        _feed.Connected();
        await Eventually.IsAsync(
            () => page.FindAll(".queues").Count == 1,
            () => Clock.Advance(SystemPage.Every),
            Token
        );
    }

    [Fact]
    public void Opening_CostsSevenCommands_HoweverMuchWaits()
    {
        _bed.Sql.Reset();
        Open();

        Assert.Equal(7, _bed.Sql.Commands.Count);
    }

    private IRenderedComponent<SystemPage> Open()
    {
        SignIn(_bed.Ada);
        var page = Render<SystemPage>();
        page.WaitForElement(".verdict");
        return page;
    }

    private static string Depth(IRenderedComponent<SystemPage> page, QueueName queue) =>
        page.FindAll(".queues li .figures")[(int)queue - 1].TextContent;

    private static string Fact(IRenderedComponent<SystemPage> page, string name) =>
        page.FindAll(".fact")
            .Single(fact => fact.QuerySelector("dt")!.TextContent == name)
            .QuerySelector("dd")!
            .TextContent.Trim();

    private static OutgoingMail Mail(DateTimeOffset at) =>
        new()
        {
            Address = "olena@example.com",
            AddressKey = "OLENA@EXAMPLE.COM",
            Culture = "uk",
            CreatedAt = at,
        };
}
