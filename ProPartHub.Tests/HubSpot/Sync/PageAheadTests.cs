using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Timeline;
using ProPartHub.HubSpotSandbox.Objects;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Sync;

public sealed class PageAheadTests
{
    [Fact]
    public async Task Import_WhileNothingElseHappens_ReadsEachPageOnce()
    {
        await using var bed = await SyncBed.CreateAsync(deals: 450);
        await bed.OpenAsync();

        await bed.QuietAsync();

        Assert.Equal(5, Pages(bed, ObjectType.Deals));
        Assert.Equal(450, await bed.ReadAsync(db => db.Leads.CountAsync(SyncBed.Cancel)));
    }

    [Fact]
    public async Task EditSentAfterThePageWasReadAhead_IsNotTakenBackByIt()
    {
        await using var bed = await SyncBed.CreateAsync(deals: 150);
        var id = await bed.LeadAsync(1);
        await bed.OpenAsync();
        while (Pages(bed, ObjectType.Deals) < 2)
        {
            // The newest deal is the lead's, on the second page, which is read ahead with the first.
            await bed.OnceAsync();
        }

        await bed.EditAsync(id, input => input.ClientName = "Клієнт Інший");
        await bed.QuietAsync();

        Assert.Equal(3, Pages(bed, ObjectType.Deals));
        Assert.Equal("Клієнт Інший", (await bed.LoadAsync(id)).ClientName);
        Assert.Equal("Клієнт Інший", bed.Deal(await bed.SyncOfAsync(id), "dealname"));
        Assert.Equal(
            1,
            await bed.ReadAsync(db =>
                db.LeadEvents.CountAsync(entry => entry.LeadId == id && entry.Kind == LeadEventKind.Edited)
            )
        );
    }

    private static int Pages(SyncBed bed, ObjectType type) =>
        bed.Sandbox.Calls.Entries.Count(call =>
            call.Method == "GET"
            && call.Path.EndsWith($"/{type.Plural}", StringComparison.Ordinal)
            && IsRecords(call.Path)
        );

    private static bool IsRecords(string path) => path.StartsWith("/crm/objects/", StringComparison.Ordinal);
}
