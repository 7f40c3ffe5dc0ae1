using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Leads;

/// <summary>All leads of somebody who leaves go to somebody else, each with its history and its mark for HubSpot.</summary>
public sealed class LeadHandOverTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LeadHandOver HandOver => _bed.Get<LeadHandOver>();

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task AllLeads_ArchivedToo_GoWithTheirEventsAndMarks_AndOthersStay()
    {
        for (var number = 1; number <= LeadHandOver.BatchSize + 5; number++)
        {
            await _bed.LeadAsync(_bed.Olena, number);
        }

        var archived = await _bed.LeadAsync(_bed.Olena, 900);
        await _bed.Get<LeadService>().ArchiveAsync(_bed.Olena, archived.Id, Token);
        await _bed.Get<FollowUpService>()
            .AddAsync(
                _bed.Olena,
                Guid.CreateVersion7(),
                archived.Id,
                new FollowUpInput("Подзвонити", null, _bed.Time.GetUtcNow().AddDays(1)),
                Token
            );
        var other = await _bed.LeadAsync(_bed.James, 901);
        await _bed.Get<HubDatabase>().InTransactionAsync((db, token) => db.Outbox.ExecuteDeleteAsync(token), Token);
        var heard = new List<int>();

        var given = await HandOver.GiveAllAsync(
            _bed.Ada,
            _bed.Olena.UserId,
            _bed.James.UserId,
            "Пішла у відпустку",
            new Heard(heard),
            Token
        );

        Assert.Equal(LeadHandOver.BatchSize + 6, given);
        Assert.Equal([LeadHandOver.BatchSize, LeadHandOver.BatchSize + 6], heard);
        Assert.Equal(0, await _bed.ReadAsync(db => db.Leads.CountAsync(lead => lead.AgentId == _bed.Olena.UserId)));
        var moved = await _bed.LoadAsync(archived.Id);
        Assert.Equal((_bed.James.UserId, _bed.James.TeamId), (moved.AgentId!.Value, moved.TeamId));
        var events = await _bed.ReadAsync(db =>
            db.LeadEvents.Where(entry => entry.Kind == LeadEventKind.Transferred).ToListAsync()
        );
        Assert.Equal(given, events.Count);
        Assert.All(events, entry => Assert.Equal("Пішла у відпустку", entry.Changes[1].After));
        var marks = await _bed.ReadAsync(db => db.Outbox.ToListAsync());
        Assert.Equal(given, marks.Count(mark => mark.Kind == OutboxKind.Lead));
        Assert.Single(marks, mark => mark.Kind == OutboxKind.FollowUp);
        Assert.DoesNotContain(marks, mark => mark.LeadId == other.Id);
        Assert.Equal(
            $"{given}",
            (
                await _bed.ReadAsync(db =>
                    db.SecurityEvents.SingleAsync(entry => entry.Kind == SecurityEventKind.LeadsHandedOver)
                )
            ).Details["leads"]
        );
    }

    [Fact]
    public async Task ToThePool_LeavesNobody()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);

        await HandOver.GiveAllAsync(_bed.Ada, _bed.Olena.UserId, null, null, null, Token);

        Assert.Null((await _bed.LoadAsync(lead.Id)).AgentId);
    }

    [Fact]
    public async Task WhatMakesNoSense_IsRefused_AndNothingMoves()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);

        await Assert.ThrowsAsync<ForbiddenException>(() => GiveAsync(_bed.Nina, _bed.James.UserId));
        await Assert.ThrowsAsync<InvalidInputException>(() => GiveAsync(_bed.Ada, _bed.Olena.UserId));
        await Assert.ThrowsAsync<NotFoundException>(() => GiveAsync(_bed.Ada, Guid.CreateVersion7()));
        await Assert.ThrowsAsync<InvalidInputException>(() =>
            GiveAsync(_bed.Ada, _bed.James.UserId, new string('x', LeadLimits.TransferReason + 1))
        );

        Assert.Equal(_bed.Olena.UserId, (await _bed.LoadAsync(lead.Id)).AgentId);
    }

    private Task<int> GiveAsync(ProPartHub.Domain.People.Actor actor, Guid to, string? reason = null) =>
        HandOver.GiveAllAsync(actor, _bed.Olena.UserId, to, reason, null, Token);

    private sealed class Heard(List<int> counts) : IProgress<int>
    {
        public void Report(int value) => counts.Add(value);
    }
}
