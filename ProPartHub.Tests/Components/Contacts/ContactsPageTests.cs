using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Contacts;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Tests.Components.Leads;
using ProPartHub.Tests.HubSpot.Contacts;
using ProPartHub.Web.Components.Contacts;
using ProPartHub.Web.Components.Shared;
using Xunit;

namespace ProPartHub.Tests.Components.Contacts;

/// <summary>The page of HubSpot's contacts: its states, its address, and that it follows what the sync reads.</summary>
public sealed class ContactsPageTests : LeadComponentTest
{
    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    protected override async Task ArrangeAsync()
    {
        await base.ArrangeAsync();
        Services.AddSingleton(new ContactQueries(Bed.Get<HubDatabase>(), Bed.Get<AgencyCalendar>()));
    }

    [Fact]
    public async Task WithoutContacts_ItSaysWhy_AndWhatToDo()
    {
        SignIn(Bed.Ada);
        AssertEmpty("HubSpot не підключено", "/admin/sync?view=check");

        await Bed.ReadAsync(db => ContactBed.FillAsync(db, 0, Bed.Time.GetUtcNow()));
        await Bed.ReadAsync(db =>
            db.SyncCursors.ExecuteUpdateAsync(row =>
                row.SetProperty(cursor => cursor.ImportedAt, (DateTimeOffset?)null)
                    .SetProperty(cursor => cursor.Total, 700)
            )
        );
        var unread = AssertEmpty("ще не прочитано", "/admin/sync?view=log");
        Assert.Contains("700", unread.Find(".mirror-notice").TextContent, StringComparison.Ordinal);

        await Bed.ReadAsync(db =>
            db.HubSpotAccounts.ExecuteUpdateAsync(row =>
                row.SetProperty(account => account.SwitchedOff, SyncPart.ContactMirror)
            )
        );
        AssertEmpty("вимкнено", "/admin/sync?view=switches");

        await Bed.ReadAsync(db =>
            db.SyncCursors.ExecuteUpdateAsync(row => row.SetProperty(cursor => cursor.ImportedAt, Bed.Time.GetUtcNow()))
        );
        Navigation.NavigateTo("/admin/contacts?q=nobody&view=archive");
        AssertEmpty("Нічого не знайдено", "/admin/contacts?view=archive");
    }

    [Fact]
    public async Task Rows_ShowWhatHubSpotHas_AndTheAddressSaysWhatIsShown()
    {
        SignIn(Bed.Ada);
        await Bed.ReadAsync(db => ContactBed.FillAsync(db, 60, Bed.Time.GetUtcNow()));
        Navigation.NavigateTo("/admin/contacts?sort=id");

        var page = Render<ContactsPage>();

        await page.WaitForElementAsync("tbody tr");
        await page.InvokeAsync(() =>
        {
            Assert.Equal(50, page.FindAll("tbody tr").Count);
            Assert.Contains("59 контактів", page.Find(".page-header").TextContent, StringComparison.Ordinal);
            var first = page.Find("tbody tr");
            Assert.Contains("tel:+380501000001", first.InnerHtml, StringComparison.Ordinal);
            Assert.Equal("=1+1", first.QuerySelector(".odd")!.TextContent);
            Assert.Equal(
                "https://app.hubspot.com/contacts/4242/record/0-1/1",
                first.QuerySelector(".cell-id a")!.GetAttribute("href")
            );
            Assert.Equal("Без імені", page.FindAll("tbody tr")[12].QuerySelector(".unnamed")!.TextContent);
            Assert.Equal("Ірина Власник", page.FindAll("tbody tr")[10].QuerySelector(".cell-owner")!.TextContent);
            Assert.Contains(
                "/admin/contacts/export?sort=id&format=xlsx",
                page.Find(".export-menu").InnerHtml.Replace("&amp;", "&", StringComparison.Ordinal),
                StringComparison.Ordinal
            );
        });
        await page.InvokeAsync(() => page.Find(".contact-panel select").Change("no"));
        Assert.EndsWith("/admin/contacts?lead=no&sort=id", Navigation.Uri, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find("input[type=search]").Change("1000059"));
        Assert.EndsWith("/admin/contacts?q=1000059&lead=no&sort=id", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChangeOfAContact_ShowsByItself()
    {
        SignIn(Bed.Ada);
        await Bed.ReadAsync(db => ContactBed.FillAsync(db, 3, Bed.Time.GetUtcNow()));
        var page = Render<ContactsPage>();
        await page.WaitForElementAsync("tbody tr");

        await Bed.ReadAsync(db =>
            db.MirroredContacts.Where(row => row.Id == "2")
                .ExecuteUpdateAsync(row => row.SetProperty(contact => contact.Name, "Нове ім’я"))
        );
        Agency.Hear(nameof(AgencyTopic.Contacts));
        Clock.Advance(LateRefresh.Pause);

        page.WaitForAssertion(() => Assert.Contains("Нове ім’я", page.Markup, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    public async Task Opening_CostsAFixedNumberOfCommands(int contacts)
    {
        SignIn(Bed.Ada);
        await Bed.ReadAsync(db => ContactBed.FillAsync(db, contacts, Bed.Time.GetUtcNow()));
        Bed.Sql.Reset();

        var page = Render<ContactsPage>();
        await page.WaitForElementAsync("tbody tr");

        // Account and cursor; rows, numbers and leads; the count; the owners for the filter.
        Assert.Equal(7, Bed.Sql.Commands.Count);
    }

    private IRenderedComponent<ContactsPage> AssertEmpty(string title, string wayOut)
    {
        var page = Render<ContactsPage>();
        page.WaitForAssertion(() =>
            Assert.Contains(title, page.Find(".empty-state h2").TextContent, StringComparison.Ordinal)
        );
        Assert.Equal(wayOut, page.Find(".empty-state a").GetAttribute("href"));
        return page;
    }
}
