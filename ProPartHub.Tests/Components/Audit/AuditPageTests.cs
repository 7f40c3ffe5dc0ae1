using System.Collections.Concurrent;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using NSubstitute;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Audit;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Web.Components.Audit;
using ProPartHub.Web.Localization;
using Xunit;

namespace ProPartHub.Tests.Components.Audit;

/// <summary>The audit's page: rows in words, filters in the address, the state of the seal.</summary>
public sealed class AuditPageTests : HubComponentTest
{
    private readonly IDbContextFactory<HubDbContext> _contexts = Substitute.For<IDbContextFactory<HubDbContext>>();
    private readonly ConcurrentQueue<HubDbContext> _given = new();
    private TaskCompletionSource? _held;
    private HubBed _bed = null!;

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    protected override async Task ArrangeAsync()
    {
        _bed = await HubBed.CreateAsync(Token);
        var real = _bed.Get<IDbContextFactory<HubDbContext>>();
        _contexts
            .CreateDbContextAsync(Arg.Any<CancellationToken>())
            .Returns(async call =>
            {
                await (Interlocked.Exchange(ref _held, null)?.Task ?? Task.CompletedTask);
                var db = await real.CreateDbContextAsync(call.Arg<CancellationToken>());
                _given.Enqueue(db);
                return db;
            });
        Services.AddSingleton(new AuditQueries(new HubDatabase(_contexts, _bed.Time, new())));
        Services.AddScoped<AuditWords>();
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await _bed.DisposeAsync();
    }

    [Fact]
    public async Task Rows_SayWhoWhatAboutWhomFromWhere_BeforeAndAfter()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        _bed.Time.Advance(TimeSpan.FromSeconds(1));
        await RecordAsync(
            SecurityEventKind.RoleChanged,
            ("role before", "Agent"),
            ("role", "Manager"),
            ("hs_new", "x")
        );
        _bed.Time.Advance(TimeSpan.FromSeconds(1));
        await _bed.Get<LeadService>().TransferAsync(_bed.Nina, lead.Id, _bed.Taras.UserId, null, Token);

        var page = Open();

        var rows = page.WaitForElements("tbody tr", 3).Select(row => Words(row.TextContent)).ToList();
        Assert.Contains("Ніна Ковальnina Передано", rows[0], StringComparison.Ordinal);
        Assert.Contains($"L-{lead.Number} Клієнт 1", rows[0], StringComparison.Ordinal);
        Assert.Contains("Відповідальний агент: Олена Гнатюк → Тарас Вовк", rows[0], StringComparison.Ordinal);
        Assert.Contains("Ada Byronada Змінено роль чи команду Олена Гнатюк", rows[1], StringComparison.Ordinal);
        Assert.Contains("Роль: Агент → Менеджер", rows[1], StringComparison.Ordinal);
        Assert.Contains("hs_new: x", rows[1], StringComparison.Ordinal);
        Assert.Contains("2 бер. 2026 11:00:00", rows[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "away 2026-12-17..2026-12-26", "— → відсутність з 17 груд. 2026 до 26 груд. 2026")]
    [InlineData("capacity any", "capacity 5", "лідів скільки завгодно → відкритих лідів щонайбільше 5")]
    public async Task Availability_IsToldInWords(string? before, string after, string expected)
    {
        await RecordAsync(SecurityEventKind.AvailabilityChanged, ("before", before), ("after", after));

        var row = Open().WaitForElement("tbody tr");

        Assert.Contains(expected, Words(row.TextContent), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("uk", "Відмовлено: бракує прав", "Дія: дістатися чужого ліда")]
    [InlineData("en", "Refused: a right was missing", "Act: reach somebody else’s lead")]
    public async Task Refusals_AreFoundByTheirFilter_AndSayWhatWasRefused(string language, string what, string act)
    {
        Speak(language);
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        var refusals = _bed.Get<RefusalLog>();
        await Assert.ThrowsAsync<NotFoundException>(() =>
            _bed.Get<LeadQueries>().DetailsAsync(_bed.James with { Refusals = refusals }, lead.Id, Token)
        );
        await refusals.StoreAsync(Token);

        var page = Open("?kind=refusals");

        var row = Words(Assert.Single(page.WaitForElements("tbody tr")).TextContent);
        Assert.Contains($"James Reedjames {what} L-{lead.Number}", row, StringComparison.Ordinal);
        Assert.Contains(act, row, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("uk")]
    [InlineData("en")]
    public void EveryGuardedAct_HasWords(string language)
    {
        Speak(language);
        var texts = Services.GetRequiredService<IStringLocalizer<AuditTexts>>();

        Assert.All(Enum.GetValues<GuardedAct>(), act => Assert.False(texts[$"Value_{act}"].ResourceNotFound, $"{act}"));
    }

    [Fact]
    public async Task Filters_LiveInTheAddress_AndTheFileTakesThem()
    {
        await _bed.LeadAsync(_bed.Olena, 1);
        var page = Open();
        page.WaitForElement("tbody tr");

        await page.InvokeAsync(() => page.FindAll(".chip")[1].ClickAsync(new()));
        Assert.EndsWith("/admin/audit?kind=logins", Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal("Подій не знайдено", page.WaitForElement(".empty-state h2").TextContent);
        await page.InvokeAsync(() =>
            page.FindAll(".audit-fields select")[0].ChangeAsync(new() { Value = $"{_bed.Olena.UserId}" })
        );
        await page.InvokeAsync(() => page.FindAll(".audit-fields input")[0].ChangeAsync(new() { Value = "l-10001" }));
        await page.InvokeAsync(() =>
            page.FindAll(".audit-fields input")[2].ChangeAsync(new() { Value = "2026-03-01" })
        );

        var expected = $"?actor={_bed.Olena.UserId}&lead=10001&kind=logins&from=2026-03-01";
        Assert.EndsWith("/admin/audit" + expected, Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal(
            "/admin/audit/export" + expected,
            page.Find(".page-header-actions a[download]").GetAttribute("href")
        );
    }

    [Fact]
    public async Task DaysOfTheAddress_AreTheAgencysDays()
    {
        // Half past midnight in Kyiv is the evening before in UTC.
        _bed.Time.SetUtcNow(new DateTimeOffset(2026, 3, 9, 22, 30, 0, TimeSpan.Zero));
        await RecordAsync(SecurityEventKind.SettingChanged);

        Assert.Single(Open("?from=2026-03-10&to=2026-03-10").WaitForElements("tbody tr", 1));
        Open("?to=2026-03-09").WaitForElement(".empty-state");
    }

    [Fact]
    public async Task OlderPages_AreLinked()
    {
        for (var number = 0; number < AuditQueries.PageSize + 1; number++)
        {
            await RecordAsync(SecurityEventKind.SettingChanged);
        }

        var page = Open();
        page.WaitForElements("tbody tr", AuditQueries.PageSize);
        var older = page.FindAll(".list-pages a")[^1].GetAttribute("href")!;

        var next = Open(new Uri(new Uri("http://localhost"), older).Query);
        Assert.Single(next.WaitForElements("tbody tr", 1));
        Assert.Equal("Найновіші", next.Find(".list-pages a").TextContent);
    }

    [Fact]
    public async Task Seal_SaysHowFarAndWhatIsWrong()
    {
        await RecordAsync(SecurityEventKind.SettingChanged);
        Assert.Contains("1 подія чекає", Open().WaitForElement(".audit-seal").TextContent, StringComparison.Ordinal);

        await _bed.SealAsync(Token);
        await _bed.Get<AuditVerification>().VerifyAsync(null, Token);
        var intact = Words(Open().WaitForElement(".audit-seal").TextContent);
        Assert.StartsWith("Запечатано: 1, востаннє 2 бер. 11:00.Перевірено", intact, StringComparison.Ordinal);

        await _bed.ReadAsync(db => db.Database.ExecuteSqlAsync($"DELETE FROM security_events"));
        await _bed.Get<AuditVerification>().VerifyAsync(null, Token);
        Assert.Contains(
            "порушено",
            Open().WaitForElement("[role=alert].audit-seal").TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task DatabaseAway_IsSaid_AndTriedAgain()
    {
        await RecordAsync(SecurityEventKind.SettingChanged);
        await _bed.Database.ShutAsync();
        var page = Open();

        Assert.Equal("Не вдалося прочитати аудит", page.WaitForElement(".empty-state h2").TextContent);
        await _bed.Database.ReopenAsync();
        await page.Find(".empty-state button").ClickAsync(new());
        page.WaitForElement("tbody tr");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OlderQuestion_ThatIsAnsweredLater_IsNotShown(bool isAnswered)
    {
        await RecordAsync(SecurityEventKind.SettingChanged);
        var page = Open();
        page.WaitForElement("tbody tr");
        var held = _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        // Typed twice: the first, which finds nothing, waits for the database, and the second is answered meanwhile.
        await page.InvokeAsync(() => Navigation.NavigateTo("/admin/audit?kind=logins"));
        page.WaitForAssertion(() => Assert.Null(_held));
        await RecordAsync(SecurityEventKind.SettingChanged);
        await page.InvokeAsync(() => Navigation.NavigateTo("/admin/audit?from=2026-03-01"));
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("tbody tr").Count));

        var (renders, given) = (page.RenderCount, _given.Count);
        if (isAnswered)
        {
            held.SetResult();
            // The rows, and then the seal; after both the page has its answer.
            await Live.Eventually.IsAsync(() => _given.Count == given + 2 && IsOver(_given.Last()), Token);
            await page.InvokeAsync(() => { });
        }
        else
        {
            held.SetException(new TimeoutException("no answer"));
            page.WaitForState(() => page.RenderCount > renders);
        }

        Assert.Equal(2, page.FindAll("tbody tr").Count);
    }

    [Fact]
    public void EveryKind_HasWordsInBothLanguages()
    {
        var words = Services.GetRequiredService<AuditWords>();
        foreach (var language in new[] { "uk", "en" })
        {
            Speak(language);
            foreach (var kind in Enum.GetValues<SecurityEventKind>())
            {
                Assert.NotEqual(kind.ToString(), words.What(Row(kind, null)));
            }

            foreach (var kind in Enum.GetValues<LeadEventKind>().Except([LeadEventKind.SyncStateChanged]))
            {
                Assert.DoesNotContain($"_{kind}", words.What(Row(null, kind)), StringComparison.Ordinal);
            }
        }
    }

    private static bool IsOver(HubDbContext db)
    {
        try
        {
            return db.Model is null;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }

    private static AuditRow Row(SecurityEventKind? security, LeadEventKind? lead) =>
        new(new(default, AuditSource.Lead, 1), security, lead, null, null, null, null, null, null, [], null);

    private IRenderedComponent<AuditPage> Open(string query = "")
    {
        SignIn(_bed.Ada);
        Navigation.NavigateTo($"/admin/audit{query}");
        return Render<AuditPage>();
    }

    private static string Words(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private Task RecordAsync(SecurityEventKind kind, params (string Name, string? Value)[] details) =>
        new SecurityLog(_bed.Get<HubDatabase>(), _bed.Time).RecordAsync(
            kind,
            _bed.Ada,
            _bed.Olena.UserId,
            Token,
            details
        );
}
