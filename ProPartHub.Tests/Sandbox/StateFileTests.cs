using System.Text;
using ProPartHub.HubSpotSandbox;
using ProPartHub.HubSpotSandbox.Account;
using ProPartHub.HubSpotSandbox.Objects;
using ProPartHub.HubSpotSandbox.State;
using Xunit;

namespace ProPartHub.Tests.Sandbox;

/// <summary>The sandbox's account lives on in a file.</summary>
public sealed class StateFileTests : StateTest
{
    [Fact]
    public async Task Restart_FindsEverythingAgain()
    {
        string before;
        await using (var sandbox = await StartAsync(contacts: 20))
        {
            Change(sandbox);
            before = Everything(sandbox.Account);
        }

        await using var again = await StartAsync(contacts: 20);

        Assert.Equal([File], Directory.GetFiles(Folder.FullName));
        Assert.Equal(before, Everything(again.Account));
    }

    [Fact]
    public async Task Restart_GoesOnCountingIds()
    {
        string erased;
        await using (var sandbox = await StartAsync())
        {
            erased = Contact(sandbox, "a@example.com");
            sandbox.HeadOffice.Erase(ObjectType.Contacts, erased);
        }

        await using var again = await StartAsync();

        Assert.NotEqual(erased, Contact(again, "b@example.com"));
    }

    [Fact]
    public async Task Restart_KeepsMergesArchivedRecordsLinksAndHistory()
    {
        string first;
        string second;
        string survivor;
        string archived;
        await using (var sandbox = await StartAsync())
        {
            (first, second) = (Contact(sandbox, "a@example.com"), Contact(sandbox, "b@example.com"));
            archived = Contact(sandbox, "c@example.com");
            sandbox.HeadOffice.AddNote(ObjectType.Contacts, first, "<p>Привіт</p>");
            Clock.Advance(TimeSpan.FromMinutes(1));
            sandbox.HeadOffice.Update(ObjectType.Contacts, first, "firstname", "Анна");
            survivor = sandbox.HeadOffice.Merge(ObjectType.Contacts, first, second);
            sandbox.HeadOffice.Archive(ObjectType.Contacts, archived);
        }

        await using var again = await StartAsync();
        var contacts = again.Account.Records(ObjectType.Contacts);

        Assert.Equal(survivor, contacts.Find(first)!.IdText);
        Assert.Equal(survivor, contacts.Find(second)!.IdText);
        Assert.True(contacts.Find(archived)!.Archived);
        Assert.Single(again.Account.Associations.Of(contacts.Find(survivor)!, ObjectType.Notes));
        Assert.Equal("Анна", contacts.Find(survivor)!["firstname"]);
        // Free again since it was archived; taken since it became a second address.
        Contact(again, "c@example.com");
        Assert.ThrowsAny<Exception>(() => Contact(again, "b@example.com"));
    }

    [Fact]
    public async Task Restart_KeepsPropertiesAndStagesThatWereMade()
    {
        const string property =
            """{"name":"lead_key","label":"x","type":"string","fieldType":"text","hasUniqueValue":true}""";
        const string stage =
            """{"label":"Нова","displayOrder":9,"metadata":{"isClosed":"false","probability":"0.5"}}""";
        string stageId;
        await using (var sandbox = await StartAsync())
        {
            (await PostAsync(sandbox, "/crm/properties/2026-03/contacts", property)).Expect(201);
            stageId = (await PostAsync(sandbox, "/crm/pipelines/2026-03/deals/default/stages", stage)).Expect(201).Id;
        }

        await using var again = await StartAsync();

        (await PostAsync(again, "/crm/properties/2026-03/contacts", property)).ExpectError(409, "CONFLICT");
        again.HeadOffice.Create(
            ObjectType.Deals,
            new Dictionary<string, string?>
            {
                ["dealname"] = "Flat",
                ["pipeline"] = "default",
                ["dealstage"] = stageId,
            }
        );
    }

    [Fact]
    public async Task Change_IsWrittenAMomentLater()
    {
        await using var sandbox = await StartAsync();
        Clock.Advance(AccountKeeper.Delay);
        var first = await System.IO.File.ReadAllTextAsync(File, Cancel);

        Contact(sandbox, "new@example.com");
        Assert.Equal(first, await System.IO.File.ReadAllTextAsync(File, Cancel));

        Clock.Advance(AccountKeeper.Delay);
        Assert.Contains(
            "new@example.com",
            await System.IO.File.ReadAllTextAsync(File, Cancel),
            StringComparison.Ordinal
        );
        Assert.Equal([File], Directory.GetFiles(Folder.FullName));
    }

    [Fact]
    public async Task WriteWithoutANewValue_IsKeptToo()
    {
        string id;
        await using (var sandbox = await StartAsync())
        {
            id = Contact(sandbox, "a@example.com");
            Clock.Advance(AccountKeeper.Delay);
            sandbox.HeadOffice.Update(ObjectType.Contacts, id, "email", "a@example.com");
        }

        await using var again = await StartAsync();

        Assert.Equal(
            new DateTimeOffset(2026, 11, 23, 12, 0, 5, TimeSpan.Zero),
            again.Account.Records(ObjectType.Contacts).Find(id)!.UpdatedAt
        );
    }

    [Fact]
    public async Task Account_KeepsItsIdAndANewOneHasAnother()
    {
        long first;
        await using (var sandbox = await StartAsync())
        {
            first = sandbox.Account.Options.PortalId;
        }

        await using (var again = await StartAsync())
        {
            Assert.Equal(first, again.Account.Options.PortalId);
        }

        // A portal bound to the first must see that this is another, and not take its records for deleted.
        System.IO.File.Delete(File);
        await using var anew = await StartAsync();
        Assert.NotEqual(first, anew.Account.Options.PortalId);
    }

    private void Change(SandboxHost sandbox)
    {
        var id = Contact(sandbox, "a@example.com");
        Clock.Advance(TimeSpan.FromHours(1));
        sandbox.HeadOffice.Update(ObjectType.Contacts, id, "firstname", "Їжак \"<&>\" 🦔");
        sandbox.HeadOffice.Update(ObjectType.Contacts, id, "firstname", null);
        sandbox.HeadOffice.Merge(ObjectType.Contacts, id, Contact(sandbox, "b@example.com"));
        var archived = Contact(sandbox, "c@example.com");
        sandbox.HeadOffice.AddNote(ObjectType.Contacts, archived, "<p>Лишається</p>");
        sandbox.HeadOffice.Archive(ObjectType.Contacts, archived);
    }

    private static string Everything(HubSpotAccount account) =>
        System.Text.Json.JsonSerializer.Serialize(AccountCapture.Of(account));

    private static async Task<Answer> PostAsync(SandboxHost sandbox, string path, string json)
    {
        using var http = new HttpClient { BaseAddress = sandbox.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new("Bearer", sandbox.Account.Options.AccessToken);
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri(path, UriKind.Relative), content, Cancel);
        return await Answer.ReadAsync(response, Cancel);
    }
}
