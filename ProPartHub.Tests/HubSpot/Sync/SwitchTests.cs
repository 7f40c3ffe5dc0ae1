using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Timeline;
using ProPartHub.HubSpotSandbox.Objects;
using Xunit;
using static ProPartHub.Tests.HubSpot.Sync.SyncBed;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <summary>A part that is off does nothing, holds up nothing else, and loses nothing when it is turned on again.</summary>
public sealed class SwitchTests
{
    private static readonly TimeSpan AWhile = TimeSpan.FromHours(3);

    [Fact]
    public async Task OutboundOff_NothingIsWritten_AndAllOfItOnceItIsOn()
    {
        await using var bed = await ConnectedAsync();
        var known = await bed.PushedAsync();
        await bed.SwitchAsync(SyncPart.Outbound, false);
        await bed.EditAsync(known.LeadId, typed => typed.Country = "Оман");
        await bed.Get<CommentService>().AddAsync(bed.Olena, Guid.CreateVersion7(), known.LeadId, "Слово", null, Cancel);
        var added = await bed.LeadAsync(2);
        bed.Sandbox.HeadOffice.Update(ObjectType.Deals, known.DealId!, "language", "английский");

        await bed.LaterAsync(AWhile);

        Assert.Equal("Балі", bed.Deal(known, "purchase_country"));
        Assert.Single(bed.Live(ObjectType.Deals));
        Assert.Empty(bed.Live(ObjectType.Notes));
        Assert.Equal("английский", (await bed.LoadAsync(known.LeadId)).Language);

        await bed.SwitchAsync(SyncPart.Outbound, true);
        await bed.QuietAsync();

        Assert.Equal("Оман", bed.Deal(known, "purchase_country"));
        Assert.NotNull((await bed.SyncOfAsync(added)).DealId);
        Assert.Single(bed.Live(ObjectType.Notes));
        Assert.Equal(0, await bed.WaitingAsync());
    }

    [Fact]
    public async Task InboundOff_NothingIsTaken_AndNothingThereIsTroddenOn()
    {
        await using var bed = await ConnectedAsync();
        var sync = await bed.PushedAsync();
        await bed.SwitchAsync(SyncPart.Inbound, false);
        bed.Sandbox.HeadOffice.Update(ObjectType.Deals, sync.DealId!, "purchase_country", "Дубай");
        bed.Sandbox.HeadOffice.Update(ObjectType.Deals, sync.DealId!, "source_channel", "сайт");
        await bed.EditAsync(sync.LeadId, typed => (typed.Country, typed.Language) = ("Оман", "английский"));

        await bed.LaterAsync(AWhile);

        var lead = await bed.LoadAsync(sync.LeadId);
        Assert.Equal(("Оман", null), (lead.Country, lead.Source));
        Assert.Equal("английский", bed.Deal(sync, "language"));
        Assert.Equal("Дубай", bed.Deal(sync, "purchase_country"));
        Assert.Equal(1, await bed.WaitingAsync());

        await bed.SwitchAsync(SyncPart.Inbound, true);
        await bed.QuietAsync();

        lead = await bed.LoadAsync(sync.LeadId);
        Assert.Equal(("Дубай", "сайт"), (lead.Country, lead.Source));
        var conflict = await bed.ReadAsync(db => db.SyncConflicts.SingleAsync(Cancel));
        Assert.Equal(("Country", "Оман", true), (conflict.Field, conflict.Ours, conflict.TheirsWon));
        Assert.Equal(0, await bed.WaitingAsync());
    }

    [Fact]
    public async Task InboundOff_WebhooksWait_AndADeletionIsNotLost()
    {
        await using var bed = await ConnectedAsync();
        var sync = await bed.PushedAsync();
        await bed.SwitchAsync(SyncPart.Inbound, false);
        bed.Sandbox.HeadOffice.Archive(ObjectType.Deals, sync.DealId!);
        await bed.WebhookAsync("deal.deletion", sync.DealId!);
        await bed.LaterAsync(AWhile);
        Assert.False((await bed.LoadAsync(sync.LeadId)).Attention.HasFlag(Attention.DeletedInHubSpot));

        await bed.SwitchAsync(SyncPart.Inbound, true);
        await bed.QuietAsync();

        Assert.True((await bed.LoadAsync(sync.LeadId)).Attention.HasFlag(Attention.DeletedInHubSpot));
    }

    [Fact]
    public async Task ContactsOff_TheClientsDataWaitsOnBothSides_AndTheDealGoesOn()
    {
        await using var bed = await ConnectedAsync();
        var sync = await bed.PushedAsync();
        await bed.SwitchAsync(SyncPart.Contacts, false);
        await bed.EditAsync(sync.LeadId, typed => (typed.Phone, typed.Country) = ("+380507654321", "Оман"));
        bed.Sandbox.HeadOffice.Update(ObjectType.Contacts, sync.ContactId!, "company", "Дім");
        await bed.WebhookAsync("contact.propertyChange", sync.ContactId!);
        bed.Sandbox.HeadOffice.Update(ObjectType.Deals, sync.DealId!, "language", "английский");

        await bed.LaterAsync(AWhile);

        var lead = await bed.LoadAsync(sync.LeadId);
        Assert.Equal((null, "английский"), (lead.Company, lead.Language));
        Assert.Equal("Оман", bed.Deal(sync, "purchase_country"));
        Assert.Equal("+380501000001", bed.Contact(sync, "phone"));
        Assert.Equal("+380501000001", bed.Deal(sync, "phone_number"));

        await bed.SwitchAsync(SyncPart.Contacts, true);
        await bed.QuietAsync();

        Assert.Equal("Дім", (await bed.LoadAsync(sync.LeadId)).Company);
        Assert.Equal("+380507654321", bed.Contact(sync, "phone"));
        Assert.Equal("+380507654321", bed.Deal(sync, "phone_number"));
        Assert.Equal(0, await bed.WaitingAsync());
        Assert.Equal(0, await bed.ReadAsync(db => db.SyncConflicts.CountAsync(Cancel)));
    }

    [Theory]
    [InlineData(SyncPart.Contacts)]
    [InlineData(SyncPart.Deals)]
    public async Task HalfALead_IsMadeOnNeitherSide_UntilBothPartsAreOn(SyncPart part)
    {
        await using var bed = await ConnectedAsync();
        await bed.SwitchAsync(part, false);
        var id = await bed.LeadAsync(1);
        bed.Sandbox.HeadOffice.Create(
            ObjectType.Deals,
            new Dictionary<string, string?>
            {
                ["dealname"] = "Там",
                ["pipeline"] = "2341107958",
                ["dealstage"] = "3204738265",
            }
        );
        await bed.LaterAsync(AWhile);
        Assert.Equal("Там", Assert.Single(bed.Live(ObjectType.Deals))["dealname"]);
        Assert.Equal(1, await bed.ReadAsync(db => db.Leads.CountAsync(Cancel)));

        await bed.SwitchAsync(part, true);
        await bed.QuietAsync();

        Assert.Equal(2, bed.Live(ObjectType.Deals).Count);
        Assert.Equal(2, await bed.ReadAsync(db => db.Leads.CountAsync(Cancel)));
        Assert.NotNull((await bed.SyncOfAsync(id)).DealId);
    }

    [Fact]
    public async Task DealsOff_ADeletedDealIsFoundOnceTheyAreOn()
    {
        await using var bed = await ConnectedAsync();
        var sync = await bed.PushedAsync();
        await bed.SwitchAsync(SyncPart.Deals, false);
        bed.Sandbox.HeadOffice.Archive(ObjectType.Deals, sync.DealId!);
        await bed.WebhookAsync("deal.deletion", sync.DealId!);
        await bed.LaterAsync(AWhile);
        Assert.False((await bed.LoadAsync(sync.LeadId)).Attention.HasFlag(Attention.DeletedInHubSpot));

        await bed.SwitchAsync(SyncPart.Deals, true);
        await bed.QuietAsync();

        Assert.True((await bed.LoadAsync(sync.LeadId)).Attention.HasFlag(Attention.DeletedInHubSpot));
    }

    [Fact]
    public async Task NotesOff_CommentsWaitOnBothSides()
    {
        await using var bed = await ConnectedAsync();
        var sync = await bed.PushedAsync();
        var gone = bed.Sandbox.HeadOffice.AddNote(ObjectType.Deals, sync.DealId!, "Зайве");
        await bed.LaterAsync(TimeSpan.FromMinutes(1));
        await bed.SwitchAsync(SyncPart.Notes, false);
        await bed.Get<CommentService>().AddAsync(bed.Olena, Guid.CreateVersion7(), sync.LeadId, "Наше", null, Cancel);
        var added = bed.Sandbox.HeadOffice.AddNote(ObjectType.Deals, sync.DealId!, "Їхнє");
        await bed.WebhookAsync("object.creation", added, 1, ",\"objectTypeId\":\"0-46\"");
        bed.Sandbox.HeadOffice.Archive(ObjectType.Notes, gone);
        await bed.WebhookAsync("object.deletion", gone, 2, ",\"objectTypeId\":\"0-46\"");
        await bed.EditAsync(sync.LeadId, typed => typed.Country = "Оман");

        await bed.LaterAsync(AWhile);

        Assert.Equal(["Зайве", "Наше"], await CommentsAsync(bed));
        Assert.Equal("Їхнє", Assert.Single(bed.Live(ObjectType.Notes))["hs_note_body"]);
        Assert.Equal("Оман", bed.Deal(sync, "purchase_country"));

        await bed.SwitchAsync(SyncPart.Notes, true);
        await bed.QuietAsync();

        Assert.Equal(["Наше", "Їхнє"], await CommentsAsync(bed));
        Assert.Equal(2, bed.Live(ObjectType.Notes).Count);
    }

    [Fact]
    public async Task CommentEditedOnBothSides_WaitsWhileInboundIsOff_AndTreadsOnNothing()
    {
        await using var bed = await ConnectedAsync();
        var sync = await bed.PushedAsync();
        var comments = bed.Get<CommentService>();
        var id = Guid.CreateVersion7();
        await comments.AddAsync(bed.Olena, id, sync.LeadId, "Слово", null, Cancel);
        await bed.QuietAsync();
        await bed.SwitchAsync(SyncPart.Inbound, false);
        var note = Assert.Single(bed.Live(ObjectType.Notes)).IdText;
        bed.Sandbox.HeadOffice.Update(ObjectType.Notes, note, "hs_note_body", "Олена Гнатюк: Їхнє");
        await comments.EditAsync(bed.Olena, id, "Наше", Cancel);

        await bed.LaterAsync(AWhile);
        Assert.Equal(["Наше"], await CommentsAsync(bed));
        Assert.Equal("Олена Гнатюк: Їхнє", bed.Value(ObjectType.Notes, note, "hs_note_body"));

        await bed.SwitchAsync(SyncPart.Inbound, true);
        await bed.QuietAsync();
        Assert.Equal(["Їхнє"], await CommentsAsync(bed));
        Assert.Equal(0, await bed.WaitingAsync());
    }

    [Fact]
    public async Task FirstImport_WaitsForItsParts()
    {
        await using var bed = await CreateAsync(deals: 30);
        await bed.OpenAsync();
        await bed.SwitchAsync(SyncPart.Contacts, false);
        await bed.QuietAsync();
        Assert.Equal(0, await bed.ReadAsync(db => db.Leads.CountAsync(Cancel)));

        await bed.SwitchAsync(SyncPart.Contacts, true);
        await bed.QuietAsync();
        Assert.Equal(30, await bed.ReadAsync(db => db.Leads.CountAsync(Cancel)));
    }

    [Fact]
    public async Task RealAccount_IsOnlyReadUntilAnAdminTurnsWritingOn()
    {
        await using var bed = await CreateAsync(deals: 3, isSandbox: false);
        await bed.OpenAsync();
        var id = await bed.LeadAsync(1);
        await bed.LaterAsync(AWhile);

        Assert.Equal(3, bed.Live(ObjectType.Deals).Count);
        Assert.Equal(4, await bed.ReadAsync(db => db.Leads.CountAsync(Cancel)));
        var status = await bed.Get<SyncStatusQueries>().StatusAsync(bed.Ada, Cancel);
        Assert.Equal(SyncPart.Outbound, status.SwitchedOff);

        await bed.SwitchAsync(SyncPart.Outbound, true);
        await bed.QuietAsync();
        Assert.NotNull((await bed.SyncOfAsync(id)).DealId);
    }

    [Fact]
    public async Task Switches_AreForAdmins_AndEachTurnIsWrittenDownOnce()
    {
        await using var bed = await ConnectedAsync();
        var switches = bed.Get<SyncSwitches>();
        await Assert.ThrowsAsync<ForbiddenException>(() => switches.SetAsync(bed.Olena, SyncPart.Notes, false, Cancel));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            switches.SetAsync(bed.Ada, SyncPart.Notes | SyncPart.Deals, false, Cancel)
        );

        await switches.SetAsync(bed.Ada, SyncPart.Notes, false, Cancel);
        await switches.SetAsync(bed.Ada, SyncPart.Notes, false, Cancel);

        var entry = await bed.ReadAsync(db =>
            db.SecurityEvents.SingleAsync(row => row.Kind == SecurityEventKind.SettingChanged, Cancel)
        );
        Assert.Equal(bed.Ada.UserId, entry.ActorId);
        Assert.Equal(
            ("HubSpot sync: Notes", "on", "off"),
            (entry.Details["setting"], entry.Details["before"], entry.Details["after"])
        );
    }

    private static Task<List<string>> CommentsAsync(SyncBed bed) =>
        bed.ReadAsync(db =>
            db.Comments.Where(row => row.DeletedAt == null)
                .OrderBy(row => row.CreatedAt)
                .Select(row => row.Body)
                .ToListAsync(Cancel)
        );
}
