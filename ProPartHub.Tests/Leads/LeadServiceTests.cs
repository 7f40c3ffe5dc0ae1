using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Leads;

public sealed class LeadServiceTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LeadService Leads => _bed.Get<LeadService>();

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Create_ByAgent_StoresLeadEventAndOutboxMark()
    {
        var created = await Leads.CreateAsync(_bed.Olena, HubBed.Input(1), _bed.James.UserId, Token);

        var lead = await _bed.LoadAsync(created.Id);
        Assert.Equal((_bed.Olena.UserId, _bed.Olena.TeamId), (lead.AgentId, lead.TeamId));
        Assert.Equal(LeadStatus.New, lead.Status);
        Assert.Equal(created.Number, lead.Number);
        var entry = Assert.Single(await _bed.ReadAsync(db => db.LeadEvents.ToListAsync(Token)));
        Assert.Equal((LeadEventKind.Created, _bed.Olena.UserId), (entry.Kind, entry.ActorId));
        Assert.Contains(new FieldChange("Phone", null, "+380501000001"), entry.Changes);
        var mark = Assert.Single(await _bed.ReadAsync(db => db.Outbox.ToListAsync(Token)));
        Assert.Equal((OutboxKind.Lead, created.Id, 1), (mark.Kind, mark.SubjectId, mark.Revision));
    }

    [Fact]
    public async Task Create_ByManager_OnlyForTheOwnTeamOrThePool()
    {
        await Leads.CreateAsync(_bed.Nina, HubBed.Input(1), _bed.Taras.UserId, Token);
        await Leads.CreateAsync(_bed.Nina, HubBed.Input(2), null, Token);
        await Assert.ThrowsAsync<ForbiddenException>(() =>
            Leads.CreateAsync(_bed.Nina, HubBed.Input(3), _bed.James.UserId, Token)
        );
        await Assert.ThrowsAsync<ForbiddenException>(() =>
            Leads.CreateAsync(_bed.Ada, HubBed.Input(4), Guid.NewGuid(), Token)
        );
    }

    [Fact]
    public async Task Create_PhoneOfAnOpenLead_IsRefusedWithoutTellingWhose()
    {
        var own = await _bed.LeadAsync(_bed.Olena, 1);
        var input = HubBed.Input(2) with { Phone = "050 100-00-01" };

        var asOwner = await Assert.ThrowsAsync<InvalidInputException>(() =>
            Leads.CreateAsync(_bed.Olena, input, null, Token)
        );
        var asOther = await Assert.ThrowsAsync<InvalidInputException>(() =>
            Leads.CreateAsync(_bed.James, input, null, Token)
        );

        Assert.Equal(
            new FieldError("Phone", FieldErrorCode.DuplicateOwn, LeadId: own.Id),
            Assert.Single(asOwner.Errors)
        );
        Assert.Equal(new FieldError("Phone", FieldErrorCode.DuplicateForeign), Assert.Single(asOther.Errors));
    }

    [Fact]
    public async Task Create_SecondPhoneOfAnOpenLead_IsFoundToo()
    {
        await Leads.CreateAsync(_bed.Olena, HubBed.Input(1) with { SecondPhone = "+971501112233" }, null, Token);

        await Assert.ThrowsAsync<InvalidInputException>(() =>
            Leads.CreateAsync(_bed.James, HubBed.Input(2) with { Phone = "+971 50 111 2233" }, null, Token)
        );
    }

    [Fact]
    public async Task Create_PhoneOfAWonOrArchivedLead_IsFree()
    {
        var won = await _bed.LeadAsync(_bed.Olena, 1);
        await Leads.MoveAsync(_bed.Olena, won.Id, await _bed.StageAsync(LeadStatus.Won), null, Token);
        var second = await _bed.LeadAsync(_bed.Olena, 1);
        await Leads.ArchiveAsync(_bed.Olena, second.Id, Token);

        Assert.NotEqual(second.Id, (await _bed.LeadAsync(_bed.James, 1)).Id);
    }

    [Fact]
    public async Task Create_SamePhoneAtOnce_OneWins()
    {
        var tries = Enumerable
            .Range(0, 6)
            .Select(async _ =>
            {
                try
                {
                    await _bed.LeadAsync(_bed.Olena, 7);
                    return true;
                }
                catch (InvalidInputException)
                {
                    return false;
                }
            });

        var results = await Task.WhenAll(tries);

        Assert.Single(results, won => won);
        Assert.Equal(1, await _bed.ReadAsync(db => db.Leads.CountAsync(Token)));
    }

    [Fact]
    public async Task Move_ToLost_AsksForAReason()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        var lost = await _bed.StageAsync(LeadStatus.Lost);

        var error = await Assert.ThrowsAsync<InvalidInputException>(() =>
            Leads.MoveAsync(_bed.Olena, lead.Id, lost, null, Token)
        );
        Assert.Equal(new FieldError("RefusalReason", FieldErrorCode.Required), Assert.Single(error.Errors));
        await Leads.MoveAsync(_bed.Olena, lead.Id, lost, "недостаточный бюджет", Token);

        var stored = await _bed.LoadAsync(lead.Id);
        Assert.Equal((LeadStatus.Lost, "недостаточный бюджет"), (stored.Status, stored.RefusalReason));
    }

    [Fact]
    public async Task Move_UnknownStage_IsRefused()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);

        await Assert.ThrowsAsync<InvalidInputException>(() =>
            Leads.MoveAsync(_bed.Olena, lead.Id, Guid.NewGuid(), null, Token)
        );
    }

    [Fact]
    public async Task Transfer_WithinTheTeam_TellsOldAndNewAgent()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);

        await Leads.TransferAsync(_bed.Nina, lead.Id, _bed.Taras.UserId, null, Token);

        var entry = Assert.Single(await EventsAsync(lead.Id, LeadEventKind.Transferred));
        Assert.Equal((_bed.Taras.UserId, _bed.Olena.UserId), (entry.AgentId, entry.PreviousAgentId));
        await Assert.ThrowsAsync<NotFoundException>(() =>
            _bed.Get<LeadQueries>().DetailsAsync(_bed.Olena, lead.Id, Token)
        );
    }

    [Fact]
    public async Task Transfer_ByAgentOrToAnotherTeam_IsRefused()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);

        await Assert.ThrowsAsync<ForbiddenException>(() =>
            Leads.TransferAsync(_bed.Olena, lead.Id, _bed.Taras.UserId, null, Token)
        );
        await Assert.ThrowsAsync<ForbiddenException>(() =>
            Leads.TransferAsync(_bed.Nina, lead.Id, _bed.James.UserId, null, Token)
        );
    }

    [Fact]
    public async Task Restore_WhenThePhoneWasTakenMeanwhile_IsRefused()
    {
        var archived = await _bed.LeadAsync(_bed.Olena, 1);
        await Leads.ArchiveAsync(_bed.Olena, archived.Id, Token);
        var taken = await _bed.LeadAsync(_bed.James, 1);

        await Assert.ThrowsAsync<InvalidInputException>(() => Leads.RestoreAsync(_bed.Olena, archived.Id, Token));
        await Leads.ArchiveAsync(_bed.James, taken.Id, Token);
        await Leads.RestoreAsync(_bed.Olena, archived.Id, Token);

        Assert.Null((await _bed.LoadAsync(archived.Id)).ArchivedAt);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("'; DROP TABLE leads; --")]
    [InlineData("👩‍👩‍👧 Їжак")]
    [InlineData("\u202Eevil\u202C שלום")]
    [InlineData("{{7*7}} %s ${env}")]
    public async Task AnyText_ComesBackAsItWasTyped(string text)
    {
        var input = HubBed.Input(1) with { ClientName = text, Company = text, Notes = text };

        var created = await Leads.CreateAsync(_bed.Olena, input, null, Token);

        var stored = await _bed.LoadAsync(created.Id);
        Assert.Equal((text, text, text), (stored.ClientName, stored.Company, stored.Notes));
    }

    private Task<List<LeadEvent>> EventsAsync(Guid leadId, LeadEventKind kind) =>
        _bed.ReadAsync(db => db.LeadEvents.Where(row => row.LeadId == leadId && row.Kind == kind).ToListAsync(Token));
}
