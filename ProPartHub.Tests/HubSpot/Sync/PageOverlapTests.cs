using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Sync;
using Xunit;
using static ProPartHub.Tests.HubSpot.Sync.SyncBed;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <summary>HubSpot's answers to an import overlap, within a bound.</summary>
public sealed class PageOverlapTests
{
    [Fact]
    public async Task NoMorePagesAreRead_ThanAFewAhead()
    {
        await using var bed = await CreateAsync(deals: 900);
        await bed.OpenAsync();
        await bed.OnceAsync();

        Assert.Equal(0, await bed.ReadAsync(db => db.Leads.CountAsync(Cancel)));
        Assert.Equal(PageStream.Most, Lists(bed));
        await bed.OnceAsync();

        Assert.Equal(100, await bed.ReadAsync(db => db.Leads.CountAsync(Cancel)));
        Assert.Equal(PageStream.Most + 1, Lists(bed));
    }

    [Fact]
    public async Task NextPageIsListed_WhileTheContactsOfTheOneBeforeAreOnTheirWay()
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var bed = await CreateAsync(deals: 450, wire: () => new HeldContacts(held.Task));
        await bed.OpenAsync();
        await bed.DriveAsync(bed.Round.RunOnceAsync(Cancel));

        var settled = bed.DriveAsync(bed.Round.SettleAsync());
        for (var looks = 0; Lists(bed) < PageStream.Most && looks < 1200; looks++)
        {
            await Task.Delay(50, Cancel);
        }

        Assert.Equal(PageStream.Most, Lists(bed));
        Assert.False(settled.IsCompleted);
        held.SetResult();
        Assert.True(await settled);
        await bed.QuietAsync();
        Assert.Equal(450, await bed.ReadAsync(db => db.Leads.CountAsync(Cancel)));
    }

    [Fact]
    public async Task Engagements_AreReadSideBySide_AndTheirProgressIsEven()
    {
        await using var bed = await CreateAsync(deals: 600);
        await bed.OpenAsync();
        while (!await bed.ReadAsync(db => db.SyncCursors.AnyAsync(row => row.ImportedAt != null, Cancel)))
        {
            await bed.OnceAsync();
        }

        var lists = Lists(bed);
        await bed.OnceAsync();
        Assert.True(Lists(bed) - lists > PageStream.Most, "One type was read after the other.");

        for (var round = 0; round < 8; round++)
        {
            bed.Clock.Advance(TimeSpan.FromSeconds(1));
            await bed.OnceAsync();
        }

        var status = await bed.Get<SyncStatusQueries>().StatusAsync(bed.Ada, Cancel);
        var parts = status.Import.Where(part => part.ObjectType != HubSpotObjectTypes.Deals).ToList();
        Assert.All(parts, part => Assert.True(part.Imported > 0));
        Assert.All(
            parts.Where(part => !part.IsDone),
            part => Assert.NotNull(part.RemainingAt(bed.Clock.GetUtcNow().AddSeconds(1)))
        );
    }

    private static int Lists(SyncBed bed) =>
        bed.Sandbox.Calls.Entries.Count(call =>
            call.Method == "GET"
            && RecordPages.Types.Any(type =>
                call.Path.EndsWith($"/{type}", StringComparison.Ordinal)
                && call.Path.Contains("/objects/", StringComparison.Ordinal)
            )
        );

    /// <summary>Keeps the contacts of all pages back until it is told otherwise.</summary>
    private sealed class HeldContacts(Task until) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            if (request.RequestUri!.AbsolutePath.EndsWith("/contacts/batch/read", StringComparison.Ordinal))
            {
                await until.WaitAsync(cancellationToken);
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
