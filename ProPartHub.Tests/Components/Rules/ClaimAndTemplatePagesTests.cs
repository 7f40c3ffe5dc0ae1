using AngleSharp.Dom;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Claims;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Templates;
using ProPartHub.Tests.Components.Leads;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Web.Components.Claims;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Components.Templates;
using Xunit;

namespace ProPartHub.Tests.Components.Rules;

/// <summary>Questions for clients, decided with a reason; messages by template, with what is missing told.</summary>
public sealed class ClaimAndTemplatePagesTests : LeadComponentTest
{
    [Fact]
    public async Task Decision_NeedsAReason_AndTheAgentReadsIt()
    {
        await Bed.LeadAsync(Bed.Taras, 1);
        await Bed.Get<ClaimRequests>()
            .AskAsync(Bed.Olena, Guid.CreateVersion7(), HubBed.Input(1).Phone, "Прошу", Token);
        SignIn(Bed.Nina);
        var page = Render<ClaimsPage>();
        page.WaitForElement("textarea");

        await page.InvokeAsync(() => page.FindAll(".rule-card .rule-acts button")[1].Click());
        page.WaitForAssertion(() => Assert.Equal("true", page.Find("textarea").GetAttribute("aria-invalid")));
        await page.InvokeAsync(() => page.Find("textarea").Change("Тарас веде угоду"));
        await page.InvokeAsync(() => page.FindAll(".rule-card .rule-acts button")[1].Click());

        page.WaitForElement(".empty-state");
        Assert.Contains("Відхилено", page.Find(".rule-card").TextContent, StringComparison.Ordinal);
        SignIn(Bed.Olena);
        var own = Render<OwnClaimsPage>();
        Assert.Contains("Тарас веде угоду", own.WaitForElement(".rule-card").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Клієнт 1", own.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Question_AppearsBeforeTheManagersEyes_WithoutTakingAReasonAway()
    {
        await Bed.LeadAsync(Bed.Taras, 1);
        await Bed.LeadAsync(Bed.Taras, 2);
        await AskAsync(1);
        SignIn(Bed.Nina);
        var page = Render<ClaimsPage>();
        page.WaitForElement("textarea");
        await page.InvokeAsync(() => page.Find("textarea").Change("Тарас веде угоду"));

        await AskAsync(2);
        await page.InvokeAsync(() => Agency.Hear(nameof(AgencyTopic.Claims)));
        Clock.Advance(LateRefresh.Pause);

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("textarea").Count));
        Assert.Contains(page.FindAll("textarea"), area => area.GetAttribute("value") == "Тарас веде угоду");

        Task AskAsync(int number) =>
            Bed.Get<ClaimRequests>()
                .AskAsync(Bed.Olena, Guid.CreateVersion7(), HubBed.Input(number).Phone, "Прошу", Token);
    }

    [Fact]
    public async Task Protection_StandsOnTheLeadsPage_WithItsLastDay()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        SignIn(Bed.Olena);

        var page = Render<LeadDetailPage>(builder => builder.Add(shown => shown.Id, lead.Id));

        var note = page.WaitForElement(".protection");
        Assert.Contains("31\u00a0трав.\u00a02026", note.TextContent, StringComparison.Ordinal);
        Assert.Contains("90 днів", note.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Template_IsShownAsALeadWouldGetIt_InBothLanguages()
    {
        var lead = await Bed.Get<LeadService>()
            .CreateAsync(Bed.Olena, HubBed.Input(1) with { Country = "Балі", BudgetTo = 200_000 }, null, Token);
        SignIn(Bed.Olena);
        var page = Render<TemplatesPage>();
        page.WaitForElement(".empty-state");
        await page.InvokeAsync(() => page.Find(".page-header button").Click());
        await page.InvokeAsync(() => page.Find("[name='body-Uk']").Change("{country}, {budget}, {company}"));
        await page.InvokeAsync(() => page.Find("[name='body-En']").Change("{country}, {budget}"));
        await page.InvokeAsync(() => page.Find("[name=lead]").Change($"L-{lead.Number}"));
        await page.InvokeAsync(() => page.Find(".template-preview button").Click());

        page.WaitForElement(".message-text");
        var shown = page.FindAll(".message-text");
        Assert.Equal("Балі, до 200\u00A0000 USD,", shown[0].TextContent);
        Assert.Equal("Bali, up to 200,000 USD", shown[1].TextContent);
        Assert.Contains("компанія", page.Find(".message-missing").TextContent, StringComparison.Ordinal);

        await page.InvokeAsync(() => page.Find("[name=lead]").Change("L-1"));
        await page.InvokeAsync(() => page.Find(".template-preview button").Click());
        Assert.Empty(page.FindAll(".message-text"));
    }

    [Fact]
    public async Task Message_IsNotedOnlyAfterItWasOpened()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        await Bed.Get<MessageTemplates>()
            .SaveAsync(
                Bed.Olena,
                Guid.CreateVersion7(),
                null,
                new() { Name = "Знайомство", BodyUk = "Вітаю, {client}!" },
                Token
            );
        SignIn(Bed.Olena);
        var details = await Bed.Get<LeadQueries>().DetailsAsync(Bed.Olena, lead.Id, Token);
        var part = Render<LeadMessages>(builder =>
            builder.Add(shown => shown.Lead, details).Add(shown => shown.Actor, Bed.Olena)
        );
        await part.InvokeAsync(() => part.Find(".messages > button").Click());
        part.WaitForElement(".message-text");
        Assert.True(part.Find(".messages-acts button").IsDisabled());

        await part.InvokeAsync(() => part.Find(".messages-acts a").Click());
        await part.InvokeAsync(() => part.Find(".messages-acts button").Click());

        part.WaitForElement("[role=status]");
        Assert.NotNull((await Bed.LoadAsync(lead.Id)).AnsweredAt);
    }
}
