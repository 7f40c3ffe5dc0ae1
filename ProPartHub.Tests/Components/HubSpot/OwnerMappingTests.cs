using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Tests.HubSpot.Sync;
using ProPartHub.Web.Components.HubSpot;
using Xunit;

namespace ProPartHub.Tests.Components.HubSpot;

/// <summary>The owners' list of the sync page over real rows: each decision asks first, says what follows, and is done.</summary>
public sealed class OwnerMappingTests : HubComponentTest
{
    private SyncDesk _desk = null!;

    private Actor Olena => _desk.Bed.Olena;

    protected override async Task ArrangeAsync()
    {
        _desk = await SyncDesk.CreateAsync(Token);
        Services.AddSingleton(_desk.Get<SyncMonitor>());
        Services.AddSingleton(new ProPartHub.Domain.Agency.AgencySignal());
        Services.AddSingleton(_desk.Get<SyncStatusQueries>());
        Services.AddSingleton(_desk.Get<SyncAdmin>());
        Services.AddSingleton(_desk.Get<OwnerLinking>());
        Services.AddSingleton(_desk.Get<OwnerMappingQueries>());
        Services.AddSingleton(_desk.Get<OwnerAliases>());
        Services.AddSingleton(_desk.Get<AgentNameQueries>());
        Services.AddSingleton(_desk.Get<AgentForecast>());
        Services.AddSingleton(_desk.Get<AgentMismatchQueries>());
        Services.AddSingleton(_desk.Get<AgentMismatchRepair>());
        Services.AddSingleton(_desk.Bed.Get<PeopleQueries>());
        await _desk.OwnerAsync("1", "Olena G.", null);
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await _desk.DisposeAsync();
    }

    [Fact]
    public async Task Facts_CountEachKind_AndLeadToThePool()
    {
        await _desk.DealAsync(1, null, AgentDesk.Deal());
        await _desk.DealAsync(2, null, AgentDesk.Deal());
        await _desk.DealAsync(3, null, AgentDesk.Deal(responsible: "Хтось"));

        var page = Open();

        page.WaitForAssertion(() =>
            Assert.Equal(["0", "1", "6", "3 ліди"], page.FindAll(".owner-facts dd").Select(fact => Text(fact)))
        );
        Assert.Equal("/leads?view=pool", page.Find(".owner-facts a").GetAttribute("href"));
        Assert.Equal(["Власники", "Імена 1", "Розбіжності 0"], page.FindAll(".owner-parts a").Select(Text));
    }

    [Fact]
    public async Task FilterAndSearch_StandInTheAddress()
    {
        var page = Open();
        page.WaitForElement("tbody tr");

        await page.OnAsync(".owner-kinds button", element => element.ClickAsync(new()), 3);
        page.WaitForAssertion(() => Assert.Equal(6, page.FindAll("tbody tr").Count));
        await page.OnAsync(".owner-filters input", element => element.ChangeAsync(new() { Value = "Вовк" }));

        page.WaitForAssertion(() => Assert.Single(page.FindAll("tbody tr")));
        Assert.EndsWith(
            "?view=owners&only=onlyhere&q=%D0%92%D0%BE%D0%B2%D0%BA",
            Navigation.Uri,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Link_SaysHowManyLeadsFollow_BeforeItIsDone()
    {
        await _desk.DealAsync(1, null, AgentDesk.Deal(owner: "1"), isUnknown: true);
        await _desk.DealAsync(2, null, AgentDesk.Deal(owner: "1"), isUnknown: true);
        var dialogs = RenderDialogs();
        var page = Open("&only=onlyhubspot");

        var asked = page.OnAsync(".cell-acts button", element => element.ClickAsync(new()));
        await dialogs.OnAsync("#choice-search", element => element.InputAsync(new() { Value = "гнат" }));
        await dialogs.OnAsync(".choice input", element => element.ChangeAsync(new() { Value = "on" }));
        dialogs.WaitForAssertion(() =>
            Assert.Contains(
                "2 ліди без агента отримають",
                dialogs.Find(".follows").TextContent,
                StringComparison.Ordinal
            )
        );
        Assert.True(page.Find(".cell-acts button").HasAttribute("disabled"));
        Assert.Null((await _desk.UserAsync(Olena)).HubSpotOwnerId);
        await dialogs.OnAsync(".mud-dialog-actions button", element => element.ClickAsync(new()), 1);
        await asked;

        Assert.Equal("1", (await _desk.UserAsync(Olena)).HubSpotOwnerId);
        page.WaitForAssertion(() =>
            Assert.Equal("Пов’язано: Olena G. — це Олена Гнатюк.", page.Find(".said").TextContent)
        );
        page.WaitForElement(".empty-state");
    }

    [Fact]
    public async Task Link_OfAPerson_ChoosesAmongOwners_AndSaysWhoseTheyAre()
    {
        await _desk.OwnerAsync("2", "Taras V.", null, linkTo: _desk.Bed.Taras.UserId);
        var dialogs = RenderDialogs();
        var page = Open("&only=onlyhere&q=Гнатюк");

        var asked = page.OnAsync(".cell-acts button", element => element.ClickAsync(new()));
        dialogs.WaitForElement(".choice");
        Assert.Contains("зараз Тарас Вовк", dialogs.FindAll(".choice")[1].TextContent, StringComparison.Ordinal);
        await dialogs.OnAsync(".choice input", element => element.ChangeAsync(new() { Value = "on" }), 1);
        dialogs.WaitForAssertion(() =>
            Assert.False(dialogs.FindAll(".mud-dialog-actions button")[1].HasAttribute("disabled"))
        );
        await dialogs.OnAsync(".mud-dialog-actions button", element => element.ClickAsync(new()), 1);
        await asked;

        Assert.Equal("2", (await _desk.UserAsync(Olena)).HubSpotOwnerId);
        Assert.Null((await _desk.UserAsync(_desk.Bed.Taras)).HubSpotOwnerId);
    }

    [Fact]
    public async Task Unlink_AsksFirst()
    {
        await _desk.Get<OwnerLinking>().LinkAsync(_desk.Bed.Ada, Olena.UserId, "1", Token);
        var dialogs = RenderDialogs();
        var page = Open("&only=matched");

        foreach (var (button, owner) in new[] { (0, "1"), (1, null) })
        {
            var asked = page.OnAsync(".cell-acts button", element => element.ClickAsync(new()));
            dialogs.WaitForElement(".dialog-text");
            await dialogs.OnAsync(".mud-dialog-actions button", element => element.ClickAsync(new()), button);
            await asked;

            Assert.Equal(owner, (await _desk.UserAsync(Olena)).HubSpotOwnerId);
        }

        page.WaitForElement(".empty-state");
    }

    [Fact]
    public async Task Alias_IsAddedAndTakenAway_AndRefusedAtTheField()
    {
        var page = Open("&q=Гнатюк");
        await page.OnAsync(".alias-open", element => element.ClickAsync(new()));

        await page.OnAsync(".aliases input", element => element.ChangeAsync(new() { Value = "тарас вовк" }));
        await page.OnAsync(".aliases form", element => element.SubmitAsync());
        page.WaitForAssertion(() =>
            Assert.Equal("Це ім’я вже має Тарас Вовк.", page.Find(".aliases [role=alert]").TextContent)
        );
        var input = page.Find(".aliases input");
        Assert.Equal(page.Find(".aliases [role=alert]").Id, input.GetAttribute("aria-describedby"));
        await input.ChangeAsync(new() { Value = "О. Гнатюк" });
        await page.OnAsync(".aliases form", element => element.SubmitAsync());

        page.WaitForAssertion(() => Assert.Equal("О. Гнатюк", page.Find(".aliases li span").TextContent));
        Assert.Empty(page.FindAll(".aliases [role=alert]"));
        await page.OnAsync(".aliases li button", element => element.ClickAsync(new()));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".aliases li")));
        Assert.Empty((await _desk.UserAsync(Olena)).Aliases);
    }

    [Fact]
    public async Task UnknownName_BecomesSomebodys()
    {
        await _desk.DealAsync(1, null, AgentDesk.Deal(responsible: "Петренко О."), isUnknown: true);
        var dialogs = RenderDialogs();
        var page = Open("&part=names");
        Assert.Equal("1 лід", page.WaitForElement(".names span").TextContent);

        var asked = page.OnAsync(".names button", element => element.ClickAsync(new()));
        await dialogs.OnAsync("#choice-search", element => element.InputAsync(new() { Value = "гнат" }));
        await dialogs.OnAsync(".choice input", element => element.ChangeAsync(new() { Value = "on" }));
        dialogs.WaitForAssertion(() =>
            Assert.Contains("1 лід без агента", dialogs.Find(".follows").TextContent, StringComparison.Ordinal)
        );
        await dialogs.OnAsync(".mud-dialog-actions button", element => element.ClickAsync(new()), 1);
        await asked;

        page.WaitForElement(".empty-state");
        Assert.Equal("«Петренко О.» — тепер Олена Гнатюк.", page.Find(".said").TextContent);
        Assert.Equal(["Петренко О."], (await _desk.UserAsync(Olena)).Aliases);
    }

    [Fact]
    public async Task Mismatch_ShowsItsLeads_AndTakesHubSpotsAgent()
    {
        var lead = await DifferAsync(1);
        await DifferAsync(2);
        var dialogs = RenderDialogs();
        var page = Open("&part=mismatches");

        page.WaitForElement(".way");
        Assert.Equal(["Олена Гнатюк", "Тарас Вовк", "2"], page.FindAll(".way dd").Select(Text));
        await page.OnAsync(".way-acts button", element => element.ClickAsync(new()), 0);
        Assert.Equal($"/leads/{lead}", page.WaitForElement(".leads li:last-child a").GetAttribute("href"));
        var asked = page.OnAsync(".way-acts button", element => element.ClickAsync(new()), 1);
        Assert.StartsWith(
            "2 ліди отримають агента Олена Гнатюк; зараз: Тарас Вовк.",
            dialogs.WaitForElement(".dialog-text").TextContent,
            StringComparison.Ordinal
        );
        await dialogs.OnAsync(".mud-dialog-actions button", element => element.ClickAsync(new()), 1);
        await asked;

        page.WaitForElement(".empty-state");
        Assert.Equal("2 ліди отримали агента з HubSpot.", page.Find(".said").TextContent);
        Assert.Equal(Olena.UserId, (await _desk.Bed.LoadAsync(lead)).AgentId);
    }

    [Fact]
    public async Task Mismatch_TellsHubSpotOurs_AndSaysWhatWasLeftAlone()
    {
        var lead = await DifferAsync(1);
        var given = await DifferAsync(2);
        var dialogs = RenderDialogs();
        var page = Open("&part=mismatches");

        var asked = page.OnAsync(".way-acts button:last-child", element => element.ClickAsync(new()));
        dialogs.WaitForElement(".dialog-text");
        await _desk.Bed.Get<LeadService>().TransferAsync(_desk.Bed.Ada, given, Olena.UserId, null, Token);
        await dialogs.OnAsync(".mud-dialog-actions button", element => element.ClickAsync(new()), 1);
        await asked;

        page.WaitForElement(".empty-state");
        Assert.Equal(
            "1 лід чекає на надсилання. 1 лід пропущено: його тим часом змінили.",
            page.Find(".said").TextContent
        );
        Assert.NotNull(await _desk.MarkAsync(lead));
    }

    [Fact]
    public async Task Mismatch_WithSomebodyUnknown_OffersNoWayToLoseTheAgent()
    {
        await _desk.DealAsync(1, _desk.Bed.Taras, AgentDesk.Deal(owner: "1"));

        var page = Open("&part=mismatches");

        Assert.Contains("тут нікого", page.WaitForElement(".way dd").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Показати ліди", "Передати нашого в HubSpot"], page.FindAll(".way-acts button").Select(Text));
    }

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    private static string Text(IElement element) =>
        string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    // The name stays a person's although the owner is nobody.
    private Task<Guid> DifferAsync(int number) =>
        _desk.DealAsync(number, _desk.Bed.Taras, AgentDesk.Deal(responsible: "olena"));

    private IRenderedComponent<SyncPage> Open(string query = "")
    {
        SignIn(_desk.Bed.Ada);
        Navigation.NavigateTo("/admin/sync?view=owners" + query);
        return Render<SyncPage>();
    }
}
