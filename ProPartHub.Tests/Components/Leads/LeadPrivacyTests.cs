using Bunit;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Web.Components.Leads;
using Xunit;

namespace ProPartHub.Tests.Components.Leads;

/// <summary>Admins hand out and erase a client's data on the lead's page; consent is recorded with a new lead.</summary>
public sealed class LeadPrivacyTests : LeadComponentTest
{
    [Fact]
    public async Task Admin_ErasesAfterTypingTheNumber()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var dialogs = RenderDialogs();
        var page = Open(Bed.Ada, lead.Id);
        Assert.Equal($"/leads/{lead.Id}/client-data", page.FindAll(".privacy a")[1].GetAttribute("href"));

        await page.InvokeAsync(() => page.Find(".privacy-erase").Click());
        dialogs.WaitForElement("#erase-number");
        dialogs.WaitForAssertion(() =>
            Assert.Contains($"L-{lead.Number}", dialogs.Find("strong").TextContent, StringComparison.Ordinal)
        );
        await dialogs.InvokeAsync(() => dialogs.Find("#erase-reason").Input("прохання клієнта"));
        await dialogs.InvokeAsync(() => dialogs.Find("#erase-number").Input("L-1"));
        await dialogs.InvokeAsync(() => dialogs.FindAll("button")[^1].Click());
        Assert.Equal("Номер не збігається.", dialogs.WaitForElement(".field-error").TextContent);
        await dialogs.InvokeAsync(() => dialogs.Find("#erase-number").Input($"L-{lead.Number}"));
        await dialogs.InvokeAsync(() => dialogs.FindAll("button")[^1].Click());

        page.WaitForAssertion(() => Assert.Equal("Дані клієнта стерто", page.Find(".erased h2").TextContent));
        Assert.Empty(page.FindAll(".page-header-actions button, .privacy-erase"));
        Assert.NotNull((await Bed.LoadAsync(lead.Id)).ErasedAt);
    }

    [Fact]
    public async Task Others_SeeNoneOfIt()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);

        Assert.Empty(Open(Bed.Nina, lead.Id).FindAll(".privacy"));
    }

    [Fact]
    public async Task Consent_IsShownOnTheLead()
    {
        var input = Infrastructure.HubBed.Input(1) with { HasConsent = true, ConsentNote = "усно, текст 2" };
        var lead = await Bed.Get<LeadService>().CreateAsync(Bed.Olena, input, null, Token);

        Assert.Contains(
            "усно, текст 2",
            Open(Bed.Olena, lead.Id).Find(".consent-section").TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task NewLead_RecordsConsent_WhenTicked()
    {
        SignIn(Bed.Olena);
        var page = Render<NewLeadPage>();
        page.WaitForElement("form");
        await page.Find("[name=ClientName]").ChangeAsync(new() { Value = "Клієнт" });
        await page.Find("[name=Phone]").ChangeAsync(new() { Value = "+380501112233" });
        Assert.Empty(page.FindAll("#lead-consent"));

        await page.Find(".consent-given input").ChangeAsync(new() { Value = true });
        await page.Find("#lead-consent").ChangeAsync(new() { Value = "усно" });
        await page.Find("form").SubmitAsync();

        var lead = await Bed.ReadAsync(db => Task.FromResult(db.Leads.Single()));
        Assert.Equal((Bed.Time.GetUtcNow(), "усно"), (lead.ConsentAt, lead.ConsentNote));
    }

    private IRenderedComponent<LeadDetailPage> Open(Actor actor, Guid lead)
    {
        SignIn(actor);
        var page = Render<LeadDetailPage>(parameters => parameters.Add(view => view.Id, lead));
        page.WaitForElement(".facts");
        return page;
    }
}
