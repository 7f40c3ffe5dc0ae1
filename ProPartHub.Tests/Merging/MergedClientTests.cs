using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Bulk;
using ProPartHub.Domain.Merging;
using ProPartHub.Domain.Notifications;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.Privacy;
using ProPartHub.Domain.Telemetry;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Notifications;
using Xunit;

namespace ProPartHub.Tests.Merging;

/// <summary>Merged leads are one client for whoever asks for the client: the law, the retention, the agent's bell.</summary>
public sealed class MergedClientTests : IAsyncLifetime
{
    private HubBed _bed = null!;
    private Guid _first;
    private Guid _second;
    private Guid _third;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Three leads without a common contact: the first was merged into the second, that into the third.</summary>
    public async ValueTask InitializeAsync()
    {
        _bed = await HubBed.CreateAsync(Token);
        _first = await _bed.ClientAsync(_bed.Olena, 1, input => input with { Email = null });
        _second = await _bed.ClientAsync(_bed.Olena, 2, input => input with { Email = null });
        _third = await _bed.ClientAsync(_bed.Olena, 3, input => input with { Email = null });
        await _bed.FillAsync(_bed.Olena, _first, "перша");
        Assert.True(await MergeAsync(_second, _first));
        Assert.True(await MergeAsync(_third, _second));
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Erasure_TakesTheWholeFamilyAlong_WhicheverOfItIsNamed()
    {
        foreach (var leadId in new[] { _first, _second, _third })
        {
            var shown = await _bed.Get<ClientErasure>().LeadsAsync(_bed.Ada, leadId, Token);
            Assert.Equal([_first, _second, _third], shown.Select(lead => lead.Id));
        }

        var number = (await _bed.LoadAsync(_third)).Number;
        await _bed.Get<ClientErasure>()
            .EraseAsync(_bed.Ada, _third, $"{number}", "прохання", [_first, _second, _third], Token);

        Assert.Equal(3, await _bed.ReadAsync(db => db.Leads.CountAsync(lead => lead.ErasedAt != null, Token)));
        Assert.Equal(0, await _bed.ReadAsync(db => db.Leads.CountAsync(lead => lead.Phone != null, Token)));
        Assert.Equal(0, await _bed.ReadAsync(db => db.LeadMergings.CountAsync(Token)));
        Assert.Equal(0, await _bed.ReadAsync(db => db.Outbox.CountAsync(Token)));
    }

    [Fact]
    public async Task ErasingTheLastLeadAlone_LeavesNothingOfItsOwnWaitingForHubSpot()
    {
        // The comment was written for the first lead, under which it waits; it stands in the third by now.
        var number = (await _bed.LoadAsync(_third)).Number;
        await _bed.Get<ClientErasure>().EraseAsync(_bed.Ada, _third, $"{number}", "прохання", [_third], Token);

        Assert.Equal(0, await _bed.ReadAsync(db => db.Outbox.CountAsync(row => row.Kind != OutboxKind.Lead, Token)));
    }

    [Fact]
    public async Task Retention_LeavesAMergedLead_UntilTheOneThatStayedHasItsTime()
    {
        _bed.Time.Advance(TimeSpan.FromDays(400));
        using var retention = new ArchiveRetention(
            _bed.Get<HubDatabase>(),
            _bed.Get<ClientErasure>(),
            _bed.Get<AttachmentSweep>(),
            Options.Create(new PrivacyOptions { EraseArchivedAfterDays = 365 }),
            _bed.Get<WorkLog>(),
            _bed.Time,
            NullLogger<ArchiveRetention>.Instance
        );
        Assert.Equal(0, await retention.ApplyAsync(Token));

        await _bed.Get<LeadService>().ArchiveAsync(_bed.Olena, _third, Token);
        _bed.Time.Advance(TimeSpan.FromDays(366));

        Assert.Equal(3, await retention.ApplyAsync(Token));
    }

    [Fact]
    public async Task Card_NamesLeadsOfTheWholeChain_AndOffersOnlyTheLastMergeBack()
    {
        var card = await _bed.Get<SameClientQueries>().OfAsync(_bed.Olena, _third, Token);

        Assert.Equivalent(new[] { _first, _second }, card.Absorbed.Select(lead => lead.Id), strict: true);
        Assert.Equal(_second, Assert.Single(card.Absorbed, lead => lead.UndoUntil is not null).Id);
    }

    [Fact]
    public async Task Agent_IsTold_WhenSomebodyElseMergesALead()
    {
        var (kept, merged) = (await _bed.ClientAsync(_bed.Taras, 4), await _bed.ClientAsync(_bed.Olena, 5));
        await _bed.MergeAsync(_bed.Nina, kept, merged);
        await _bed.NotifyAsync(Token);

        var told = Assert.Single(await _bed.NoticesAsync(_bed.Olena), row => row.Kind is NotificationKind.LeadMerged);
        Assert.Equal((merged, _bed.Nina.Name), (told.LeadId, told.ActorName));
        Assert.DoesNotContain(NotificationKind.LeadMerged, await _bed.KindsAsync(_bed.Taras));
    }

    [Fact]
    public async Task ManyAtOnce_TellWhyAMergedLeadIsNotChanged()
    {
        var act = Guid.CreateVersion7();
        await _bed.Get<BulkActs>()
            .BeginAsync(_bed.Nina, act, new(BulkKind.Restore), new BulkTarget([_first, _second], null, null), Token);
        while (await _bed.Get<BulkRunner>().RunNextAsync(Token)) { }

        var left = await _bed.Get<BulkActs>().RemaindersAsync(_bed.Nina, act, 0, Token);
        Assert.Equal([BulkRefusal.Merged, BulkRefusal.Merged], left.Select(row => row.Code));
        Assert.NotNull((await _bed.LoadAsync(_first)).ArchivedAt);
    }

    private async Task<bool> MergeAsync(Guid survivor, Guid loser)
    {
        var order = await _bed.OrderAsync(survivor, loser);
        var own = new Dictionary<LeadField, string?>();
        return await _bed.Get<LeadMergings>().MergeAsync(_bed.Olena, order with { Values = own }, Token);
    }
}
