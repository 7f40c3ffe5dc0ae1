using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Audit;

/// <summary>One list over both tables: complete, in order, narrowed by each filter, and at a constant cost.</summary>
public sealed class AuditQueriesTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task OnlyAdmins_ReadIt()
    {
        foreach (var actor in new[] { _bed.Olena, _bed.Nina })
        {
            await Assert.ThrowsAsync<ForbiddenException>(() => PageAsync(new(), by: actor));
            await Assert.ThrowsAsync<ForbiddenException>(() => _bed.Get<AuditQueries>().SealAsync(actor, Token));
            await Assert.ThrowsAsync<ForbiddenException>(() => _bed.Get<AuditQueries>().PeopleAsync(actor, Token));
        }
    }

    [Fact]
    public async Task Pages_TogetherAreEverything_NewestFirst_AlsoWithinOneInstant()
    {
        for (var number = 0; number < 12; number++)
        {
            await _bed.LeadAsync(_bed.Olena, number);
            await RecordAsync(SecurityEventKind.LoggedIn, _bed.Olena, _bed.Olena.UserId);
            if (number % 4 == 3)
            {
                _bed.Time.Advance(TimeSpan.FromMinutes(1));
            }
        }

        var all = (await PageAsync(new(), size: 100)).Rows;
        var paged = new List<AuditRow>();
        AuditPlace? after = null;
        do
        {
            var page = await PageAsync(new(), after, size: 5);
            Assert.True(page.Rows.Count <= 5);
            paged.AddRange(page.Rows);
            // As it goes through an address.
            after = AuditPlace.Read(page.Older?.Write());
        } while (after is not null);

        Assert.Equal(24, all.Count);
        Assert.Equal(all.Select(row => row.Place), paged.Select(row => row.Place));
        Assert.Equal(all.Select(row => row.Place.At), all.Select(row => row.Place.At).OrderDescending());
    }

    [Fact]
    public async Task Filters_NarrowTogether()
    {
        var mine = await _bed.LeadAsync(_bed.Olena, 1);
        await _bed.LeadAsync(_bed.Taras, 2);
        await RecordAsync(SecurityEventKind.LoggedIn, _bed.Olena, _bed.Olena.UserId);
        await RecordAsync(SecurityEventKind.RoleChanged, _bed.Ada, _bed.Olena.UserId);
        await RecordAsync(SecurityEventKind.AccessDenied, _bed.Taras, _bed.Taras.UserId);
        _bed.Get<ViewLog>().SawLead(_bed.Nina, mine.Id);
        await _bed.Get<ViewLog>().StoreAsync(Token);
        _bed.Time.Advance(TimeSpan.FromDays(1));
        await RecordAsync(SecurityEventKind.SettingChanged, _bed.Ada, null);
        var later = _bed.Time.GetUtcNow();

        await AssertFoundAsync(7, new());
        await AssertFoundAsync(2, new() { ActorId = _bed.Olena.UserId });
        await AssertFoundAsync(2, new() { UserId = _bed.Olena.UserId });
        await AssertFoundAsync(1, new() { UserId = _bed.Olena.UserId, ActorId = _bed.Ada.UserId });
        await AssertFoundAsync(2, new() { LeadNumber = mine.Number });
        await AssertFoundAsync(1, new() { LeadNumber = mine.Number, Group = AuditGroup.Views });
        await AssertFoundAsync(0, new() { LeadNumber = 99_999 });
        await AssertFoundAsync(2, new() { Address = "taras" });
        await AssertFoundAsync(1, new() { From = later });
        await AssertFoundAsync(6, new() { Before = later });
        await AssertFoundAsync(1, new() { Group = AuditGroup.LogIns });
        await AssertFoundAsync(1, new() { Group = AuditGroup.Accounts });
        await AssertFoundAsync(1, new() { Group = AuditGroup.Settings });
        await AssertFoundAsync(2, new() { Group = AuditGroup.Leads });
        await AssertFoundAsync(0, new() { Group = AuditGroup.Exports });
        await AssertFoundAsync(1, new() { Group = AuditGroup.Views });
        await AssertFoundAsync(1, new() { Group = AuditGroup.Refusals });
    }

    [Fact]
    public void EveryKind_BelongsToOneGroup()
    {
        foreach (var kind in Enum.GetValues<SecurityEventKind>())
        {
            var groups = Enum.GetValues<AuditGroup>().Where(group => AuditGroups.Of(group).Contains(kind)).ToList();
            Assert.Equal([AuditGroups.Of(kind)], groups);
        }
    }

    [Fact]
    public async Task ValuesBeforeAndAfter_ComeByField_WithNames()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        await _bed.Get<LeadService>().TransferAsync(_bed.Nina, lead.Id, _bed.Taras.UserId, null, Token);
        await RecordAsync(
            SecurityEventKind.RoleChanged,
            _bed.Ada,
            _bed.Olena.UserId,
            ("role before", "Agent"),
            ("role", "Manager"),
            ("by", "hand")
        );
        await RecordAsync(
            SecurityEventKind.SettingChanged,
            _bed.Ada,
            null,
            ("setting", "x"),
            ("before", null),
            ("after", "1")
        );

        var page = await PageAsync(new());

        Assert.Equal(
            [new AuditFact("role", "Agent", "Manager", true), new AuditFact("by", null, "hand", false)],
            Row(page, SecurityEventKind.RoleChanged).Facts.OrderByDescending(fact => fact.Name)
        );
        Assert.Equal(
            [new AuditFact("setting", null, "x", false), new AuditFact("value", null, "1", true)],
            Row(page, SecurityEventKind.SettingChanged).Facts.OrderBy(fact => fact.Name)
        );
        var transfer = Assert.Single(page.Rows, row => row.Lead is LeadEventKind.Transferred);
        var fact = Assert.Single(transfer.Facts);
        Assert.Equal(_bed.Taras.Name, page.People[Guid.Parse(fact.After!)]);
        Assert.Equal(lead.Number, page.Leads[transfer.LeadId!.Value].Number);
        Assert.Equal(_bed.Olena.Name, page.People[_bed.Olena.UserId]);
        Assert.Contains(page.Stages.Values, label => label.Length > 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public async Task Page_IsAConstantNumberOfCommands(int events)
    {
        for (var number = 0; number < events; number++)
        {
            await _bed.LeadAsync(_bed.Olena, number);
            await RecordAsync(SecurityEventKind.RoleChanged, _bed.Ada, _bed.Olena.UserId);
        }

        _bed.Sql.Reset();
        await PageAsync(new());
        Assert.Equal(5, _bed.Sql.Commands.Count);
        _bed.Sql.Reset();
        await _bed.Get<AuditQueries>().SealAsync(_bed.Ada, Token);
        Assert.Equal(2, _bed.Sql.Commands.Count);
    }

    private static AuditRow Row(AuditStretch page, SecurityEventKind kind) =>
        Assert.Single(page.Rows, row => row.Security == kind);

    private async Task AssertFoundAsync(int expected, AuditFilter filter) =>
        Assert.Equal(expected, (await PageAsync(filter)).Rows.Count);

    private Task<AuditStretch> PageAsync(
        AuditFilter filter,
        AuditPlace? after = null,
        int size = 50,
        Actor? by = null
    ) => _bed.Get<AuditQueries>().PageAsync(by ?? _bed.Ada, filter, after, size, Token);

    private Task RecordAsync(
        SecurityEventKind kind,
        Actor actor,
        Guid? userId,
        params (string Name, string? Value)[] details
    ) => new SecurityLog(_bed.Get<HubDatabase>(), _bed.Time).RecordAsync(kind, actor, userId, Token, details);
}
