using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Timeline;
using ProPartHub.Domain.Transfer.Import;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Import;

public sealed class LeadImportTests : IAsyncLifetime
{
    private const string Head = "Ім'я;Телефон;Пошта;Країна;Бюджет;Дата народження;Агент;Етап\n";

    private HubBed _bed = null!;
    private ImportBed _import = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bed = await HubBed.CreateAsync(Token);
        _import = new ImportBed(_bed);
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Rows_BecomeLeads_AsIfTheyWereTyped()
    {
        var id = await _import.ImportAsync(
            _bed.Nina,
            Head + "Ольга Бондар;050 123 45 67;OLGA@Example.com;дубай;150-300k;31.12.1985;олена гнатюк;На зв'язку\n"
        );

        Assert.Equal((1, 0, 0, 0), await _import.CountsAsync(id));
        var row = Assert.Single(await _import.RowsAsync(id));
        var lead = await _bed.LoadAsync(row.LeadId!.Value);
        Assert.Equal(("Ольга Бондар", "+380501234567", "olga@example.com"), (lead.ClientName, lead.Phone, lead.Email));
        Assert.Equal(("Дубай", 150_000m, 300_000m), (lead.Country, lead.BudgetFrom!.Value, lead.BudgetTo!.Value));
        Assert.Equal((new DateOnly(1985, 12, 31), LeadStatus.Contacted), (lead.BirthDate!.Value, lead.Status));
        Assert.Equal((_bed.Olena.UserId, _bed.Olena.TeamId), (lead.AgentId!.Value, lead.TeamId));
        var created = await _bed.ReadAsync(db => db.LeadEvents.SingleAsync(entry => entry.LeadId == lead.Id));
        Assert.Equal(
            (LeadEventKind.Created, ChangeOrigin.Import, _bed.Nina.UserId),
            (created.Kind, created.Origin, created.ActorId!.Value)
        );
        Assert.Equal(created.Id, row.EventId);
        Assert.True(await _bed.ReadAsync(db => db.Outbox.AnyAsync(mark => mark.LeadId == lead.Id)));
        Assert.False(await _bed.ReadAsync(db => db.PointEntries.AnyAsync()));
        Assert.NotNull(lead.AnsweredAt);
    }

    [Fact]
    public async Task Check_WritesNothingButTheImportItself()
    {
        await _bed.LeadAsync(_bed.Olena, 1);
        var (leads, events) = await CountAsync();

        var id = await _import.CheckAsync(
            _bed.Nina,
            Head + "Нова;0501234567;;;;;;\nСтара;+380501000001;;;;;;\nБез телефону;;;;;;;\n"
        );

        Assert.Equal((1, 0, 1, 1), await _import.CountsAsync(id));
        Assert.Equal(ImportState.Checked, (await _import.LoadAsync(id)).State);
        Assert.Equal((leads, events), await CountAsync());
        Assert.False(await _bed.ReadAsync(db => db.SecurityEvents.AnyAsync()));
    }

    [Fact]
    public async Task Faults_NameRowAndField()
    {
        var id = await _import.CheckAsync(_bed.Nina, Head + "Х;123;немає;Марс;багато;31.02.2000;Ніхто;Деінде\n");

        var problem = Assert.Single(await _import.Imports.ProblemsAsync(_bed.Nina, id, false, 0, Token));
        Assert.Equal(2, problem.Number);
        Assert.Equal(
            [
                ("Agent", ImportFaultCode.UnknownAgent),
                ("BirthDate", ImportFaultCode.UnreadableDay),
                ("Budget", ImportFaultCode.UnreadableAmount),
                ("ClientName", FieldErrorCode.TooShort),
                ("Country", FieldErrorCode.UnknownOption),
                ("Email", FieldErrorCode.InvalidEmail),
                ("Phone", FieldErrorCode.InvalidPhone),
                ("Stage", FieldErrorCode.UnknownOption),
            ],
            problem.Faults.Select(fault => (fault.Field, fault.Code)).Order()
        );
    }

    [Fact]
    public async Task Lead_WithoutAgent_AwaitsTheRules_OrGoesToTheChosenOne()
    {
        var byRules = await _import.ImportAsync(_bed.Nina, "Name,Phone\nOne,0501234561\n");
        var chosen = await _import.ImportAsync(_bed.Nina, "Name,Phone\nTwo,0501234562\n", agentId: _bed.Taras.UserId);

        var pooled = await _bed.LoadAsync((await _import.RowsAsync(byRules))[0].LeadId!.Value);
        var given = await _bed.LoadAsync((await _import.RowsAsync(chosen))[0].LeadId!.Value);
        Assert.Equal((null, true), (pooled.AgentId, pooled.AwaitsAssignment));
        Assert.Equal(_bed.Taras.UserId, given.AgentId);
    }

    [Fact]
    public async Task Skip_LeavesLeadsAlone_AndTakesEachClientOnce()
    {
        await _bed.LeadAsync(_bed.Olena, 1);

        var id = await _import.ImportAsync(
            _bed.Nina,
            "Name,Phone,Phone 2,Email\nKnown,+380501000001,,\nNew,0501234567,,a@example.com\nBy second,0671234567,0501234567,\nBy mail,0681234567,,A@example.com\n"
        );

        Assert.Equal((1, 0, 3, 0), await _import.CountsAsync(id));
        Assert.Equal(2, await _bed.ReadAsync(db => db.Leads.CountAsync()));
        var rows = await _import.RowsAsync(id);
        Assert.Equal(
            [ImportFaultCode.LeadIsThere, ImportFaultCode.SameInFile, ImportFaultCode.SameInFile],
            rows.SelectMany(row => row.Faults).Select(fault => fault.Code)
        );
        Assert.Equal([3, 3], rows.SelectMany(row => row.Faults).Select(fault => fault.Row).OfType<int>());
    }

    [Fact]
    public async Task Update_TakesWhatIsGiven_AndBlankChangesNothing()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);

        var id = await _import.ImportAsync(
            _bed.Nina,
            "Name,Phone,Email,Company\nРенамед,+380501000001,x@example.com,\nNew,0501234567,,\nNewer,0501234567,,Acme\n,0501234567,,\n",
            DuplicatePolicy.Update
        );

        Assert.Equal((1, 2, 1, 0), await _import.CountsAsync(id));
        var known = await _bed.LoadAsync(lead.Id);
        Assert.Equal(("Ренамед", "x@example.com", null), (known.ClientName, known.Email, known.Company));
        var made = await _bed.LoadAsync((await _import.RowsAsync(id))[1].LeadId!.Value);
        Assert.Equal(("Newer", "Acme"), (made.ClientName, made.Company));
        Assert.Equal(ImportFaultCode.NothingNew, (await _import.RowsAsync(id))[3].Faults[0].Code);
    }

    [Fact]
    public async Task Create_MakesAnother_OnlyWhereTheFormWould()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        await _bed.Get<LeadService>()
            .EditAsync(
                _bed.Olena,
                lead.Id,
                HubBed.Input(1),
                HubBed.Input(1) with
                {
                    Email = "x@example.com",
                },
                new HashSet<LeadField>(),
                Token
            );

        var id = await _import.ImportAsync(
            _bed.Nina,
            "Name,Phone,Email\nSame mail,0501234567,x@example.com\nSame phone,+380501000001,\nTwin,0501234567,\n",
            DuplicatePolicy.Create
        );

        Assert.Equal((1, 0, 0, 2), await _import.CountsAsync(id));
        var rows = await _import.RowsAsync(id);
        Assert.Equal(FieldErrorCode.DuplicateOwn, rows[1].Faults[0].Code);
        Assert.Equal(rows[2].Plan, rows[2].Outcome);
    }

    [Theory]
    [InlineData(DuplicatePolicy.Skip)]
    [InlineData(DuplicatePolicy.Update)]
    [InlineData(DuplicatePolicy.Create)]
    public async Task OtherTeamsLead_IsNeitherToldNorTouched(DuplicatePolicy policy)
    {
        var foreign = await _bed.LeadAsync(_bed.James, 1, "Таємний");
        var before = await _bed.LoadAsync(foreign.Id);

        var id = await _import.ImportAsync(
            _bed.Nina,
            $"Number,Name,Phone\nL-{foreign.Number},Stolen,+380501000001\n",
            policy
        );

        Assert.Equal((0, 0, 0, 1), await _import.CountsAsync(id));
        var row = Assert.Single(await _import.RowsAsync(id));
        Assert.Equal((FieldErrorCode.DuplicateForeign, null), (row.Faults[0].Code, row.LeadId));
        var problem = Assert.Single(await _import.Imports.ProblemsAsync(_bed.Nina, id, false, 0, Token));
        Assert.Equal((null, null, null), (problem.LeadId, problem.LeadNumber, problem.ClientName));
        var after = await _bed.LoadAsync(foreign.Id);
        Assert.Equal((before.ClientName, before.Version), (after.ClientName, after.Version));
    }

    [Fact]
    public async Task Number_OfAnotherTeamsLead_SaysNothing()
    {
        var foreign = await _bed.LeadAsync(_bed.James, 1);

        var id = await _import.ImportAsync(
            _bed.Nina,
            $"Number,Name,Phone\nL-{foreign.Number},New,0501234567\n",
            DuplicatePolicy.Update
        );

        Assert.Equal((1, 0, 0, 0), await _import.CountsAsync(id));
        Assert.Equal("Клієнт 1", (await _bed.LoadAsync(foreign.Id)).ClientName);
    }

    [Fact]
    public async Task Manager_CannotGiveToAnotherTeam()
    {
        var id = await _import.CheckAsync(
            _bed.Nina,
            "Name,Phone,Agent\nA,0501234567,James Reed\nBb,0501234568,james@example.com\n"
        );

        Assert.Equal((0, 0, 0, 2), await _import.CountsAsync(id));
        var draft = await _import.BeginAsync(_bed.Nina, "Name,Phone\nAa,0501234567\n");
        await Assert.ThrowsAsync<ForbiddenException>(() =>
            _import.Imports.ChooseAsync(
                _bed.Nina,
                draft,
                new ImportChoices(
                    [ImportField.ClientName, ImportField.Phone],
                    "UA",
                    DuplicatePolicy.Skip,
                    _bed.James.UserId
                ),
                Token
            )
        );
    }

    [Fact]
    public async Task Imports_AreTheirOwnersAndAdmins_AndNotForAgents()
    {
        var id = await _import.CheckAsync(_bed.Nina, "Name,Phone\nAa,0501234567\n");

        await Assert.ThrowsAsync<NotFoundException>(() => _import.Imports.FindAsync(_bed.Mark, id, Token));
        await Assert.ThrowsAsync<NotFoundException>(() => _import.Imports.StartAsync(_bed.Mark, id, Token));
        await Assert.ThrowsAsync<NotFoundException>(() => _import.Imports.ErrorsAsync(_bed.Mark, id, Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => _import.Imports.FindAsync(_bed.Olena, id, Token));
        await Assert.ThrowsAsync<ForbiddenException>(() =>
            _import.BeginAsync(_bed.Olena, "Name,Phone\nAa,0501234567\n")
        );
        Assert.Empty((await _import.Imports.PageAsync(_bed.Mark, null, Token)).Imports);
        Assert.Single((await _import.Imports.PageAsync(_bed.Ada, null, Token)).Imports);
        Assert.Equal("Ніна Коваль", (await _import.Imports.FindAsync(_bed.Ada, id, Token)).ActorName);
    }

    [Fact]
    public async Task Mapping_IsRememberedForFilesWithTheSameHeadings()
    {
        const string Text = "Хто,Куди дзвонити\nОльга Бондар,0501234567\n";
        var first = await _import.BeginAsync(_bed.Nina, Text);
        Assert.All((await _import.LoadAsync(first)).Mapping, field => Assert.Equal(ImportField.None, field));
        await _import.Imports.ChooseAsync(
            _bed.Nina,
            first,
            new ImportChoices([ImportField.ClientName, ImportField.Phone], "UA", DuplicatePolicy.Update, null),
            Token
        );
        await _import.Imports.CheckAsync(_bed.Nina, first, Token);
        await _import.RunAsync();
        await _import.Imports.StartAsync(_bed.Nina, first, Token);
        await _import.RunAsync();

        var second = await _import.LoadAsync(
            await _import.BeginAsync(_bed.Nina, Text.Replace("хто", "Хто ", StringComparison.Ordinal))
        );
        var others = await _import.LoadAsync(await _import.BeginAsync(_bed.Mark, Text));

        Assert.Equal([ImportField.ClientName, ImportField.Phone], second.Mapping);
        Assert.Equal(DuplicatePolicy.Update, second.Policy);
        Assert.All(others.Mapping, field => Assert.Equal(ImportField.None, field));
    }

    [Fact]
    public async Task StartEndAndErrorFile_AreAudited()
    {
        var id = await _import.ImportAsync(_bed.Nina, "Name,Phone\nOlga,0501234567\nX,1\n");
        var (_, rows) = await _import.Imports.ErrorsAsync(_bed.Nina, id, Token);

        Assert.Equal(["X", "1"], Assert.Single(await rows.ToListAsync(Token)).Cells);
        var events = await _bed.ReadAsync(db => db.SecurityEvents.OrderBy(row => row.Id).ToListAsync(Token));
        Assert.Equal(
            [
                SecurityEventKind.LeadImportStarted,
                SecurityEventKind.LeadImportEnded,
                SecurityEventKind.LeadImportErrorsExported,
            ],
            events.Select(row => row.Kind)
        );
        Assert.Equal(("1", "1"), (events[1].Details["created"], events[1].Details["refused"]));
    }

    private async Task<(int, int)> CountAsync() =>
        (await _bed.ReadAsync(db => db.Leads.CountAsync()), await _bed.ReadAsync(db => db.LeadEvents.CountAsync()));
}
