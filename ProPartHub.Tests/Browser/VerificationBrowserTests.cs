using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProPartHub.Tests.Verification;
using Xunit;

namespace ProPartHub.Tests.Browser;

/// <summary>The whole way of an agent into the house: registered by phone, verified by a manager in another language.</summary>
public sealed class VerificationBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private const string Name = "Мар’яна Їжакевич";
    private const string Address = "mariana@example.com";
    private const string Password = "кінь батарея скріпка";
    private const string Words = "Please add the second page of your licence.";

    private readonly DirectoryInfo _documents = Directory.CreateTempSubdirectory("propart-documents-");
    private BrowserBed _bed = null!;

    public async ValueTask InitializeAsync() =>
        _bed = await BrowserBed.StartAsync(
            chromium,
            TestContext.Current.CancellationToken,
            new() { ["Files:Folder"] = _documents.FullName }
        );

    public async ValueTask DisposeAsync()
    {
        await _bed.DisposeAsync();
        _documents.Delete(recursive: true);
    }

    [Fact]
    public async Task Agent_RegistersConfirmsAndAsks_IsAskedForMore_AndIsVerified_EachSeenAtOnceByTheOther()
    {
        var manager = await _bed.OpenAsAsync("grace", "/admin/verification", language: "en");
        await Assertions.Expect(manager.Locator("main .empty-state")).ToBeVisibleAsync();
        var agent = await _bed.OpenAsync(phone: true);
        await RegisterAsync(agent);
        await LogInAsync(agent);
        var requests = BrowserBed.Requests(manager);

        await agent.Locator(".verification-hint a").ClickAsync();
        await HandInAsync(agent, "Ось моя ліцензія");
        var request = manager.Locator("article.card", new() { HasText = Name });
        await Assertions.Expect(request.Locator(".documents a")).ToHaveTextAsync("licence.pdf");
        await Assertions.Expect(request.Locator(".message")).ToHaveTextAsync("Ось моя ліцензія");
        await Assertions.Expect(manager.Locator(".shell-nav .waiting-count")).ToHaveTextAsync("1");
        Assert.Empty(requests);

        await WatchAsync(agent);
        await request.GetByRole(AriaRole.Button, new() { Name = "Ask for more" }).ClickAsync();
        await Assertions.Expect(manager.Locator("main .said-fault")).ToHaveTextAsync("Tell the agent why.");
        await request.GetByLabel("Words to the agent").FillAsync(Words);
        await request.GetByRole(AriaRole.Button, new() { Name = "Ask for more" }).ClickAsync();
        await Assertions.Expect(manager.Locator("main .said")).ToHaveTextAsync($"{Name} was asked for more.");
        await ReadBellAsync(agent, "Для верифікації чогось бракує · Grace Whitfield");
        await Assertions.Expect(agent.Locator(".requests li").First).ToContainTextAsync(Words);
        await Assertions.Expect(agent.Locator(".requests li").First).ToContainTextAsync("Потрібно більше");
        await BrowserBed.AssertAccessibleAsync(agent);

        await HandInAsync(agent, "Додаю другу сторінку");
        await Assertions.Expect(request.Locator(".message")).ToHaveTextAsync("Додаю другу сторінку");
        await BrowserBed.AssertAccessibleAsync(manager);
        await WatchAsync(agent);
        await Assertions.Expect(agent.Locator(".verification-hint")).ToBeVisibleAsync();
        await request.GetByLabel("Commission, %").FillAsync("2,5");
        await request.GetByRole(AriaRole.Button, new() { Name = "Verify", Exact = true }).ClickAsync();
        await Assertions.Expect(manager.Locator(".verified li", new() { HasText = Name })).ToContainTextAsync("2.5 %");
        await Assertions.Expect(manager.Locator(".shell-nav .waiting-count")).ToHaveCountAsync(0);
        await Assertions.Expect(agent.Locator(".verification-hint")).ToHaveCountAsync(0);
        await ReadBellAsync(agent, "Вас верифіковано · Grace Whitfield");
        await Assertions.Expect(agent.Locator(".message-success").First).ToContainTextAsync("2,5 %");
        await using var db = await _bed.Hub.Database.ReadAsync(TestContext.Current.CancellationToken);
        Assert.True(db.Users.Single(user => user.UserName == "mariana").IsVerified);
    }

    private static async Task RegisterAsync(IPage agent)
    {
        await agent.GotoAsync("/account/login");
        await agent.GetByRole(AriaRole.Link, new() { Name = "Зареєструватися як агент" }).ClickAsync();
        await agent.Locator("[name='Form.DisplayName']").FillAsync(Name);
        await agent.Locator("[name='Form.UserName']").FillAsync("mariana");
        await agent.Locator("[name='Form.Email']").FillAsync(Address);
        await agent.Locator("[name='Form.ManagerId']").SelectOptionAsync("Grace Whitfield");
        await agent.Locator("[name='Form.Password']").FillAsync(Password);
        await agent.Locator("[name='Form.Repeated']").FillAsync(Password);
        await agent.GetByRole(AriaRole.Button, new() { Name = "Зареєструватися" }).ClickAsync();
        await Assertions
            .Expect(agent.GetByRole(AriaRole.Heading, new() { Level = 1 }))
            .ToHaveTextAsync("Перевірте пошту");
    }

    private static async Task LogInAsync(IPage agent)
    {
        await BrowserMail.FollowAsync(agent, Address, "Підтвердьте");
        await agent.Locator("main form button[type=submit]").ClickAsync();
        await Assertions.Expect(agent).ToHaveURLAsync(new Regex("/account/login\\?confirmed=1$"));
        await agent.Locator("[name='Form.Name']").FillAsync(Address);
        await agent.Locator("[name='Form.Password']").FillAsync(Password);
        await agent.Locator("main form button.button-primary").First.ClickAsync();
    }

    private static async Task HandInAsync(IPage agent, string message)
    {
        await agent
            .Locator("[name=Documents]")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "licence.pdf",
                    MimeType = "application/pdf",
                    Buffer = VerificationFiles.Pdf,
                }
            );
        await agent.Locator("[name=Message]").FillAsync(message);
        await agent.GetByRole(AriaRole.Button, new() { Name = "Подати на верифікацію" }).ClickAsync();
        await Assertions.Expect(agent.Locator(".message-success")).ToHaveTextAsync("Документи надіслано.");
    }

    // A page with a bell, alive.
    private static async Task WatchAsync(IPage agent)
    {
        await agent.GotoAsync("/leads");
        await Assertions.Expect(agent.Locator("button.bell")).ToBeVisibleAsync();
    }

    private static async Task ReadBellAsync(IPage agent, string sentence)
    {
        await Assertions.Expect(agent.Locator(".bell-count")).ToHaveTextAsync("1");
        await agent.Locator("button.bell").ClickAsync();
        await Assertions
            .Expect(agent.Locator(".bell-panel .notice-unread .notice-said").First)
            .ToContainTextAsync(sentence);
        await agent.Locator(".bell-panel a.notice-lead").First.ClickAsync();
        await Assertions.Expect(agent).ToHaveURLAsync(new Regex("/account/verification$"));
    }
}
