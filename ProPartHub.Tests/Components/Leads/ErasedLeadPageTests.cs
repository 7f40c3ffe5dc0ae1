using Bunit;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Privacy;
using ProPartHub.Domain.Timeline;
using ProPartHub.Web.Components.Leads;
using Xunit;

namespace ProPartHub.Tests.Components.Leads;

/// <summary>The page of an erased client says what was erased, when and by whom, and offers nothing that is refused.</summary>
public sealed class ErasedLeadPageTests : LeadComponentTest
{
    [Theory]
    [InlineData("agent")]
    [InlineData("admin")]
    public async Task Page_ShowsTheSkeleton_AndNoFormOrAct(string who)
    {
        var lead = await LeadAsync();
        await EraseAsync(lead);

        var page = Open(who == "admin" ? Bed.Ada : Bed.Olena, lead.Id);

        var notice = page.Find(".erased").TextContent;
        Assert.Contains("2\u00a0бер.\u00a02026", notice, StringComparison.Ordinal);
        Assert.Contains(Bed.Ada.Name, notice, StringComparison.Ordinal);
        Assert.Contains("Зникли ім’я й контакти", notice, StringComparison.Ordinal);
        Assert.Equal($"L-{lead.Number}", page.Find("h1").TextContent);
        page.WaitForAssertion(() =>
            Assert.Contains("Додано коментар", page.Find(".entries").TextContent, StringComparison.Ordinal)
        );
        Assert.Empty(
            page.FindAll("form, textarea, input, select, .stage-bar, .follow-ups-head, .entry-restore, .kinds")
        );
        Assert.Empty(page.FindAll("main button, .page-header-actions button, .exchange, .comment-action"));
        var facts = page.Find(".facts").TextContent;
        Assert.Contains("Дубай", facts, StringComparison.Ordinal);
        Assert.Contains("Нова заявка", facts, StringComparison.Ordinal);
        Assert.DoesNotContain("Телефон", facts, StringComparison.Ordinal);
        Assert.DoesNotContain("Слова", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ErasedWhileSomebodyTypes_TheFormGoes()
    {
        var lead = await LeadAsync();
        var page = Open(Bed.Olena, lead.Id);
        await page.Find(".page-header button").ClickAsync(new());
        page.WaitForElement("#lead-Company");

        await EraseAsync(lead);
        await PublishAsync(lead.Id, LeadEventKind.Erased, Bed.Ada);

        page.WaitForElement(".erased");
        Assert.Empty(page.FindAll("form"));
    }

    [Fact]
    public async Task StalePage_IsToldWhyNothingIsStored()
    {
        var lead = await LeadAsync();
        var page = Open(Bed.Olena, lead.Id);
        // Each part reads for itself; one that reads only after the erasure has nothing left to offer.
        page.WaitForElement("#comment");
        page.WaitForElement(".item-done");
        page.WaitForElement(".exchange button");
        await EraseAsync(lead);
        const string Why = "Дані цього клієнта стерто, тому в ліді більше нічого не можна змінити.";

        // Found and used in one turn of the page, whose parts may still be reading and render anew.
        await page.InvokeAsync(() => page.Find("#comment").InputAsync(new() { Value = "Запізнілий" }));
        await page.InvokeAsync(() => page.Find("form.writer").SubmitAsync());
        page.WaitForAssertion(() => Assert.Equal(Why, page.Find(".writer-fault").TextContent));

        await page.InvokeAsync(() => page.Find(".page-header button:last-child").ClickAsync(new()));
        page.WaitForAssertion(() => Assert.Equal(Why, page.Find(".lead-fault").TextContent));

        await page.InvokeAsync(() => page.Find(".item-done").ClickAsync(new()));
        page.WaitForAssertion(() => Assert.Equal(Why, page.Find(".follow-ups-fault").TextContent));

        await page.InvokeAsync(() => page.Find(".exchange button").ClickAsync(new()));
        page.WaitForAssertion(() => Assert.Equal(Why, page.Find(".exchange-message").TextContent));
    }

    private async Task<LeadCreated> LeadAsync()
    {
        var input = Infrastructure.HubBed.Input(1, "Слова") with { Country = "Дубай" };
        var lead = await Bed.Get<LeadService>().CreateAsync(Bed.Olena, input, null, Token);
        await Bed.Get<CommentService>().AddAsync(Bed.Olena, Guid.CreateVersion7(), lead.Id, "Слова", null, Token);
        await Bed.Get<FollowUpService>()
            .AddAsync(
                Bed.Olena,
                Guid.CreateVersion7(),
                lead.Id,
                new("Слова", null, Bed.Time.GetUtcNow().AddDays(1)),
                Token
            );
        return lead;
    }

    private Task EraseAsync(LeadCreated lead) =>
        Bed.Get<ClientErasure>().EraseAsync(Bed.Ada, lead.Id, $"{lead.Number}", "прохання", [lead.Id], Token);

    private IRenderedComponent<LeadDetailPage> Open(Actor actor, Guid lead)
    {
        SignIn(actor);
        var page = Render<LeadDetailPage>(parameters => parameters.Add(view => view.Id, lead));
        page.WaitForElement(".facts");
        return page;
    }
}
