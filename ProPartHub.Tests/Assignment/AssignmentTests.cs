using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Assignment;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Assignment;

/// <summary>New leads in the pool come to agents by ordered rules; what somebody decided is left alone.</summary>
public sealed class AssignmentTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private AssignmentRules Rules => _bed.Get<AssignmentRules>();

    private AssignmentRound Round => _bed.Get<AssignmentRound>();

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task WithoutRules_LeadsStayInThePool_AndAreNotAskedForAgain()
    {
        var lead = await PoolLeadAsync(1);

        Assert.Equal(0, await Round.RunAsync(Token));

        var row = await _bed.LoadAsync(lead);
        Assert.Null(row.AgentId);
        Assert.False(row.AwaitsAssignment);
    }

    [Fact]
    public async Task FirstRuleThatFits_Gives_InItsName()
    {
        await SaveAsync(
            new()
            {
                Name = "Іспанія",
                Countries = ["Spain"],
                Target = AssignmentTarget.Person,
                PersonId = _bed.James.UserId,
            }
        );
        await SaveAsync(
            new()
            {
                Name = "Від пів мільйона",
                BudgetFrom = 500_000,
                Target = AssignmentTarget.Person,
                PersonId = _bed.Taras.UserId,
            }
        );
        var rich = await PoolLeadAsync(1, input => input with { BudgetFrom = 400_000, BudgetTo = 600_000 });
        var poor = await PoolLeadAsync(2, input => input with { BudgetTo = 100_000 });
        var unknown = await PoolLeadAsync(3);

        Assert.Equal(1, await Round.RunAsync(Token));

        Assert.Equal(_bed.Taras.UserId, (await _bed.LoadAsync(rich)).AgentId);
        Assert.Null((await _bed.LoadAsync(poor)).AgentId);
        Assert.Null((await _bed.LoadAsync(unknown)).AgentId);
        var told = await _bed.ReadAsync(db => db.LeadEvents.SingleAsync(row => row.Kind == LeadEventKind.Transferred));
        Assert.Equal(
            ("Від пів мільйона", ChangeOrigin.System, (Guid?)null),
            (told.ActorName, told.Origin, told.ActorId)
        );
        Assert.True(await _bed.ReadAsync(db => db.Outbox.AnyAsync(row => row.LeadId == rich)));
    }

    [Fact]
    public async Task RoundRobin_IsFairAlsoWhereManyGiveAtOnce()
    {
        await TurnsAsync();
        for (var number = 0; number < 40; number++)
        {
            await PoolLeadAsync(number);
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Round.RunAsync(Token)));

        var counts = await _bed.ReadAsync(db =>
            db.Leads.GroupBy(lead => lead.AgentId)
                .Select(group => new { group.Key, Leads = group.Count() })
                .ToListAsync()
        );
        Assert.Equal(
            [(_bed.Olena.UserId, 20), (_bed.Taras.UserId, 20)],
            counts.Select(row => (row.Key!.Value, row.Leads)).OrderBy(row => row.Value == _bed.Taras.UserId)
        );
        Assert.Equal(
            40,
            await _bed.ReadAsync(db => db.LeadEvents.CountAsync(row => row.Kind == LeadEventKind.Transferred))
        );
    }

    [Fact]
    public async Task Away_OverCapacity_SwitchedOffAndUnverified_AreSkipped()
    {
        await TurnsAsync();
        var today = _bed.Get<AgencyCalendar>().DayOf(_bed.Time.GetUtcNow());
        await _bed.Get<Availability>()
            .AddAbsenceAsync(_bed.Olena, _bed.Olena.UserId, Guid.CreateVersion7(), today, today, Token);
        Assert.Equal([_bed.Taras.UserId, _bed.Taras.UserId], await GivenAsync(1, 2));

        await _bed.Get<Availability>().SetCapacityAsync(_bed.Nina, _bed.Taras.UserId, 2, Token);
        Assert.Equal([null], await GivenAsync(3));

        // The next day she is back, and what waited is given.
        _bed.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await Round.RunAsync(Token));
        Assert.Equal([_bed.Olena.UserId], await GivenAsync(4));

        await ChangeAsync(_bed.Olena, user => user.IsActive = false);
        await _bed.Get<Availability>().SetCapacityAsync(_bed.Nina, _bed.Taras.UserId, null, Token);
        await ChangeAsync(_bed.Taras, user => user.IsVerified = false);
        Assert.Equal([null], await GivenAsync(5));
    }

    [Fact]
    public async Task LeastBusy_GetsTheNext()
    {
        await SaveAsync(
            new()
            {
                Name = "Навантаження",
                Target = AssignmentTarget.LeastBusy,
                TeamId = _bed.Nina.TeamId,
            }
        );
        await _bed.LeadAsync(_bed.Olena, 101);
        await _bed.LeadAsync(_bed.Olena, 102);

        Assert.Equal([_bed.Taras.UserId, _bed.Taras.UserId], await GivenAsync(1, 2));
        var third = Assert.Single(await GivenAsync(3));
        Assert.Contains(third!.Value, new[] { _bed.Olena.UserId, _bed.Taras.UserId });
    }

    [Fact]
    public async Task RuleWithoutAnybody_LeavesTheLeadToTheNext()
    {
        await SaveAsync(
            new()
            {
                Name = "Пані",
                Target = AssignmentTarget.Person,
                PersonId = _bed.Olena.UserId,
            }
        );
        await SaveAsync(
            new()
            {
                Name = "Пан",
                Target = AssignmentTarget.Person,
                PersonId = _bed.Taras.UserId,
            }
        );
        await _bed.Get<Availability>().SetCapacityAsync(_bed.Ada, _bed.Olena.UserId, 0, Token);

        Assert.Equal([_bed.Taras.UserId], await GivenAsync(1));
    }

    [Fact]
    public async Task WhatAPersonOrHubSpotDecided_IsLeftAlone()
    {
        var back = await _bed.LeadAsync(_bed.Taras, 1);
        await _bed.Get<LeadService>().TransferAsync(_bed.Nina, back.Id, null, null, Token);
        var own = await _bed.LeadAsync(_bed.Taras, 2);
        var unknown = await HubSpotLeadAsync(Attention.UnknownAgent);
        var fresh = await HubSpotLeadAsync(Attention.None);
        await TurnsAsync();

        Assert.Equal(1, await Round.RunAsync(Token));

        Assert.Null((await _bed.LoadAsync(back.Id)).AgentId);
        Assert.Equal(_bed.Taras.UserId, (await _bed.LoadAsync(own.Id)).AgentId);
        Assert.Null((await _bed.LoadAsync(unknown)).AgentId);
        Assert.NotNull((await _bed.LoadAsync(fresh)).AgentId);
    }

    [Fact]
    public async Task Preview_SaysWhatTheDeedWouldDo_AndChangesNothing()
    {
        await TurnsAsync();
        await PoolLeadAsync(1);
        await PoolLeadAsync(2);

        var (rows, total) = await Rules.PreviewAsync(_bed.Ada, Token);

        Assert.Equal(2, total);
        Assert.Equal(["Олена Гнатюк", "Тарас Вовк"], rows.Select(row => row.PersonName));
        Assert.Empty(await _bed.ReadAsync(db => db.AssignmentTurns.ToListAsync()));
        await Round.RunAsync(Token);
        Assert.Equal(
            [_bed.Olena.UserId, _bed.Taras.UserId],
            await _bed.ReadAsync(db =>
                db.Leads.OrderBy(lead => lead.Number).Select(lead => lead.AgentId!.Value).ToListAsync()
            )
        );
    }

    [Fact]
    public async Task ApplyToPool_TakesAlsoWhatWasPutThereByHand()
    {
        var back = await _bed.LeadAsync(_bed.Taras, 1);
        await _bed.Get<LeadService>().TransferAsync(_bed.Nina, back.Id, null, null, Token);
        await TurnsAsync();

        Assert.Equal(1, await Rules.ApplyToPoolAsync(_bed.Ada, Token));
        Assert.Equal(1, await Round.RunAsync(Token));
    }

    [Fact]
    public async Task Default_StaysLast_AndCannotBeDeleted()
    {
        var first = await SaveAsync(new() { Name = "Перше" });
        var second = await SaveAsync(new() { Name = "Друге" });

        Assert.True(await Rules.MoveAsync(_bed.Ada, second, -1, Token));
        Assert.False(await Rules.MoveAsync(_bed.Ada, AssignmentRule.DefaultId, -1, Token));
        Assert.False(await Rules.DeleteAsync(_bed.Ada, AssignmentRule.DefaultId, Token));
        Assert.True(await Rules.DeleteAsync(_bed.Ada, first, Token));
        Assert.Equal(
            [second, AssignmentRule.DefaultId],
            (await Rules.ListAsync(_bed.Ada, Token)).Select(row => row.Id)
        );

        await Rules.RestoreAsync(_bed.Ada, first, Token);
        Assert.Equal(AssignmentRule.DefaultId, (await Rules.ListAsync(_bed.Ada, Token))[^1].Id);
        Assert.Equal(
            5,
            await _bed.ReadAsync(db =>
                db.SecurityEvents.CountAsync(row => row.Kind == SecurityEventKind.AssignmentRuleChanged)
            )
        );
    }

    [Fact]
    public async Task ChangedMeanwhile_IsNotOverwritten()
    {
        var id = await SaveAsync(new() { Name = "Перше" });
        var opened = (await Rules.ListAsync(_bed.Ada, Token))[0].Values;
        Assert.True(await Rules.SaveAsync(_bed.Ada, id, opened, opened with { Name = "Моє" }, Token));

        Assert.False(await Rules.SaveAsync(_bed.Ada, id, opened, opened with { Name = "Чуже" }, Token));
    }

    [Fact]
    public async Task Absences_AreOnesOwn_OnesTeams_OrAnAdmins()
    {
        var availability = _bed.Get<Availability>();
        var (from, id) = (new DateOnly(2026, 4, 1), Guid.CreateVersion7());
        await availability.AddAbsenceAsync(_bed.Olena, _bed.Olena.UserId, id, from, from.AddDays(6), Token);

        foreach (var stranger in new[] { _bed.Taras, _bed.Mark })
        {
            await Assert.ThrowsAsync<ForbiddenException>(() =>
                availability.AddAbsenceAsync(stranger, _bed.Olena.UserId, Guid.CreateVersion7(), from, from, Token)
            );
            await Assert.ThrowsAsync<NotFoundException>(() => availability.RemoveAbsenceAsync(stranger, id, Token));
        }

        await Assert.ThrowsAsync<ForbiddenException>(() =>
            availability.SetCapacityAsync(_bed.Olena, _bed.Olena.UserId, 5, Token)
        );
        var shown = (await availability.PageAsync(_bed.Nina, 1, Token)).Rows.Single(row =>
            row.UserId == _bed.Olena.UserId
        );
        Assert.Equal(new AbsenceItem(id, from, from.AddDays(6)), Assert.Single(shown.Absences));
        Assert.Equal(
            [_bed.Taras.UserId],
            (await availability.PageAsync(_bed.Taras, 1, Token)).Rows.Select(row => row.UserId)
        );
        await availability.RemoveAbsenceAsync(_bed.Nina, id, Token);
    }

    private Task TurnsAsync() =>
        SaveAsync(
            new()
            {
                Name = "По черзі",
                Target = AssignmentTarget.RoundRobin,
                TeamId = _bed.Nina.TeamId,
            }
        );

    private async Task<Guid> SaveAsync(AssignmentRuleInput input)
    {
        var id = Guid.CreateVersion7();
        Assert.True(await Rules.SaveAsync(_bed.Ada, id, null, input, Token));
        return id;
    }

    private async Task<Guid> PoolLeadAsync(int number, Func<LeadInput, LeadInput>? change = null)
    {
        var input = HubBed.Input(number);
        return (await _bed.Get<LeadService>().CreateAsync(_bed.Nina, change?.Invoke(input) ?? input, null, Token)).Id;
    }

    private async Task<List<Guid?>> GivenAsync(params int[] numbers)
    {
        var ids = new List<Guid>();
        foreach (var number in numbers)
        {
            ids.Add(await PoolLeadAsync(number));
        }

        await Round.RunAsync(Token);
        return await _bed.ReadAsync(db =>
            db.Leads.Where(lead => ids.Contains(lead.Id))
                .OrderBy(lead => lead.Number)
                .Select(lead => lead.AgentId)
                .ToListAsync()
        );
    }

    // As the exchange makes them of deals.
    private async Task<Guid> HubSpotLeadAsync(Attention attention)
    {
        var stage = await _bed.StageAsync(LeadStatus.New);
        var now = _bed.Time.GetUtcNow();
        var id = Guid.CreateVersion7();
        await _bed.Get<HubDatabase>()
            .InTransactionAsync(
                (db, _) =>
                {
                    new LeadRecorder(Actor.System, ChangeOrigin.HubSpot, now).Create(
                        db,
                        new Lead
                        {
                            Id = id,
                            ClientName = "З HubSpot",
                            StageId = stage,
                            StageChangedAt = now,
                            CreatedAt = now,
                            UpdatedAt = now,
                            Attention = attention,
                        }
                    );
                    return Task.CompletedTask;
                },
                Token
            );
        return id;
    }

    private Task ChangeAsync(Actor person, Action<HubUser> change) =>
        _bed.Get<HubDatabase>()
            .InTransactionAsync(
                async (db, token) => change(await db.Users.SingleAsync(user => user.Id == person.UserId, token)),
                Token
            );
}
