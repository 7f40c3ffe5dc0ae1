using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Browser;

/// <summary>What the portal keeps of people and clients, looked up, taken away, put back and erased, in real browsers.</summary>
public sealed class PrivacyBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private BrowserBed _bed = null!;
    private LeadCreated _lead = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bed = await BrowserBed.StartAsync(chromium, Token);
        _lead = await _bed.AddLeadAsync("olena", 1);
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Audit_IsNarrowed_TakenAwayAsAFile_AndAFieldIsPutBack()
    {
        await RenameAsync("olena", "Клієнт, перейменований");
        await _bed.AddLeadAsync("oliver", 2);
        var admin = await _bed.OpenAsAsync("admin.demo", "/admin/audit");
        var olena = await _bed.PersonAsync("olena");
        var rows = admin.Locator("table.audit tbody tr");

        await admin.Locator(".audit-fields select").First.SelectOptionAsync(olena.Name);
        await Assertions.Expect(admin).ToHaveURLAsync(new Regex($"[?&]actor={olena.UserId}"));
        await admin.GetByRole(AriaRole.Button, new() { Name = "Ліди", Exact = true }).ClickAsync();
        await Assertions.Expect(admin).ToHaveURLAsync(new Regex("[?&]kind=leads", RegexOptions.IgnoreCase));
        var today = await admin.Locator("table.audit time").First.GetAttributeAsync("datetime");
        await admin.GetByLabel("Від дня").FillAsync(Day(today!, 1));
        await admin.GetByLabel("Від дня").BlurAsync();
        await Assertions.Expect(admin.Locator("main .empty-state")).ToBeVisibleAsync();
        await admin.GetByLabel("Від дня").FillAsync(Day(today!, -1));
        await admin.GetByLabel("Від дня").BlurAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(2);
        await Assertions.Expect(rows.First).ToContainTextAsync("Клієнт 1 → Клієнт, перейменований");
        await BrowserBed.AssertAccessibleAsync(admin);

        var file = await ReadAsync(admin, admin.GetByRole(AriaRole.Link, new() { Name = "Завантажити CSV" }));
        Assert.Contains("Клієнт 1,\"Клієнт, перейменований\"", file, StringComparison.Ordinal);
        Assert.Contains(olena.Name, file, StringComparison.Ordinal);
        Assert.DoesNotContain("Клієнт 2", file, StringComparison.Ordinal);

        await rows.First.GetByRole(AriaRole.Link, new() { Name = $"L-{_lead.Number}" }).ClickAsync();
        await admin.GetByRole(AriaRole.Button, new() { Name = "до значення «Клієнт 1»" }).ClickAsync();
        await Assertions.Expect(admin.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Клієнт 1");
        await admin.GetByRole(AriaRole.Link, new() { Name = "Аудит ліда" }).ClickAsync();
        await Assertions
            .Expect(admin.Locator("table.audit tbody tr", new() { HasText = "Клієнт, перейменований → Клієнт 1" }))
            .ToContainTextAsync("Марта Гнатюк");
    }

    [Fact]
    public async Task Consent_IsGivenAndTakenBack_TheClientsDataLeave_AndAreErased_BeforeTheAgentsEyes()
    {
        var agent = await _bed.OpenAsAsync("olena", $"/leads/{_lead.Id}", phone: true);
        await RecordConsentAsync(agent, "Given", "Усно, текст 2");
        await Assertions.Expect(agent.Locator(".consent-Given")).ToHaveTextAsync("Надано");
        await RecordConsentAsync(agent, "Withdrawn", "Листом");
        await Assertions.Expect(agent.Locator(".lead-withdrawn")).ToContainTextAsync("відкликав згоду");
        await BrowserBed.AssertAccessibleAsync(agent);
        await Assertions.Expect(agent.Locator(".privacy")).ToHaveCountAsync(0);

        var admin = await _bed.OpenAsAsync("admin.demo", $"/leads/{_lead.Id}");
        await admin.GotoAsync($"/culture?c=en&returnUrl=/leads/{_lead.Id}");
        using var file = JsonDocument.Parse(
            await ReadAsync(admin, admin.GetByRole(AriaRole.Link, new() { Name = "Export the client’s data" }))
        );
        Assert.Contains("Листом", file.RootElement.ToString(), StringComparison.Ordinal);
        Assert.Contains("+380501000001", file.RootElement.ToString(), StringComparison.Ordinal);

        await EraseAsync(admin);
        await Assertions.Expect(admin.Locator(".erased h2")).ToHaveTextAsync("The client’s data were erased");
        await Assertions.Expect(agent.Locator(".erased h2")).ToHaveTextAsync("Дані клієнта стерто");
        foreach (var page in new[] { admin, agent })
        {
            await Assertions
                .Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 }))
                .ToHaveTextAsync($"L-{_lead.Number}");
            await Assertions.Expect(page.Locator(".entry").First).ToBeVisibleAsync();
            await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync("Клієнт 1");
            await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync("Листом");
            await BrowserBed.AssertAccessibleAsync(page);
        }

        await admin.GetByRole(AriaRole.Link, new() { Name = "Audit of the lead" }).ClickAsync();
        var rows = admin.Locator("table.audit tbody tr");
        await Assertions
            .Expect(rows.Filter(new() { HasText = "the client asked for it" }))
            .ToContainTextAsync("Марта Гнатюк");
        await Assertions.Expect(rows.Filter(new() { HasText = "Content erased" })).Not.ToHaveCountAsync(0);
        await Assertions.Expect(admin.Locator("table.audit")).Not.ToContainTextAsync("Клієнт 1");
    }

    private static async Task RecordConsentAsync(IPage agent, string state, string note)
    {
        await agent.Locator(".consent-section header button").ClickAsync();
        await agent.Locator("#consent-state").SelectOptionAsync(state);
        // Another state empties the note: how a consent was given does not say how it was taken back.
        await Assertions.Expect(agent.Locator("#consent-note")).ToHaveValueAsync("");
        await agent.Locator("#consent-note").FillAsync(note);
        await agent.Locator("#consent-note").BlurAsync();
        await agent.Locator(".consent-section form button[type=submit]").ClickAsync();
        await Assertions.Expect(agent.Locator(".consent-note")).ToHaveTextAsync(note);
    }

    private async Task EraseAsync(IPage admin)
    {
        await admin.Locator(".privacy-erase").ClickAsync();
        await Assertions.Expect(admin.Locator(".erase")).ToContainTextAsync($"To be erased: L-{_lead.Number}");
        await admin.Locator("#erase-reason").FillAsync("the client asked for it");
        await admin.Locator("#erase-number").FillAsync("L-1");
        var act = admin.GetByRole(AriaRole.Button, new() { Name = "Erase for good" });
        await act.ClickAsync();
        await Assertions.Expect(admin.Locator(".erase [role=alert]")).ToHaveTextAsync("That is another number.");
        await BrowserBed.AssertAccessibleAsync(admin);
        await admin.Locator("#erase-number").FillAsync($"L-{_lead.Number}");
        await act.ClickAsync();
    }

    private async Task RenameAsync(string agent, string to)
    {
        var actor = await _bed.PersonAsync(agent);
        await _bed.UseAsync<LeadService, LeadEditResult>(leads =>
            leads.EditAsync(
                actor,
                _lead.Id,
                HubBed.Input(1).Normalised(),
                HubBed.Input(1) with
                {
                    ClientName = to,
                },
                new HashSet<LeadField>(),
                Token
            )
        );
    }

    private static async Task<string> ReadAsync(IPage page, ILocator link)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
        await using var file = await download.CreateReadStreamAsync();
        using var reader = new StreamReader(file);
        return await reader.ReadToEndAsync(Token);
    }

    // Days are the agency's: in the evening it is tomorrow there already.
    private static string Day(string moment, int days)
    {
        var utc = DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture);
        return $"{TimeZoneInfo.ConvertTimeBySystemTimeZoneId(utc, AgencyCalendar.StandardZone).AddDays(days):yyyy-MM-dd}";
    }
}
