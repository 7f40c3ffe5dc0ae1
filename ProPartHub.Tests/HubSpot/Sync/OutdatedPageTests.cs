using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Timeline;
using ProPartHub.HubSpotSandbox.Objects;
using Xunit;
using static ProPartHub.Tests.HubSpot.Sync.SyncBed;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <summary>What was exchanged after a page was read ahead is newer than the page, and stands.</summary>
public sealed class OutdatedPageTests
{
    // It is noon in UTC when a bed begins, the account is in Kyiv, and the first night is too close to the import.
    private static readonly TimeSpan UntilNight = TimeSpan.FromHours(13 + 24);

    [Fact]
    public async Task DealChangedAndTakenByWebhook_IsNotSetBackByItsPage()
    {
        await using var bed = await ReadAheadAsync();
        var deal = bed.Live(ObjectType.Deals)[^1].IdText;
        bed.Sandbox.HeadOffice.Update(ObjectType.Deals, deal, "purchase_country", "Дубай");
        await bed.WebhookAsync("deal.propertyChange", deal);

        await bed.QuietAsync();

        Assert.Equal("Дубай", (await LeadOfAsync(bed, deal)).Country);
        Assert.Equal([LeadEventKind.Created], await HappenedAsync(bed, deal));
    }

    [Fact]
    public async Task ContactChangedAndTakenByWebhook_IsNotSetBackByThePageOfItsDeal()
    {
        await using var bed = await ReadAheadAsync();
        var deal = bed.Live(ObjectType.Deals)[^1].IdText;
        var contact = bed.Sandbox.Account.Locked(() =>
            bed
                .Sandbox.Account.Associations.Of(
                    bed.Sandbox.Account.Records(ObjectType.Deals).Find(deal)!,
                    ObjectType.Contacts
                )
                .First()
                .To.IdText
        );
        bed.Sandbox.HeadOffice.Update(ObjectType.Contacts, contact, "company", "Хвиля");
        await bed.WebhookAsync("contact.propertyChange", contact);

        await bed.QuietAsync();

        Assert.Equal("Хвиля", (await LeadOfAsync(bed, deal)).Company);
        Assert.Equal([LeadEventKind.Created], await HappenedAsync(bed, deal));
    }

    [Fact]
    public async Task DealDeletedAndToldByWebhook_BecomesNoLead()
    {
        await using var bed = await ReadAheadAsync();
        var deal = bed.Live(ObjectType.Deals)[^1].IdText;
        bed.Sandbox.HeadOffice.Archive(ObjectType.Deals, deal);
        await bed.WebhookAsync("deal.deletion", deal);

        await bed.QuietAsync();

        Assert.False(await bed.ReadAsync(db => db.LeadSyncs.AnyAsync(row => row.DealId == deal, Cancel)));
    }

    [Fact]
    public async Task NoteChangedAndTakenByWebhook_IsNotSetBackByItsPage()
    {
        await using var bed = await CreateAsync(deals: 120);
        await bed.OpenAsync();

        // Until the deals are in and the first notes lie here.
        while (!await bed.ReadAsync(db => db.SyncCursors.AnyAsync(row => row.ImportedAt != null, Cancel)))
        {
            await bed.OnceAsync();
        }

        await bed.OnceAsync();
        Assert.Equal(0, await bed.ReadAsync(db => db.NoteSyncs.CountAsync(Cancel)));
        var note = bed.Live(ObjectType.Notes)[0].IdText;
        bed.Sandbox.HeadOffice.Update(ObjectType.Notes, note, "hs_note_body", "Нове слово");
        await bed.WebhookAsync("object.propertyChange", note, extra: ",\"objectTypeId\":\"0-46\"");

        await bed.QuietAsync();

        var comments = await bed.ReadAsync(db =>
            db.Comments.Where(row => db.NoteSyncs.Any(sync => sync.CommentId == row.Id && sync.NoteId == note))
                .ToListAsync(Cancel)
        );
        Assert.NotEmpty(comments);
        Assert.All(comments, comment => Assert.Equal(("Нове слово", null), (comment.Body, comment.EditedAt)));
    }

    [Fact]
    public async Task EditThatWentOut_IsNotSetBackByAPageOfTheComparison()
    {
        await using var bed = await ConnectedAsync();
        var sync = await bed.PushedAsync();
        bed.Clock.Advance(UntilNight);
        var lists = 0;
        while (lists == 0)
        {
            bed.Sandbox.Calls.Clear();
            await bed.OnceAsync();
            lists = bed.Sandbox.Calls.Entries.Count(call =>
                call.Method == "GET" && call.Path.EndsWith("/deals", StringComparison.Ordinal)
            );
        }

        // The page of the comparison lies here with the old value.
        await bed.EditAsync(sync.LeadId, typed => typed.Country = "Оман");
        var events = await bed.EventsAsync();
        await bed.QuietAsync();

        Assert.Equal("Оман", (await bed.LoadAsync(sync.LeadId)).Country);
        Assert.Equal("Оман", bed.Deal(sync, "purchase_country"));
        Assert.Equal(
            0,
            await bed.ReadAsync(db =>
                db.LeadEvents.CountAsync(
                    row =>
                        row.LeadId == sync.LeadId
                        && row.Kind == LeadEventKind.Edited
                        && row.Origin == ChangeOrigin.HubSpot,
                    Cancel
                )
            )
        );
        Assert.Contains(
            "deals: 1 / 0",
            await bed.ReadAsync(db =>
                db.SyncLog.Where(row => row.What == SyncJournal.Compared).Select(row => row.Detail).ToListAsync(Cancel)
            )
        );
    }

    [Fact]
    public void Exchanges_AreRememberedOnlyWhileAPageMayAsk()
    {
        var exchanged = new ExchangedRecords();
        exchanged.Note(HubSpotObjectTypes.Deals, ["1"]);
        Assert.Equal(0, exchanged.Count);

        exchanged.IsWatched = true;
        var early = exchanged.Mark;
        exchanged.Note(HubSpotObjectTypes.Deals, ["1"]);
        var late = exchanged.Mark;
        exchanged.Note(HubSpotObjectTypes.Deals, ["2"]);

        Assert.True(exchanged.IsSince(early, HubSpotObjectTypes.Deals, "1"));
        Assert.False(exchanged.IsSince(late, HubSpotObjectTypes.Deals, "1"));
        Assert.False(exchanged.IsSince(early, HubSpotObjectTypes.Contacts, "1"));
        exchanged.ForgetUntil(late);
        Assert.False(exchanged.IsSince(early, HubSpotObjectTypes.Deals, "1"));
        Assert.True(exchanged.IsSince(early, HubSpotObjectTypes.Deals, "2"));
        exchanged.IsWatched = false;
        Assert.Equal(0, exchanged.Count);
    }

    /// <summary>A hub whose first pages of deals lie read and are not yet taken in.</summary>
    private static async Task<SyncBed> ReadAheadAsync()
    {
        var bed = await CreateAsync(deals: 250);
        await bed.OpenAsync();
        await bed.OnceAsync();
        Assert.Equal(0, await bed.ReadAsync(db => db.Leads.CountAsync(Cancel)));
        bed.Clock.Advance(TimeSpan.FromSeconds(1));
        return bed;
    }

    private static async Task<Lead> LeadOfAsync(SyncBed bed, string dealId)
    {
        var sync = await bed.ReadAsync(db => db.LeadSyncs.SingleAsync(row => row.DealId == dealId, Cancel));
        return await bed.LoadAsync(sync.LeadId);
    }

    private static async Task<List<LeadEventKind>> HappenedAsync(SyncBed bed, string dealId)
    {
        var lead = await LeadOfAsync(bed, dealId);
        return await bed.ReadAsync(db =>
            db.LeadEvents.Where(row => row.LeadId == lead.Id).Select(row => row.Kind).ToListAsync(Cancel)
        );
    }
}
