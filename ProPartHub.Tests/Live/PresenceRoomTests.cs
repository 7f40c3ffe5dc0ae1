using Microsoft.Extensions.Time.Testing;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Live.Presence;
using ProPartHub.Domain.People;
using Xunit;
using static ProPartHub.Tests.Live.FeedPeople;

namespace ProPartHub.Tests.Live;

/// <summary>What one process makes of the notes it hears.</summary>
public sealed class PresenceRoomTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly PresenceRoom _room;
    private readonly Guid _lead = Guid.CreateVersion7();

    public PresenceRoomTests() => _room = new PresenceRoom(_time);

    public void Dispose() => _room.Dispose();

    [Fact]
    public void EachReader_IsToldOfWhatItMaySee_AndOfNothingElse()
    {
        var told = new Dictionary<Actor, int>();
        foreach (var actor in All)
        {
            told[actor] = 0;
            _room.Join(actor, leadIds => told[actor] += leadIds.Contains(_lead) ? 1 : 100);
        }

        Hear(Note(Nina, Olena));

        Assert.Equal([Olena, Ada], All.Where(actor => told[actor] == 1));
        Assert.All(All.Except([Olena, Ada]), actor => Assert.Equal(0, told[actor]));
    }

    [Fact]
    public void TwoWindows_AreOnePerson_DoingTheMost()
    {
        Hear(
            Note(Nina, Olena),
            Note(Nina, Olena) with
            {
                VisitId = Guid.CreateVersion7(),
                Activity = PresenceActivity.Editing,
                Field = LeadField.Phone,
            }
        );

        Assert.Equal([new(Nina.UserId, PresenceActivity.Editing, LeadField.Phone)], See(Olena));
    }

    [Fact]
    public void Silence_EndsAVisit_ExactlyAfterItsLifetime()
    {
        var gone = 0;
        Hear(Note(Nina, Olena));
        _room.Join(Olena, _ => gone++);

        _time.Advance(PresenceRoom.Lifetime - TimeSpan.FromSeconds(1));
        Assert.Single(See(Olena));
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Empty(See(Olena));
        Assert.Equal((1, 0), (gone, _room.Count));
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("null")]
    [InlineData("{\"v\":1}")]
    [InlineData("[]")]
    public void WhatCannotBeRead_IsPassedOver(string payload)
    {
        _room.Hear(payload);

        Assert.Equal(0, _room.Count);
    }

    [Fact]
    public void Flood_IsBounded_InVisitsAndInPeople()
    {
        for (var number = 0; number < PresenceRoom.MostVisits + 500; number++)
        {
            Hear(Note(Nina, Olena) with { VisitId = Guid.CreateVersion7(), UserId = Guid.CreateVersion7() });
        }

        Assert.Equal(PresenceRoom.MostVisits, _room.Count);
        Assert.Equal(PresenceRoom.MostPeople, See(Olena).Count);
    }

    [Fact]
    public void FullPayload_IsWithinPostgreSqlsLimit()
    {
        var note = Note(Nina, Olena) with
        {
            Activity = PresenceActivity.Editing,
            Field = Enum.GetValues<LeadField>().Max(),
        };

        var payload = Assert.Single(PresenceNote.Payloads(Enumerable.Repeat(note, PresenceNote.MostInPayload)));

        Assert.InRange(payload.Length, 1, 7999);
        Assert.Equal(note, PresenceNote.Parse(payload)[^1]);
    }

    [Fact]
    public void ReaderThatLeft_IsNotCalled()
    {
        var calls = 0;
        _room.Join(Olena, _ => calls++).Dispose();

        Hear(Note(Nina, Olena));

        Assert.Equal(0, calls);
    }

    [Fact]
    public void Process_TellsOfSoManyPagesOnly()
    {
        var visits = new PresenceVisits(_time);
        var open = Enumerable.Range(0, PresenceVisits.Most).Select(_ => visits.Enter(Nina, _lead)).ToList();

        Assert.All(open, Assert.NotNull);
        Assert.Null(visits.Enter(Nina, _lead));
        open[0]!.Dispose();
        Assert.NotNull(visits.Enter(Nina, _lead));
    }

    private void Hear(params PresenceNote[] notes)
    {
        foreach (var payload in PresenceNote.Payloads(notes))
        {
            _room.Hear(payload);
        }
    }

    private IReadOnlyList<PresenceMark> See(Actor actor) => _room.Of(actor, [_lead]).GetValueOrDefault(_lead, []);

    private PresenceNote Note(Actor visitor, Actor agent) =>
        new()
        {
            VisitId = Guid.CreateVersion7(),
            LeadId = _lead,
            UserId = visitor.UserId,
            AgentId = agent.UserId,
            TeamId = agent.TeamId,
        };
}
