using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Outbox;
using ProPartHub.HubSpotSandbox.Faults;
using ProPartHub.HubSpotSandbox.Objects;
using Xunit;
using static ProPartHub.Tests.HubSpot.Sync.SyncBed;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <summary>What is announced while writing is off, and that it is worked out anew when either side changes.</summary>
public sealed class PreviewTests
{
    [Fact]
    public async Task EachWayToAContact_IsToldByName()
    {
        await using var bed = await ReadOnlyAsync(deals: 1);
        var known = await bed.ReadAsync(db => db.LeadSyncs.SingleAsync(Cancel));
        var mail = bed.Contact(known, "email");
        bed.ContactThere(("email", "client1@example.com"));
        bed.ContactThere(("phone", "+380 50 100 0002"), ("firstname", "Іван"));
        var oldest = bed.ContactThere(("phone", "+380501000003"), ("firstname", "Перший"));
        bed.ContactThere(("phone", "+380 50 100 0003"), ("firstname", "Другий"));
        var byMail = await bed.LeadAsync(1);
        var byPhone = await bed.LeadAsync(2);
        var ambiguous = await bed.LeadAsync(3);
        var none = await bed.LeadAsync(4);
        var byLead = await bed.LeadAsync(5, input => input.Email = mail);
        var shared = await bed.LeadAsync(6, input => input.Email = "client4@example.com");
        await bed.QuietAsync();

        var rows = await RowsAsync(bed);
        Assert.Equal(ContactFoundBy.Mail, rows[byMail].FoundBy);
        Assert.Equal((ContactFoundBy.Phone, "Іван"), (rows[byPhone].FoundBy, rows[byPhone].ContactName));
        Assert.Equal((oldest, 1), (rows[ambiguous].ContactId, rows[ambiguous].OtherContacts));
        Assert.Equal(PreviewOutcome.ContactMade, rows[none].Outcome);
        Assert.Equal((ContactFoundBy.OtherLead, known.ContactId), (rows[byLead].FoundBy, rows[byLead].ContactId));
        Assert.Equal((PreviewOutcome.ContactShared, none), (rows[shared].Outcome, rows[shared].MakerId));
        var summary = await bed.Get<PreviewQueries>().SummaryAsync(bed.Ada, Cancel);
        Assert.Equal((4, 1, 6, 0), (summary.Linked, summary.Contacts, summary.Deals, summary.Left));
        Assert.False(summary.IsImporting);
    }

    [Fact]
    public async Task HalfMadeBefore_IsFoundByItsOwnId()
    {
        await using var bed = await ConnectedAsync();
        var fault = bed.Sandbox.Faults.Add(new Fault { Status = 500, Path = "/deals/batch/create" });
        var contact = await bed.LeadAsync(1);
        await bed.QuietAsync();
        bed.Sandbox.Faults.Remove(fault);
        bed.Sandbox.Faults.Add(
            new Fault
            {
                Kind = FaultKind.Cut,
                AfterWrite = true,
                Path = "/deals/batch/create",
                Times = 1,
            }
        );
        var deal = await bed.LeadAsync(2);
        await bed.OnceAsync();
        Assert.Equal((2, 1), (bed.Live(ObjectType.Contacts).Count, bed.Live(ObjectType.Deals).Count));
        await bed.SwitchAsync(SyncPart.Outbound, false);
        await bed.QuietAsync();

        var rows = await RowsAsync(bed);
        Assert.Equal(
            (PreviewOutcome.TiedToContact, ContactFoundBy.OwnId),
            (rows[contact].Outcome, rows[contact].FoundBy!.Value)
        );
        Assert.Equal(PreviewOutcome.DealRecognised, rows[deal].Outcome);

        await bed.SwitchAsync(SyncPart.Outbound, true);
        await bed.QuietAsync();
        Assert.Equal((2, 2), (bed.Live(ObjectType.Contacts).Count, bed.Live(ObjectType.Deals).Count));
    }

    [Fact]
    public async Task Off_NothingIsWritten_NeitherThereNorInTheLeads()
    {
        await using var bed = await ReadOnlyAsync(deals: 2);
        bed.ContactThere(("email", "client1@example.com"), ("company", "Їхня"));
        var id = await bed.LeadAsync(1, input => input.Company = "Наша");
        var before = await bed.LoadAsync(id);
        var events = await bed.EventsAsync();
        bed.Sandbox.Calls.Clear();

        await bed.QuietAsync();
        await bed.LaterAsync(TimeSpan.FromHours(2));

        Assert.Equal(1, (await RowsAsync(bed))[id].Overwritten);
        Assert.All(
            bed.Sandbox.Calls.Entries,
            call =>
                Assert.True(
                    call.Method == "GET"
                        || call.Path.EndsWith("/read", StringComparison.Ordinal)
                        || call.Path.EndsWith("/search", StringComparison.Ordinal),
                    $"{call.Method} {call.Path}"
                )
        );
        var after = await bed.LoadAsync(id);
        Assert.Equal((before.UpdatedAt, "Наша", events), (after.UpdatedAt, after.Company, await bed.EventsAsync()));
        Assert.Equal(2, bed.Live(ObjectType.Deals).Count);
        Assert.Empty(await bed.ReadAsync(db => db.SyncConflicts.ToListAsync(Cancel)));
        Assert.Null(await bed.ReadAsync(db => db.LeadSyncs.SingleOrDefaultAsync(row => row.LeadId == id, Cancel)));
    }

    [Fact]
    public async Task NothingOfItHappensTwice_UntilSomethingChangesOrTimePasses()
    {
        await using var bed = await ReadOnlyAsync();
        await bed.LeadAsync(1);
        await bed.QuietAsync();
        var worked = Assert.Single(await RowsAsync(bed)).Value.WorkedOutAt;
        await bed.LaterAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(worked, Assert.Single(await RowsAsync(bed)).Value.WorkedOutAt);

        // Nobody tells of a contact that was made there meanwhile: it is found by looking again.
        bed.ContactThere(("email", "client1@example.com"));
        await bed.LaterAsync(TimeSpan.FromMinutes(30));
        Assert.Equal(ContactFoundBy.Mail, Assert.Single(await RowsAsync(bed)).Value.FoundBy);
    }

    [Fact]
    public async Task EditOfTheLead_MakesThePreviewNew_AndThatOfALeadThatSharesItsContact()
    {
        await using var bed = await ReadOnlyAsync();
        var first = await bed.LeadAsync(1, input => input.Company = "Наша");
        var second = await bed.LeadAsync(2, input => (input.Email, input.Company) = ("client1@example.com", "Наша"));
        await bed.QuietAsync();
        Assert.DoesNotContain((await RowsAsync(bed))[second].Fields, field => field.Field == nameof(LeadField.Company));
        bed.Clock.Advance(TimeSpan.FromSeconds(1));

        await bed.EditAsync(first, typed => typed.Company = "Інша");
        var page = await bed.Get<PreviewQueries>().PageAsync(bed.Ada, onlyDiffering: false, 1, Cancel);
        Assert.Null(page.Rows.Single(row => row.Waiting.LeadId == first).Forecast);
        Assert.Equal(1, (await bed.Get<PreviewQueries>().SummaryAsync(bed.Ada, Cancel)).Left);
        await bed.QuietAsync();

        var sharing = (await RowsAsync(bed)).Values.Single(row => row.Outcome is PreviewOutcome.ContactShared);
        var field = sharing.Fields.Single(field => field.Field == nameof(LeadField.Company));
        Assert.Equal(PreviewFate.OverwrittenHere, field.Fate);
        Assert.Equal(new[] { "Інша", "Наша" }, new[] { field.Ours, field.Theirs }.Order());
    }

    [Fact]
    public async Task ContactChangedInHubSpot_MakesThePreviewNew()
    {
        await using var bed = await ReadOnlyAsync();
        var contact = bed.ContactThere(("email", "client1@example.com"));
        var id = await bed.LeadAsync(1, input => input.Company = "Наша");
        await bed.QuietAsync();
        Assert.Equal(0, (await RowsAsync(bed))[id].Overwritten);

        bed.Sandbox.HeadOffice.Update(ObjectType.Contacts, contact, "company", "Їхня");
        await bed.WebhookAsync("contact.propertyChange", contact);
        await bed.QuietAsync();

        var row = (await RowsAsync(bed))[id];
        Assert.Equal(
            [new PreviewField(nameof(LeadField.Company), PreviewFate.OverwrittenHere, "Наша", "Їхня")],
            row.Fields.Where(field => field.Fate is PreviewFate.OverwrittenHere)
        );
    }

    [Fact]
    public async Task PartsThatAreOff_ChangeWhatIsAnnounced()
    {
        await using var bed = await ReadOnlyAsync();
        bed.ContactThere(("email", "client1@example.com"), ("company", "Їхня"));
        var id = await bed.LeadAsync(1, input => input.Company = "Наша");
        await bed.QuietAsync();
        Assert.Equal(1, (await RowsAsync(bed))[id].Overwritten);

        // What may not come in is not taken.
        await bed.SwitchAsync(SyncPart.Inbound, false);
        await bed.QuietAsync();
        Assert.Equal(0, (await RowsAsync(bed))[id].Overwritten);

        await bed.SwitchAsync(SyncPart.Contacts, false);
        await bed.QuietAsync();
        var summary = await bed.Get<PreviewQueries>().SummaryAsync(bed.Ada, Cancel);
        Assert.Equal((true, 1), (summary.IsHeld, summary.Left));
    }

    [Fact]
    public async Task LeadsThatWouldBeSetAside_AreNotLookedFor()
    {
        await using var bed = await CreateAsync(isSandbox: false, isDemo: true);
        await bed.OpenAsync();
        var id = await bed.LeadAsync(1);
        await bed.QuietAsync();
        bed.Sandbox.Calls.Clear();
        await bed.LaterAsync(TimeSpan.FromHours(1));

        var row = (await RowsAsync(bed))[id];
        Assert.Equal((PreviewOutcome.SetAside, ParkedReason.DemoLead), (row.Outcome, row.Reason));
        Assert.DoesNotContain(
            bed.Sandbox.Calls.Entries,
            call => call.Body.Contains("client1@example.com", StringComparison.Ordinal)
        );

        await bed.SwitchAsync(SyncPart.Outbound, true);
        await bed.QuietAsync();
        var parked = await bed.Get<SyncTroubleQueries>().ParkedAsync(bed.Ada, 1, Cancel);
        Assert.Equal(ParkedReason.DemoLead, Assert.Single(parked.Rows).Words);
    }

    [Fact]
    public async Task Preview_IsForAdmins()
    {
        await using var bed = await ReadOnlyAsync();
        var previews = bed.Get<PreviewQueries>();

        await Assert.ThrowsAsync<ForbiddenException>(() => previews.SummaryAsync(bed.Olena, Cancel));
        await Assert.ThrowsAsync<ForbiddenException>(() => previews.PageAsync(bed.Olena, false, 1, Cancel));
    }

    /// <summary>A real account as it is after the first connection: read, and not written to.</summary>
    internal static async Task<SyncBed> ReadOnlyAsync(int deals = 0)
    {
        var bed = await CreateAsync(deals, isSandbox: false);
        await bed.OpenAsync();
        await bed.QuietAsync();
        return bed;
    }

    internal static Task<Dictionary<Guid, LeadPreview>> RowsAsync(SyncBed bed) =>
        bed.ReadAsync(db => db.LeadPreviews.ToDictionaryAsync(row => row.LeadId, Cancel));
}
