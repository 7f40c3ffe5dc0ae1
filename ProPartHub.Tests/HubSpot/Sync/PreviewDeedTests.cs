using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Timeline;
using ProPartHub.HubSpotSandbox.Objects;
using Xunit;
using static ProPartHub.Tests.HubSpot.Sync.SyncBed;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <summary>The preview equals the deed: writing is turned on, and what happened is held against what was announced.</summary>
public sealed class PreviewDeedTests
{
    // Where a field filled in HubSpot stands in the contact.
    private static readonly Dictionary<string, string> Properties = new()
    {
        [nameof(LeadField.ClientName)] = "firstname",
        [nameof(LeadField.Phone)] = "phone",
        [nameof(LeadField.Email)] = "email",
        [nameof(LeadField.Company)] = "company",
        [nameof(LeadField.Telegram)] = "telegram",
        [nameof(LeadField.Messenger)] = "messenger",
    };

    // A limit, since what waits on a clock that stands still would wait for ever: rather red than a run without an end.
    [Fact(Timeout = 600_000)]
    public async Task WhatWasAnnounced_IsWhatHappens()
    {
        await using var bed = await PreviewTests.ReadOnlyAsync(deals: 3);
        await ArrangeAsync(bed);
        await bed.QuietAsync();
        var announced = await PreviewTests.RowsAsync(bed);
        var summary = await bed.Get<PreviewQueries>().SummaryAsync(bed.Ada, TestContext.Current.CancellationToken);
        var leads = await bed.ReadAsync(db =>
            db.Leads.ToDictionaryAsync(lead => lead.Id, TestContext.Current.CancellationToken)
        );
        var (contacts, deals) = (bed.Live(ObjectType.Contacts).Count, bed.Live(ObjectType.Deals).Count);

        await bed.SwitchAsync(SyncPart.Outbound, true);
        await bed.QuietAsync();

        Assert.Equal(0, await bed.WaitingAsync());
        Assert.Equal(contacts + summary.Contacts, bed.Live(ObjectType.Contacts).Count);
        Assert.Equal(deals + summary.Deals, bed.Live(ObjectType.Deals).Count);
        Assert.Equal(summary.Comments, bed.Live(ObjectType.Notes).Count);
        foreach (var preview in announced.Values)
        {
            await HoldAgainstAsync(bed, preview, leads[preview.LeadId]);
        }

        var conflicts = await bed.ReadAsync(db => db.SyncConflicts.ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(
            announced
                .Values.SelectMany(row => row.Fields.Select(field => (row.LeadId, field)))
                .Where(pair => pair.field.Fate is PreviewFate.OverwrittenHere)
                .Select(pair => (pair.LeadId, pair.field.Field, pair.field.Ours, pair.field.Theirs))
                .Order(),
            conflicts.Select(row => (row.LeadId, row.Field, row.Ours, row.Theirs)).Order()
        );
        Assert.Equal(summary.Overwritten, conflicts.Count);
        Assert.True(summary is { Overwritten: > 3, FilledHere: > 1, FilledThere: > 2, Edits: 1, Comments: 1, Left: 0 });

        // Nothing is left of it once the leads have gone.
        await bed.LaterAsync(TimeSpan.FromMinutes(1));
        Assert.Empty(await PreviewTests.RowsAsync(bed));
    }

    [Fact(Timeout = 600_000)]
    public async Task WithoutInbound_ItHoldsToo()
    {
        await using var bed = await PreviewTests.ReadOnlyAsync();
        await bed.SwitchAsync(SyncPart.Inbound, false);
        await ArrangeAsync(bed);
        await bed.QuietAsync();
        var announced = await PreviewTests.RowsAsync(bed);
        Assert.All(announced.Values, row => Assert.Equal((0, 0), (row.FilledHere, row.Overwritten)));
        var leads = await bed.ReadAsync(db =>
            db.Leads.ToDictionaryAsync(lead => lead.Id, TestContext.Current.CancellationToken)
        );

        await bed.SwitchAsync(SyncPart.Outbound, true);
        await bed.QuietAsync();

        foreach (var preview in announced.Values)
        {
            await HoldAgainstAsync(bed, preview, leads[preview.LeadId]);
        }
    }

    private static async Task ArrangeAsync(SyncBed bed)
    {
        var known = await bed.ReadAsync(db =>
            db.LeadSyncs.Where(row => row.ContactId != null).OrderBy(row => row.DealId).ToListAsync(Cancel)
        );
        bed.ContactThere(
            ("email", "client1@example.com"),
            ("company", "Їхня"),
            ("telegram", "theirs"),
            ("phone", "+380 67 111 22 33")
        );
        bed.ContactThere(("phone", "+380 50 100 0002"), ("firstname", "Іван"), ("lastname", "Їжак"));
        bed.ContactThere(("phone", "+380501000003"), ("firstname", "Стара"), ("company", "Старша"));
        bed.ContactThere(("phone", "+380 50 100 0003"), ("firstname", "Нова"), ("company", "Молодша"));
        bed.ContactThere(
            ("email", "client4@example.com"),
            ("mobilephone", "+380 50 100 0004"),
            ("firstname", "Клієнт"),
            ("lastname", "Новий 4")
        );
        await bed.LeadAsync(1, input => (input.Company, input.Messenger) = ("Наша", "whatsapp"));
        await bed.LeadAsync(2);
        await bed.LeadAsync(3, input => input.Company = "Наша");
        await bed.LeadAsync(4);
        await bed.LeadAsync(5, input => input.Company = "Наша");
        await bed.LeadAsync(
            6,
            input => (input.Email, input.Company, input.Telegram) = ("client5@example.com", "Інша", "more")
        );
        if (known.Count == 0)
        {
            return;
        }

        await bed.LeadAsync(7, input => input.Email = bed.Contact(known[0], "email"));
        await bed.EditAsync(known[1].LeadId, typed => typed.Country = "Оман");
        await bed.Get<CommentService>()
            .AddAsync(bed.Ada, Guid.CreateVersion7(), known[2].LeadId, "Слово", null, Cancel);
    }

    private static async Task HoldAgainstAsync(SyncBed bed, LeadPreview preview, Lead before)
    {
        var sync = await bed.SyncOfAsync(preview.LeadId);
        var lead = await bed.LoadAsync(preview.LeadId);
        var expected =
            preview.Outcome is PreviewOutcome.ContactShared
                ? (await bed.SyncOfAsync(preview.MakerId!.Value)).ContactId
                : preview.ContactId ?? sync.ContactId;
        Assert.Equal(expected, sync.ContactId);
        var changed = preview.Fields.ToDictionary(field => field.Field);
        foreach (var field in LeadFields.Typed)
        {
            var fate = changed.GetValueOrDefault(field.ToString());
            var stands = fate?.Fate is PreviewFate.FilledHere or PreviewFate.OverwrittenHere
                ? fate.Theirs
                : LeadFields.Read(before, field);
            Assert.Equal(stands, LeadFields.Read(lead, field));
        }

        foreach (var field in preview.Fields.Where(field => field.Fate is PreviewFate.FilledThere))
        {
            Assert.StartsWith(bed.Contact(sync, Properties[field.Field])!, field.Ours!, StringComparison.Ordinal);
        }
    }
}
