using Microsoft.EntityFrameworkCore;
using Npgsql;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Agency.Shared;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Tags;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Live;
using ProPartHub.Tests.Scale;
using Xunit;

namespace ProPartHub.Tests.Agency;

/// <summary>What all pages read is kept, and a change on any instance voids it on every one.</summary>
public sealed class AgencyCacheTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task SecondReading_AsksNothing_UntilSomebodyElseChangesIt()
    {
        await using var here = await StartAsync();
        await using var there = await StartAsync();
        Assert.Equal(1, await here.CommandsAsync(() => LabelsAsync(here)));
        Assert.Equal(0, await here.CommandsAsync(() => LabelsAsync(here)));
        await LabelsAsync(there);

        await ExecuteAsync("UPDATE stages SET label = 'Інакша' WHERE display_order = 0");

        await Eventually.IsAsync(async () => (await LabelsAsync(here)).Contains("Інакша"), Token);
        await Eventually.IsAsync(async () => (await LabelsAsync(there)).Contains("Інакша"), Token);
        Assert.Equal(0, await here.CommandsAsync(() => LabelsAsync(here)));
    }

    [Fact]
    public async Task OwnChange_IsReadAtOnce_BeforeAnythingWasHeard()
    {
        // Nobody listens for this bed: only its own word can tell it.
        await _bed.KeepSharedAsync();
        await _bed.Get<TagService>().SaveAsync(_bed.Nina, Guid.CreateVersion7(), "VIP", TagColour.Red, Token);
        var rules = _bed.Get<QuietRules>();
        await rules.SaveRuleAsync(_bed.Ada, new(), new() { Days = 9 }, Token);

        Assert.Equal("VIP", Assert.Single(await _bed.Get<TagService>().AllAsync(Token)).Name);
        Assert.Equal(9, (await rules.RuleAsync(_bed.Olena, Token)).Days);
    }

    [Theory]
    [InlineData(AgencyTopic.Stages, "UPDATE pipelines SET label = 'Інша'")]
    [InlineData(AgencyTopic.Stages, "UPDATE stages SET removed_at = now()")]
    [InlineData(AgencyTopic.Tags, "INSERT INTO tags (id, name, colour) VALUES (gen_random_uuid(), 'VIP', 1)")]
    [InlineData(AgencyTopic.People, "UPDATE users SET is_active = false WHERE user_name = 'olena'")]
    [InlineData(AgencyTopic.People, "UPDATE users SET team_id = NULL WHERE user_name = 'olena'")]
    [InlineData(AgencyTopic.People, "UPDATE teams SET name = name || '!'")]
    [InlineData(AgencyTopic.Settings, "INSERT INTO agency_settings (key, value, set_at) VALUES ('k', '1', now())")]
    public async Task Change_GivesItsTopicAnotherName_AndNoOther(AgencyTopic topic, string sql)
    {
        var before = await NamesAsync();

        await ExecuteAsync(sql);

        var after = await NamesAsync();
        Assert.Equal([topic], after.Keys.Where(each => after[each] != before[each]));
    }

    [Fact]
    public async Task LogIns_LeaveAllNames()
    {
        var before = await NamesAsync();

        await ExecuteAsync("UPDATE users SET last_login_at = now(), access_failed_count = 3");

        Assert.Equal(before, await NamesAsync());
    }

    [Fact]
    public async Task WhatIsKeptForAll_IsGivenToEachByRights()
    {
        await using var here = await StartAsync();
        var people = here.Get<PeopleQueries>();
        var all = await people.AssignableAsync(_bed.Ada, Token);
        Assert.Equal(6, all.Count);

        Assert.Equal(
            0,
            await here.CommandsAsync(async () =>
            {
                Assert.Equal([_bed.Olena.UserId], Ids(await people.AssignableAsync(_bed.Olena, Token)));
                Assert.Equal(
                    new[] { _bed.Nina, _bed.Olena, _bed.Taras }.Select(one => one.UserId).Order(),
                    Ids(await people.AssignableAsync(_bed.Nina, Token)).Order()
                );
            })
        );
    }

    [Fact]
    public async Task WhileChangesAreNotHeard_EverythingIsRead_AndWhatHappenedMeanwhileIsFound()
    {
        await using var here = await StartAsync();
        await LabelsAsync(here);

        await _bed.Database.ShutAsync();
        await Eventually.IsAsync(() => !here.Feed.Current.IsConnected, Token);
        Assert.Null(here.Get<SharedGenerations>().NameOf(AgencyTopic.Stages));
        await _bed.Database.ReopenAsync();
        // As fast as can be: most likely before the listener is back.
        await ExecuteAsync("UPDATE stages SET label = 'Інакша' WHERE display_order = 0");
        await Eventually.IsAsync(() => here.Feed.Current.IsConnected, Token);

        Assert.Contains("Інакша", await LabelsAsync(here));
        await LabelsAsync(here);
        Assert.Equal(0, await here.CommandsAsync(() => LabelsAsync(here)));
    }

    [Fact]
    public async Task Redis_SparesTheSecondInstanceTheDatabase_AndNeverGivesItWhatIsOutdated()
    {
        await using var redis = await RedisServer.StartAsync(Token);
        await using var here = await StartAsync(redis.Address);
        await using var there = await StartAsync(redis.Address);
        await LabelsAsync(here);
        await Eventually.IsAsync(async () => await there.CommandsAsync(() => LabelsAsync(there)) == 0, Token);

        await ExecuteAsync("UPDATE stages SET label = 'Інакша' WHERE display_order = 0");

        await Eventually.IsAsync(async () => (await LabelsAsync(there)).Contains("Інакша"), Token);
        await Eventually.IsAsync(async () => (await LabelsAsync(here)).Contains("Інакша"), Token);
        await using var late = await StartAsync(redis.Address);
        Assert.Equal(0, await late.CommandsAsync(() => LabelsAsync(late)));
        Assert.Contains("Інакша", await LabelsAsync(late));
    }

    [Theory]
    [InlineData("KILL")]
    [InlineData("STOP")]
    public async Task Redis_GoneOrSilent_FailsNoPage(string signal)
    {
        await using var redis = await RedisServer.StartAsync(Token);
        await using var here = await StartAsync(redis.Address);
        await LabelsAsync(here);

        await redis.SignalAsync(signal);
        await ExecuteAsync("UPDATE stages SET label = 'Інакша' WHERE display_order = 0");

        await Eventually.IsAsync(async () => (await LabelsAsync(here)).Contains("Інакша"), Token);
        Assert.Equal(0, await here.CommandsAsync(() => LabelsAsync(here)));
    }

    private Task<SharedInstance> StartAsync(string? redis = null) =>
        SharedInstance.StartAsync(_bed.ConnectionString, Token, redis);

    private static async Task<IReadOnlyList<string>> LabelsAsync(SharedInstance instance) =>
        [.. (await instance.Get<StageDirectory>().AllAsync(Token)).Select(stage => stage.Label)];

    private static IEnumerable<Guid> Ids(IEnumerable<PersonItem> people) => people.Select(person => person.Id);

    private Task<Dictionary<AgencyTopic, Guid>> NamesAsync() =>
        _bed.ReadAsync(db => db.SharedReadings.ToDictionaryAsync(row => row.Topic, row => row.Generation, Token));

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(_bed.ConnectionString) { Pooling = false }.ConnectionString
        );
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }
}
