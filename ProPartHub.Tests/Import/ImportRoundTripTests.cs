using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Columns;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Settings;
using ProPartHub.Domain.Transfer.Import;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Import;

/// <summary>Files that the portal writes itself: its exports can be imported, its error files are safe, its template is understood.</summary>
public sealed class ImportRoundTripTests(AccountHub hub) : IClassFixture<AccountHub>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("uk", "csv", 5001)]
    [InlineData("en", "csv", 5002)]
    [InlineData("uk", "xlsx", 5003)]
    [InlineData("en", "xlsx", 5004)]
    public async Task Export_ComesBackAsItWas(string language, string format, int number)
    {
        var name = $"round-{language}-{format}";
        var (manager, browser) = await SignedInAsync(name);
        var original = HubBed.Input(number, "=Клієнт, \"лапки\"") with
        {
            SecondPhone = $"+38067{1000000 + number}",
            Email = $"{name}@example.com",
            Company = "+Acme",
            Telegram = "some_name",
            Messenger = "viber",
            BudgetFrom = 150_000,
            BudgetTo = 300_000.5m,
            Currency = "EUR",
            Country = "Балі",
            PurchaseGoal = "под аренду",
            PropertyType = "вторичка",
            ObjectType = "вилла",
            Language = "английский",
            Source = "ютуб",
        };
        var created = await UseAsync<LeadService, LeadCreated>(leads =>
            leads.CreateAsync(manager, original, manager.UserId, Token)
        );
        await UseAsync<PersonSettings, bool>(async settings =>
        {
            await settings.SaveAsync(
                manager,
                LeadColumnLayout.Key,
                new LeadColumnLayout([.. Enum.GetValues<LeadColumn>().Select(column => new LeadColumnPlace(column))]),
                Token
            );
            return true;
        });
        using (await browser.GetAsync($"/culture?c={language}", Token)) { }
        var file = await browser.GetByteArrayAsync($"/leads/export?format={format}&agent={manager.UserId}", Token);
        // Gone from the lists, so that the file makes it anew.
        await UseAsync<LeadService, bool>(async leads =>
        {
            await leads.ArchiveAsync(manager, created.Id, Token);
            return true;
        });

        var import = await ImportAsync(manager, file, $"leads.{format}");

        Assert.Equal((1, 0, 0), (import.Created, import.Skipped, import.Refused));
        var made = await ReadAsync(db =>
            db.Leads.SingleAsync(lead => lead.Phone == original.Phone && lead.Id != created.Id, Token)
        );
        var back = LeadInput.From(made);
        Assert.Equal(original.Normalised(), back);
        Assert.Equal(manager.UserId, made.AgentId);

        // The same file once more says nothing new of a lead that is there.
        var again = await ImportAsync(manager, file, $"leads.{format}", DuplicatePolicy.Update);
        Assert.Equal((0, 0, 1), (again.Created, again.Updated, again.Skipped));
    }

    [Fact]
    public async Task ErrorFile_HasTheCells_TheReasonInTheReadersLanguage_AndNoFormulas()
    {
        var (manager, browser) = await SignedInAsync("errors");
        var import = await ImportAsync(
            manager,
            Encoding.UTF8.GetBytes("Name,Phone,Note\n=cmd|' /C calc'!A0,123,\"+1\n2\"\n"),
            "leads.csv"
        );
        using (await browser.GetAsync("/culture?c=uk", Token)) { }

        var text = Encoding.UTF8.GetString(await browser.GetByteArrayAsync($"/leads/import/{import.Id}/errors", Token));

        var lines = text.TrimStart('\uFEFF').Split("\r\n");
        Assert.Equal("Name,Phone,Note,Чому не імпортовано", lines[0]);
        Assert.StartsWith("'=cmd|' /C calc'!A0,123,\"'+1\n2\",Телефон: ", lines[1], StringComparison.Ordinal);
        // What it has can be mended and imported again: the guard is no part of the value.
        var again = await ImportAsync(
            manager,
            Encoding.UTF8.GetBytes(text.Replace(",123,", ",0501239876,", StringComparison.Ordinal)),
            "again.csv"
        );
        Assert.Equal(1, again.Created);
        Assert.True(await ReadAsync(db => db.Leads.AnyAsync(lead => lead.ClientName == "=cmd|' /C calc'!A0", Token)));
    }

    [Fact]
    public async Task ErrorFile_OfSomebodyElse_IsNotThere()
    {
        var (manager, _) = await SignedInAsync("errors-owner");
        var (_, stranger) = await SignedInAsync("errors-stranger");
        var import = await ImportAsync(manager, Encoding.UTF8.GetBytes("Name,Phone\nXx,1\n"), "leads.csv");

        using var answer = await stranger.GetAsync($"/leads/import/{import.Id}/errors", Token);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("uk", "csv")]
    [InlineData("en", "xlsx")]
    public async Task Template_IsUnderstood_ToItsLastColumn(string language, string format)
    {
        var (manager, browser) = await SignedInAsync($"template-{language}");
        using (await browser.GetAsync($"/culture?c={language}", Token)) { }

        var file = await browser.GetByteArrayAsync($"/leads/import/template?format={format}", Token);

        var import = await ImportAsync(manager, file, $"template.{format}");
        Assert.DoesNotContain(ImportField.None, import.Mapping);
        Assert.Equal(0, import.Refused);
    }

    private async Task<(Actor, HttpClient)> SignedInAsync(string name)
    {
        var user = await hub.Host.AddUserAsync(name, AccountHub.Password, Role.Manager);
        return (
            new Actor(user.Id, user.DisplayName, user.Role, user.TeamId),
            await hub.Host.SignInAsync(name, AccountHub.Password)
        );
    }

    private async Task<LeadImport> ImportAsync(
        Actor actor,
        byte[] file,
        string name,
        DuplicatePolicy policy = DuplicatePolicy.Skip
    )
    {
        var id = Guid.CreateVersion7();
        await UseAsync<LeadImports, bool>(async imports =>
        {
            Assert.Null(await imports.BeginAsync(actor, id, name, new MemoryStream(file), Token));
            var import = (await imports.FindAsync(actor, id, Token)).Import;
            await imports.ChooseAsync(
                actor,
                id,
                new ImportChoices(import.Mapping, import.PhoneCountry, policy, null),
                Token
            );
            await imports.CheckAsync(actor, id, Token);
            return true;
        });
        await WaitAsync(id, ImportState.Checked);
        await UseAsync<LeadImports, bool>(async imports =>
        {
            await imports.StartAsync(actor, id, Token);
            return true;
        });
        return await WaitAsync(id, ImportState.Done);
    }

    // The portal's own runner does the work, or this test where it sleeps.
    private async Task<LeadImport> WaitAsync(Guid id, ImportState state)
    {
        while (true)
        {
            await hub.Host.Services.GetRequiredService<ImportRunner>().RunNextAsync(Token);
            var import = await ReadAsync(db => db.LeadImports.SingleAsync(row => row.Id == id, Token));
            if (import.State == state)
            {
                return import;
            }

            Assert.Null(import.Trouble);
            await Task.Delay(20, Token);
        }
    }

    private async Task<T> ReadAsync<T>(Func<HubDbContext, Task<T>> read)
    {
        await using var db = await hub.Host.Services.GetRequiredService<HubDatabase>().ReadAsync(Token);
        return await read(db);
    }

    private async Task<T> UseAsync<TService, T>(Func<TService, Task<T>> use)
        where TService : notnull
    {
        await using var scope = hub.Host.Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<TService>());
    }
}
