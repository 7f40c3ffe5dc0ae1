using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Verification;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Components;
using ProPartHub.Web.Components.Verification;
using Xunit;

namespace ProPartHub.Tests.Verification;

/// <summary>The review queue: what is shown, each decision, faults in words.</summary>
public sealed class VerificationQueuePageTests : HubComponentTest
{
    private PeopleBed _people = null!;

    protected override async Task ArrangeAsync()
    {
        _people = await PeopleBed.CreateAsync(Token);
        Services.AddSingleton(_people.Get<VerificationQueries>());
        Services.AddSingleton(_people.Get<VerificationReview>());
        await _people.ChangeAsync(_people.Bed.Olena.UserId, user => user.IsVerified = false);
        await _people
            .Get<VerificationService>()
            .AskAsync(_people.Bed.Olena, "Ось ліцензія", [VerificationFiles.HandedIn()], Token);
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await _people.DisposeAsync();
    }

    [Fact]
    public async Task Request_IsShownWithItsDocuments_AndApproved()
    {
        var page = Open(_people.Bed.Nina);
        Assert.Equal("Олена Гнатюк", page.WaitForElement(".card h3").TextContent);
        Assert.Equal("Ось ліцензія", page.Find(".message").TextContent);
        Assert.StartsWith(
            "/verification/documents/",
            page.Find(".documents a").GetAttribute("href"),
            StringComparison.Ordinal
        );

        await page.Find(".card input").ChangeAsync(new() { Value = " 2,5 " });
        await page.Find(".card .button-primary").ClickAsync(new());

        page.WaitForAssertion(() =>
            Assert.Equal("Олена Гнатюк: верифіковано.", page.Find("[role=status]").TextContent)
        );
        Assert.Empty(page.FindAll(".card"));
        Assert.Contains("2,5 %", page.Find(".verified").TextContent, StringComparison.Ordinal);
        Assert.True((await _people.UserAsync(_people.Bed.Olena.UserId)).IsVerified);
    }

    [Theory]
    [InlineData("")]
    [InlineData("багато")]
    [InlineData("2.345")]
    public async Task Approval_WithoutARate_SaysSo_AndKeepsWhatWasTyped(string percent)
    {
        var page = Open(_people.Bed.Nina);
        await page.WaitForElement(".card textarea").ChangeAsync(new() { Value = "вітаємо" });

        await page.Find(".card input").ChangeAsync(new() { Value = percent });
        await page.Find(".card .button-primary").ClickAsync(new());

        page.WaitForAssertion(() =>
            Assert.StartsWith("Відсоток від 0 до 100", page.Find("[role=alert]").TextContent, StringComparison.Ordinal)
        );
        Assert.Equal("вітаємо", page.Find(".card textarea").GetAttribute("value"));
    }

    [Theory]
    [InlineData(1, VerificationState.MoreAsked)]
    [InlineData(2, VerificationState.Rejected)]
    public async Task Refusal_NeedsWords_ThenLeavesTheQueue(int button, VerificationState expected)
    {
        var page = Open(_people.Bed.Nina);
        await page.WaitForElements(".card .acts button")[button].ClickAsync(new());
        page.WaitForAssertion(() => Assert.Equal("Напишіть агентові чому.", page.Find("[role=alert]").TextContent));

        await page.Find(".card textarea").ChangeAsync(new() { Value = "Нечитабельно" });
        await page.FindAll(".card .acts button")[button].ClickAsync(new());

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".card")));
        var own = await _people.Get<VerificationQueries>().OwnAsync(_people.Bed.Olena, Token);
        Assert.Equal((expected, "Нечитабельно"), (own.Requests[0].State, own.Requests[0].Words));
    }

    [Fact]
    public async Task Verification_IsRevokedWithAReason()
    {
        var page = Open(_people.Bed.Nina);
        await page.WaitForElement(".verified button").ClickAsync(new());
        await page.Find(".verified textarea").ChangeAsync(new() { Value = "Ліцензія закінчилася" });
        await page.Find(".verified .danger").ClickAsync(new());

        page.WaitForAssertion(() =>
            Assert.Equal("Тарас Вовк: верифікацію скасовано.", page.Find("[role=status]").TextContent)
        );
        Assert.False((await _people.UserAsync(_people.Bed.Taras.UserId)).IsVerified);
    }

    [Fact]
    public async Task DecidedByAColleagueMeanwhile_IsSaid_AndTheQueueIsReadAgain()
    {
        var page = Open(_people.Bed.Nina);
        await page.WaitForElement(".card input").ChangeAsync(new() { Value = "3" });
        var id = await _people.Bed.ReadAsync(db => db.VerificationRequests.Select(row => row.Id).SingleAsync());
        await _people.Get<VerificationReview>().RejectAsync(_people.Bed.Ada, id, "no", Token);

        await page.Find(".card .button-primary").ClickAsync(new());

        page.WaitForAssertion(() =>
            Assert.Equal("Тим часом хтось уже вирішив.", page.Find("[role=alert]").TextContent)
        );
        Assert.Empty(page.FindAll(".card"));
    }

    [Fact]
    public void Count_AndHint_FollowTheReader()
    {
        var waiting = Services.GetRequiredService<WaitingVerifications>();
        SignIn(_people.Bed.Nina);
        var count = Render<VerificationCount>();
        Assert.Empty(count.FindAll("b"));

        waiting.Show(
            new(
                new Dictionary<Guid, int> { [_people.Bed.Nina.TeamId!.Value] = 2, [Guid.NewGuid()] = 5 },
                new HashSet<Guid> { _people.Bed.Olena.UserId }
            )
        );
        count.WaitForAssertion(() => Assert.Equal("2", count.Find("b").TextContent));
        Assert.Empty(Render<VerificationHint>().FindAll("a"));
        SignIn(_people.Bed.Olena);

        Assert.Equal("/account/verification", Render<VerificationHint>().Find("a").GetAttribute("href"));
        Assert.Empty(Render<VerificationCount>().FindAll("b"));
    }

    private IRenderedComponent<VerificationQueuePage> Open(Actor actor)
    {
        SignIn(actor);
        return Render<VerificationQueuePage>();
    }
}
