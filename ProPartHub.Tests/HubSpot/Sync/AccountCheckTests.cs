using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.HubSpotSandbox.Objects;
using ProPartHub.Web.Hosting;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <summary>The check of an account: what it finds, that it changes nothing, and that it is made when all else is refused.</summary>
public sealed class AccountCheckTests
{
    private const string Schemas = "crm.schemas.contacts.read";

    private static readonly string[] Reading =
    [
        "crm.objects.contacts.read",
        "crm.objects.deals.read",
        Schemas,
        "crm.schemas.deals.read",
    ];

    [Fact]
    public async Task WholeAccount_IsFine_ButForTheOwnPropertyUntilItIsMade()
    {
        await using var bed = await SyncBed.CreateAsync(deals: 3);
        var check = new AccountCheck(bed.Get<HubSpotClient>(), bed.Get<HubSpotLimiter>().Snapshot);

        var before = await bed.DriveAsync(check.RunAsync(SyncBed.Cancel));

        Assert.Equal(
            [(CheckTopic.LeadIds, null), (CheckTopic.Properties, null)],
            before
                .Where(finding => finding.Outcome is not CheckOutcome.Fine)
                .Select(finding => (finding.Topic, finding.Subject))
        );
        Assert.Equal(["50112233"], before[0].Values.Take(1));
        Assert.Equal(["3"], Of(before, CheckTopic.Read, "deals").Values);
        Assert.Equal(
            ["contacts", "deals", "notes", "tasks"],
            before.Where(finding => finding.Topic is CheckTopic.Write).Select(finding => finding.Subject)
        );
        Assert.Equal(["250"], Of(before, CheckTopic.Limits).Values);

        await bed.DriveAsync(
            Task.Run(async () =>
            {
                await check.CreateLeadIdsAsync(SyncBed.Cancel);
                return true;
            })
        );
        var after = await bed.DriveAsync(check.RunAsync(SyncBed.Cancel));
        Assert.Equal(CheckOutcome.Fine, Of(after, CheckTopic.LeadIds).Outcome);
        Assert.Equal(["deals.property_type", "deals.property_status"], Of(after, CheckTopic.Properties).Values);
    }

    [Fact]
    public async Task Check_ChangesNoRecord()
    {
        await using var bed = await SyncBed.CreateAsync(deals: 3);
        var before = Records(bed);

        await bed.DriveAsync(
            new AccountCheck(bed.Get<HubSpotClient>(), bed.Get<HubSpotLimiter>().Snapshot).RunAsync(SyncBed.Cancel)
        );

        Assert.Equal(before, Records(bed));
    }

    [Fact]
    public async Task EachMissingScope_IsNamed_AndTheRestIsStillLookedAt()
    {
        await using var bed = await SyncBed.CreateAsync(scopes: [.. Reading, "crm.objects.contacts.write"]);

        var found = await bed.DriveAsync(
            new AccountCheck(bed.Get<HubSpotClient>(), bed.Get<HubSpotLimiter>().Snapshot).RunAsync(SyncBed.Cancel)
        );

        Assert.Equal(
            [
                (CheckTopic.Owners, null, "crm.objects.owners.read"),
                (CheckTopic.Write, "deals", "crm.objects.deals.write"),
            ],
            found
                .Where(finding => finding.Outcome is CheckOutcome.Fault)
                .Select(finding => (finding.Topic, finding.Subject, finding.MissingScope))
        );
        Assert.Equal(CheckOutcome.Fine, Of(found, CheckTopic.Write, "notes").Outcome);
    }

    [Fact]
    public async Task TokenThatIsRefused_IsTheOnlyFinding()
    {
        await using var bed = await SyncBed.CreateAsync();
        bed.Sandbox.Faults.Add(new() { Status = 401 });

        var found = await bed.DriveAsync(
            new AccountCheck(bed.Get<HubSpotClient>(), bed.Get<HubSpotLimiter>().Snapshot).RunAsync(SyncBed.Cancel)
        );

        var finding = Assert.Single(found);
        Assert.Equal((CheckTopic.Account, CheckOutcome.Fault), (finding.Topic, finding.Outcome));
        Assert.Contains("token", finding.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhenTheSyncItselfIsRefused_TheCheckIsMadeAllTheSame()
    {
        await using var bed = await SyncBed.CreateAsync(scopes: Reading);
        await bed.OpenAsync();
        await bed.Get<SyncAdmin>().AskForCheckAsync(bed.Ada, SyncBed.Cancel);

        await Assert.ThrowsAsync<HubSpotMissingScopesException>(() =>
            bed.DriveAsync(bed.Round.RunOnceAsync(SyncBed.Cancel))
        );

        var check = await CheckAsync(bed);
        Assert.Equal((null, bed.Clock.GetUtcNow()), (check.AskedAt, check.CheckedAt!.Value));
        Assert.Equal("crm.objects.owners.read", Of(check.Findings, CheckTopic.Owners).MissingScope);
    }

    [Fact]
    public async Task WhilePaused_TheCheckIsMade_AndNothingElse()
    {
        await using var bed = await SyncBed.CreateAsync(deals: 2);
        await bed.OpenAsync();
        await bed.Get<SyncAdmin>().AskForCheckAsync(bed.Ada, SyncBed.Cancel);

        await bed.DriveAsync(
            Task.Run(async () =>
            {
                await bed.Round.RestAsync(SyncBed.Cancel);
                return true;
            })
        );

        Assert.NotNull((await CheckAsync(bed)).CheckedAt);
        Assert.Equal(0, await bed.ReadAsync(db => db.Leads.CountAsync()));
    }

    [Fact]
    public async Task OnlyAdminsAsk_AndOnlyForAConnectedAccount()
    {
        await using var bed = await SyncBed.CreateAsync();

        await Assert.ThrowsAsync<ForbiddenException>(() =>
            bed.Get<SyncAdmin>().AskForCheckAsync(bed.Olena, SyncBed.Cancel)
        );
        await Assert.ThrowsAsync<NotFoundException>(() =>
            bed.Get<SyncAdmin>().AskForCheckAsync(bed.Ada, SyncBed.Cancel)
        );
    }

    [Theory]
    [InlineData(true, 0, "[ok]   Writing: deals: Allowed")]
    [InlineData(false, 1, "[MEND] Writing: deals: The token lacks the scope crm.objects.deals.write.")]
    public async Task Command_PrintsEachFinding_AndItsCodeTellsWhetherToMend(bool mayWrite, int code, string line)
    {
        await using var bed = await SyncBed.CreateAsync(scopes: mayWrite ? [] : [.. Reading]);
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddLocalization()
            .AddSingleton(bed.Get<HubSpotClient>())
            .AddSingleton(bed.Get<HubSpotLimiter>())
            .BuildServiceProvider();
        var output = new StringWriter();
        string[] options = mayWrite ? ["--create-properties"] : [];

        var result = await bed.DriveAsync(
            Task.Run(() => HubSpotCheck.RunAsync(services, options, output, SyncBed.Cancel))
        );

        Assert.Equal(code, result);
        Assert.Contains(output.ToString().Split('\n'), text => text.StartsWith(line, StringComparison.Ordinal));
    }

    private static CheckFinding Of(IReadOnlyList<CheckFinding> findings, CheckTopic topic, string? subject = null) =>
        findings.Single(finding => finding.Topic == topic && finding.Subject == subject);

    private static List<string> Records(SyncBed bed) =>
        [
            .. new[] { ObjectType.Contacts, ObjectType.Deals, ObjectType.Notes, ObjectType.Tasks }
                .SelectMany(bed.Live)
                .Select(record => $"{record.Id} {record.UpdatedAt:O}"),
        ];

    private static async Task<AccountCheckState> CheckAsync(SyncBed bed) =>
        (await bed.Get<SyncStatusQueries>().StatusAsync(bed.Ada, SyncBed.Cancel)).Check;
}
