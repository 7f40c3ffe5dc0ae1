using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Contacts;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Privacy;
using ProPartHub.HubSpotSandbox.Objects;
using ProPartHub.Tests.HubSpot.Sync;
using Xunit;
using static ProPartHub.Tests.HubSpot.Sync.SyncBed;

namespace ProPartHub.Tests.HubSpot.Contacts;

/// <summary>The mirror of all contacts over the real sandbox: filled, kept current, and never in anybody's way.</summary>
public sealed class ContactMirrorTests
{
    // It is noon in UTC when a bed begins, the account is in Kyiv, and the first night is too close to the first walk.
    private static readonly TimeSpan UntilNight = TimeSpan.FromHours(13 + 24);

    [Fact]
    public async Task AllContacts_AreRead_WithOrWithoutALead_AndWithAllTheirNumbers()
    {
        await using var bed = await CreateAsync(deals: 5);
        var id = bed.ContactThere(
            ("firstname", "Марія"),
            ("lastname", "Коваль"),
            ("email", "Maria@Example.com"),
            ("company", "Хвиля"),
            ("phone", "050 111 22 33"),
            ("mobilephone", "+380501112233"),
            ("phone_number_1", "домашній 12")
        );
        await bed.OpenAsync();
        await bed.QuietAsync();

        Assert.Equal(
            bed.Live(ObjectType.Contacts).Select(contact => contact.IdText).Order(StringComparer.Ordinal),
            (await ReadAsync(bed)).Select(row => row.Id).Order(StringComparer.Ordinal)
        );
        var page = await bed.Get<ContactQueries>().PageAsync(bed.Ada, new() { Search = "коваль 5011122" }, Cancel);
        var row = Assert.Single(page.Rows);
        Assert.Equal((id, "Марія Коваль", "maria@example.com", "Хвиля"), (row.Id, row.Name, row.Email, row.Company));

        // One number in two properties is one number; what is none is kept as it is written.
        Assert.Equal(
            [new("phone", "050 111 22 33", "+380501112233"), new ContactPhone("phone_number_1", "домашній 12", null)],
            row.Phones
        );
        Assert.Empty(row.Leads);
        var withLead = await bed.Get<ContactQueries>().PageAsync(bed.Ada, new() { HasLead = true }, Cancel);
        Assert.Equal(5, withLead.Rows.Count);
        Assert.All(withLead.Rows, contact => Assert.Single(contact.Leads));
    }

    [Fact]
    public async Task FirstWalk_GoesOnAfterARestart_AndAsksForEachPageOnce()
    {
        await using var bed = await CreateAsync();
        for (var number = 0; number < 450; number++)
        {
            bed.ContactThere(("firstname", $"Ім’я {number}"));
        }

        await bed.OpenAsync();
        while ((await StateAsync(bed)).Read < 100)
        {
            Assert.True(await bed.OnceAsync());
        }

        var early = await StateAsync(bed);
        Assert.InRange(early.Read, 100, 400);
        Assert.Equal((450, true), (early.Total, early.IsFilling));
        bed.Sandbox.Calls.Clear();

        // Another holder goes on where this one stopped.
        await bed.OpenAsync();
        await bed.QuietAsync();

        var done = await StateAsync(bed);
        Assert.Equal((450, 450, false), (done.Read, done.Total, done.IsFilling));
        Assert.Equal(450, (await ReadAsync(bed)).Count);
        var pagesLeft = 5 - (early.Read / 100);
        Assert.Equal(pagesLeft, Lists(bed));
        Assert.DoesNotContain(
            bed.Sandbox.Calls.Entries,
            call =>
                call.Path.EndsWith("contacts/search", StringComparison.Ordinal)
                && !call.Body.Contains("lastmodifieddate", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Leads_ComeFirst()
    {
        await using var bed = await CreateAsync(deals: 250);
        await bed.OpenAsync();

        while (!(await StatusAsync(bed)).Import.All(part => part.IsDone))
        {
            Assert.Equal(0, Lists(bed));
            Assert.True(await bed.OnceAsync());
        }

        await bed.QuietAsync();
        Assert.Equal(3, Lists(bed));
    }

    [Fact]
    public async Task ChangeTold_ReachesTheMirror_WithoutALead_ByWebhookAndByPoll()
    {
        await using var bed = await CreateAsync();
        var (told, polled) = (bed.ContactThere(("firstname", "Перша")), bed.ContactThere(("firstname", "Друга")));
        await bed.OpenAsync();
        await bed.QuietAsync();
        bed.Clock.Advance(TimeSpan.FromSeconds(5));

        bed.Sandbox.HeadOffice.Update(ObjectType.Contacts, told, "phone", "+380509998877");
        await bed.WebhookAsync("contact.propertyChange", told);
        await bed.QuietAsync();
        Assert.True((await RowAsync(bed, told))!.HasPhone);

        bed.Sandbox.HeadOffice.Update(ObjectType.Contacts, polled, "lastname", "Нова");
        var made = bed.ContactThere(("firstname", "Третя"));
        await bed.LaterAsync(TimeSpan.FromMinutes(6));
        Assert.Equal("Друга Нова", (await RowAsync(bed, polled))!.Name);
        Assert.Equal("Третя", (await RowAsync(bed, made))!.Name);
        Assert.Equal(0, await bed.ReadAsync(db => db.ContactReadings.CountAsync(Cancel)));
    }

    [Fact]
    public async Task DeletedAndRestored_IsMarkedAndComesBack_ErasedForGood_IsGone()
    {
        await using var bed = await CreateAsync();
        var (binned, erased) = (bed.ContactThere(("firstname", "Кошик")), bed.ContactThere(("firstname", "Стерта")));
        await bed.OpenAsync();
        await bed.QuietAsync();

        bed.Sandbox.HeadOffice.Archive(ObjectType.Contacts, binned);
        bed.Sandbox.HeadOffice.Erase(ObjectType.Contacts, erased);
        await bed.WebhookAsync("contact.deletion", binned);
        await bed.WebhookAsync("contact.privacyDeletion", erased, eventId: 2);
        await bed.QuietAsync();
        Assert.NotNull((await RowAsync(bed, binned))!.ArchivedAt);
        Assert.Null(await RowAsync(bed, erased));
        var archive = await bed.Get<ContactQueries>().PageAsync(bed.Ada, new() { Archived = true }, Cancel);
        Assert.Equal([binned], archive.Rows.Select(row => row.Id));

        bed.Sandbox.HeadOffice.Restore(ObjectType.Contacts, binned);
        await bed.WebhookAsync("contact.restore", binned, eventId: 3);
        await bed.QuietAsync();
        Assert.Null((await RowAsync(bed, binned))!.ArchivedAt);
    }

    [Fact]
    public async Task DeletedUntold_IsFoundInTheNight_AndLeavesWithHubSpotsBin()
    {
        await using var bed = await CreateAsync();
        var (gone, there) = (bed.ContactThere(("firstname", "Зникла")), bed.ContactThere(("firstname", "Лишилася")));
        await bed.OpenAsync();
        await bed.QuietAsync();
        bed.Sandbox.HeadOffice.Archive(ObjectType.Contacts, gone);

        await bed.LaterAsync(TimeSpan.FromHours(1));
        Assert.Null((await RowAsync(bed, gone))!.ArchivedAt);
        await bed.LaterAsync(UntilNight);
        Assert.NotNull((await RowAsync(bed, gone))!.ArchivedAt);
        Assert.Null((await RowAsync(bed, there))!.ArchivedAt);

        await bed.ReadAsync(db =>
            db.MirroredContacts.Where(row => row.Id == gone)
                .ExecuteUpdateAsync(row =>
                    row.SetProperty(contact => contact.ArchivedAt, bed.Clock.GetUtcNow() - ContactMirror.BinLasts)
                )
        );
        await bed.LaterAsync(TimeSpan.FromHours(24));
        Assert.Null(await RowAsync(bed, gone));
    }

    [Fact]
    public async Task Merged_OneIsLeft_UnderTheSurvivorsId()
    {
        await using var bed = await CreateAsync();
        var (first, second) = (bed.ContactThere(("firstname", "Перша")), bed.ContactThere(("firstname", "Друга")));
        await bed.OpenAsync();
        await bed.QuietAsync();

        var survivor = bed.Sandbox.HeadOffice.Merge(ObjectType.Contacts, first, second);
        await bed.WebhookAsync(
            "contact.merge",
            first,
            extra: $",\"primaryObjectId\":{first},\"mergedObjectIds\":[{second}],\"newObjectId\":{survivor}"
        );
        await bed.QuietAsync();

        Assert.Equal([survivor], (await ReadAsync(bed)).Select(row => row.Id));
    }

    [Fact]
    public async Task ErasedClient_LeavesTheMirror_AndNeverComesBack_NotEvenMerged()
    {
        await using var bed = await ConnectedAsync(deals: 3);
        var lead = await bed.ReadAsync(db => db.LeadSyncs.FirstAsync(Cancel));
        var other = bed.ContactThere(("firstname", "Інша"));
        await bed.LaterAsync(TimeSpan.FromMinutes(6));
        Assert.NotNull(await RowAsync(bed, lead.ContactId!));

        var number = (await bed.LoadAsync(lead.LeadId)).Number;
        await bed.Get<ClientErasure>().EraseAsync(bed.Ada, lead.LeadId, $"{number}", "прохання", [lead.LeadId], Cancel);
        Assert.Null(await RowAsync(bed, lead.ContactId!));

        bed.Sandbox.HeadOffice.Update(ObjectType.Contacts, lead.ContactId!, "firstname", "Повернулася");
        await bed.WebhookAsync("contact.propertyChange", lead.ContactId!);
        await bed.LaterAsync(TimeSpan.FromMinutes(6));
        await bed.LaterAsync(UntilNight);
        Assert.Null(await RowAsync(bed, lead.ContactId!));

        var survivor = bed.Sandbox.HeadOffice.Merge(ObjectType.Contacts, other, lead.ContactId!);
        await bed.WebhookAsync("contact.creation", survivor, eventId: 2);
        await bed.LaterAsync(TimeSpan.FromMinutes(6));
        Assert.Null(await RowAsync(bed, survivor));
        Assert.Null(await RowAsync(bed, other));
    }

    [Fact]
    public async Task SwitchedOff_NothingIsRead_AndOnAgain_EverythingIsFound()
    {
        await using var bed = await CreateAsync();
        var id = bed.ContactThere(("firstname", "До"));
        await bed.OpenAsync();
        await bed.QuietAsync();
        await bed.SwitchAsync(SyncPart.ContactMirror, isOn: false);
        await bed.QuietAsync();
        bed.Sandbox.HeadOffice.Update(ObjectType.Contacts, id, "firstname", "Після");
        bed.Sandbox.Calls.Clear();

        await bed.LaterAsync(TimeSpan.FromMinutes(6));
        Assert.Equal("До", (await RowAsync(bed, id))!.Name);
        Assert.False((await StateAsync(bed)).IsOn);
        Assert.Equal(0, Lists(bed));

        await bed.SwitchAsync(SyncPart.ContactMirror, isOn: true);
        await bed.QuietAsync();
        Assert.Equal("Після", (await RowAsync(bed, id))!.Name);
    }

    private static int Lists(SyncBed bed) =>
        bed.Sandbox.Calls.Entries.Count(call =>
            call.Method == "GET"
            && call.Path.Contains("/objects/", StringComparison.Ordinal)
            && call.Path.EndsWith("/contacts", StringComparison.Ordinal)
        );

    private static Task<List<MirroredContact>> ReadAsync(SyncBed bed) =>
        bed.ReadAsync(db => db.MirroredContacts.ToListAsync(Cancel));

    private static Task<MirroredContact?> RowAsync(SyncBed bed, string id) =>
        bed.ReadAsync(db => db.MirroredContacts.SingleOrDefaultAsync(row => row.Id == id, Cancel));

    private static Task<ContactMirrorState> StateAsync(SyncBed bed) =>
        bed.Get<ContactQueries>().StateAsync(bed.Ada, Cancel);

    private static Task<SyncStatus> StatusAsync(SyncBed bed) =>
        bed.Get<SyncStatusQueries>().StatusAsync(bed.Ada, Cancel);
}
