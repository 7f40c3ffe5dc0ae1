using ProPartHub.Domain.Data;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Columns;
using ProPartHub.Domain.People.Settings;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Leads;

public sealed class LeadColumnTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static LeadColumn[] All => Enum.GetValues<LeadColumn>();

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Columns_SayWhatIsKnownOfTheLead()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        var due = _bed.Time.GetUtcNow().AddDays(2);
        await _bed.Get<FollowUpService>()
            .AddAsync(_bed.Olena, Guid.CreateVersion7(), lead.Id, new("Пізніше", null, due.AddDays(1)), Token);
        await _bed.Get<FollowUpService>()
            .AddAsync(_bed.Olena, Guid.CreateVersion7(), lead.Id, new("Подзвонити", null, due), Token);
        await _bed.Get<CommentService>().AddAsync(_bed.Olena, Guid.CreateVersion7(), lead.Id, "Слово", null, Token);
        var met = _bed.Time.GetUtcNow().AddMinutes(-5);
        await AddMeetingsAsync(lead.Id, met, _bed.Time.GetUtcNow().AddDays(3));

        var extra = (await ReadAsync([lead.Id], All))[lead.Id];

        Assert.Equal(("Подзвонити", due), (extra.FollowUpTitle, extra.FollowUpAt));
        Assert.Equal(_bed.Time.GetUtcNow(), extra.ActivityAt);
        Assert.False(string.IsNullOrEmpty(extra.TeamName));
        // A meeting of the day after tomorrow is no activity yet.
        Assert.Equal(met, extra.EngagementAt);
        Assert.Equal(LeadSyncFilter.Waiting, extra.Sync);
    }

    [Fact]
    public async Task Columns_ThatAreNotShown_AreNotLookedUp()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        await _bed.Get<CommentService>().AddAsync(_bed.Olena, Guid.CreateVersion7(), lead.Id, "Слово", null, Token);

        var extra = (await ReadAsync([lead.Id], [LeadColumn.Sync]))[lead.Id];

        Assert.Equal((null, null, null), (extra.CommentAt, extra.FollowUpAt, extra.TeamName));
        Assert.Equal(LeadSyncFilter.Waiting, extra.Sync);
        _bed.Sql.Reset();
        Assert.Empty(await ReadAsync([lead.Id], [LeadColumn.Client, LeadColumn.Phone]));
        Assert.Empty(_bed.Sql.Commands);
    }

    [Fact]
    public async Task Columns_OfLeadsOutOfSight_AreMissing()
    {
        var lead = await _bed.LeadAsync(_bed.James, 1);

        Assert.Empty(await ReadAsync([lead.Id], All));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task Columns_OfAnyNumberOfLeads_AreOneCommand(int leads)
    {
        var ids = await AddManyAsync(leads);
        _bed.Sql.Reset();

        var extras = await ReadAsync(ids, All);

        Assert.Equal(leads, extras.Count);
        Assert.Single(_bed.Sql.Commands);
    }

    [Fact]
    public async Task Layout_OfAPerson_IsKept_AndNobodyElses()
    {
        var settings = _bed.Get<PersonSettings>();
        var layout = LeadColumnLayout
            .Standard.With(LeadColumn.Company, isShown: true)
            .Moved(LeadColumn.Company, 1)
            .Resized(LeadColumn.Client, 300);
        await settings.SaveAsync(_bed.Olena, LeadColumnLayout.Key, layout, Token);

        var kept = await settings.ReadAsync(_bed.Olena, LeadColumnLayout.Key, Token);

        Assert.Equal(layout.Columns, kept.Columns);
        Assert.Equal(LeadColumnLayout.Standard, await settings.ReadAsync(_bed.Taras, LeadColumnLayout.Key, Token));
    }

    [Fact]
    public void Layout_PutsWhateverWasStored_InOrder()
    {
        var stored = new LeadColumnLayout([
            new(LeadColumn.Budget, 5),
            new((LeadColumn)999),
            new(LeadColumn.Budget, 200),
            new(LeadColumn.Client, 9000),
        ]);

        Assert.Equal(
            [new(LeadColumn.Client, LeadColumnLayout.Widest), new(LeadColumn.Budget, LeadColumnLayout.Narrowest)],
            stored.InOrder().Columns
        );
        Assert.Equal([new(LeadColumn.Client)], new LeadColumnLayout(null!).InOrder().Columns);
    }

    [Fact]
    public void Client_StaysFirst_AndStays()
    {
        var layout = LeadColumnLayout.Standard.Moved(LeadColumn.Client, 3).With(LeadColumn.Client, isShown: false);

        Assert.Equal(LeadColumn.Client, layout.Columns[0].Column);
        Assert.Equal(LeadColumn.Stage, layout.Moved(LeadColumn.Stage, 0).Columns[1].Column);
        Assert.Equal(LeadColumn.Stage, layout.Moved(LeadColumn.Stage, 99).Columns[^1].Column);
    }

    private Task<IReadOnlyDictionary<Guid, LeadExtra>> ReadAsync(
        IReadOnlyCollection<Guid> leads,
        IReadOnlyCollection<LeadColumn> columns
    ) => _bed.Get<LeadColumnQueries>().ReadAsync(_bed.Olena, leads, columns, Token);

    private Task AddMeetingsAsync(Guid leadId, params DateTimeOffset[] moments) =>
        _bed.Get<HubDatabase>()
            .InTransactionAsync(
                (db, _) =>
                {
                    db.Activities.AddRange(
                        moments.Select(
                            (at, place) =>
                                new Activity
                                {
                                    LeadId = leadId,
                                    Kind = ActivityKind.Meeting,
                                    HubSpotId = $"{place}",
                                    OccurredAt = at,
                                }
                        )
                    );
                    return Task.CompletedTask;
                },
                Token
            );

    private async Task<IReadOnlyList<Guid>> AddManyAsync(int count)
    {
        var stage = await _bed.StageAsync(LeadStatus.New);
        var leads = Enumerable
            .Range(0, count)
            .Select(number => new Lead
            {
                ClientName = $"Клієнт {number}",
                AgentId = _bed.Olena.UserId,
                TeamId = _bed.Olena.TeamId,
                StageId = stage,
            })
            .ToList();
        await _bed.Get<HubDatabase>()
            .InTransactionAsync(
                (db, _) =>
                {
                    db.Leads.AddRange(leads);
                    return Task.CompletedTask;
                },
                Token
            );
        return leads.ConvertAll(lead => lead.Id);
    }
}
