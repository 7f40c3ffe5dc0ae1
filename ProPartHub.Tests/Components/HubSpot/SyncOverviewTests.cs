using Bunit;
using Polly.CircuitBreaker;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Tests.Web;
using ProPartHub.Web.Components.HubSpot;
using Xunit;

namespace ProPartHub.Tests.Components.HubSpot;

public sealed class SyncOverviewTests : ComponentTest
{
    private static readonly DateTimeOffset Morning = new(2026, 11, 23, 7, 30, 0, TimeSpan.Zero);

    private static readonly SyncStatus Quiet = new(
        SyncState.Running,
        SyncFault.None,
        Detail: null,
        Since: Morning,
        Holder: "hub-1",
        IsSandbox: true,
        PortalId: 50112233,
        UiDomain: null,
        PausedAt: null,
        SwitchedOff: SyncPart.None,
        HasLeadIds: true,
        Waiting: 0,
        OldestWaiting: null,
        Parked: 0,
        OpenConflicts: 0,
        PullProblems: 0,
        LastPull: Morning,
        LastWebhook: null,
        Check: new(null, null, []),
        Import: [new("deals", 10, 10, IsDone: true)],
        Limiter: null,
        Health: null
    );

    public static TheoryData<SyncState, SyncFault, bool, string, string> States =>
        new()
        {
            { SyncState.Off, SyncFault.None, false, "HubSpot не під’єднано", "Задайте на сервері токен" },
            { SyncState.Waiting, SyncFault.None, false, "З HubSpot синхронізується інший сервер", "з бази" },
            { SyncState.Running, SyncFault.None, false, "Синхронізація працює з 09:30", "в обидва боки" },
            { SyncState.Running, SyncFault.None, true, "Призупинено з 09:30", "«Відновити»" },
            { SyncState.Refused, SyncFault.Unauthorized, false, "HubSpot відмовляє", "не приймає токен" },
            { SyncState.Refused, SyncFault.OtherAccount, false, "HubSpot відмовляє", "іншому акаунту" },
            { SyncState.Failing, SyncFault.Unreachable, false, "HubSpot не відповідає", "немає доступу" },
        };

    [Theory]
    [MemberData(nameof(States))]
    public void Headline_SaysTheState_AndWhatHelps(
        SyncState state,
        SyncFault fault,
        bool isPaused,
        string headline,
        string hint
    )
    {
        var page = Show(Quiet with { State = state, Fault = fault, PausedAt = isPaused ? Morning : null });

        Assert.StartsWith(headline, Text(page, ".overview-state"), StringComparison.Ordinal);
        Assert.Contains(hint, Text(page, ".overview-hint"), StringComparison.Ordinal);
    }

    [Fact]
    public void WritingOff_IsSaidInPlaceOfBothWays_WithTheWayToWhatWaits()
    {
        var running = Quiet with { State = SyncState.Running, PortalId = 1 };
        Assert.Empty(Show(running).FindAll(".overview-off"));

        var page = Show(running with { SwitchedOff = SyncPart.Outbound });

        Assert.Contains("До HubSpot", page.Find(".overview-off").TextContent, StringComparison.Ordinal);
        Assert.Equal(
            ["/admin/sync?view=waiting", "/admin/sync?view=switches"],
            page.FindAll(".overview-off a").Select(link => link.GetAttribute("href"))
        );
        Assert.Empty(page.FindAll(".overview-hint"));
    }

    [Fact]
    public void Fault_IsQuotedInHubSpotsWords()
    {
        var page = Show(Quiet with { State = SyncState.Refused, Fault = SyncFault.Forbidden, Detail = "<b>scope</b>" });

        Assert.Equal("<b>scope</b>", page.Find("q[lang=en]").TextContent);
    }

    [Fact]
    public void Limits_ShowTheDayAndTheWindow()
    {
        var limiter = new HubSpotLimiterSnapshot(
            [new(HubSpotBucket.General, 12, 90, null, new Dictionary<HubSpotPriority, int>())],
            DailyLimit: 250_000,
            DailyRemaining: 249_000,
            Closed: null,
            BackfillHeldUntil: null
        );

        var day = Fact(Show(Quiet with { Limiter = limiter }), "Запитів за добу");

        Assert.Contains("1 000 із 250 000", day, StringComparison.Ordinal);
        Assert.Contains("12 із 90", day, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CircuitState.Closed, false, "Надходять")]
    [InlineData(CircuitState.Closed, true, "Збої з 09:30")]
    [InlineData(CircuitState.HalfOpen, true, "Пробний запит")]
    [InlineData(CircuitState.Open, true, "Зупинено після збоїв з 09:30")]
    public void Answers_SayWhetherTheBreakerIsOpen_AndSinceWhen(CircuitState circuit, bool isFailing, string text)
    {
        var health = new HubSpotHealth(circuit, isFailing ? Morning : null, Morning);

        Assert.StartsWith(
            text,
            Fact(Show(Quiet with { Health = health }), "Відповіді HubSpot"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void MissingProperty_IsAWarning()
    {
        var page = Show(Quiet with { HasLeadIds = false });

        Assert.Contains("немає", page.Find(".fact-bad dd").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_ShowsHowFarItIs_UntilItIsDone()
    {
        var page = Show(
            Quiet with
            {
                Import = [new("deals", 120, 2000, IsDone: false), new("notes", 0, null, IsDone: false)],
            }
        );

        Assert.Equal(
            ["Угоди 120 із 2 000", "Нотатки у черзі"],
            page.FindAll(".import li").Select(line => Plain(line.TextContent))
        );
        Assert.Empty(Show(Quiet).FindAll(".import"));
    }

    private IRenderedComponent<SyncOverview> Show(SyncStatus status) =>
        Render<SyncOverview>(parameters => parameters.Add(page => page.Status, status));

    private static string Fact(IRenderedComponent<SyncOverview> page, string name) =>
        Plain(page.FindAll(".fact").Single(fact => fact.Children[0].TextContent == name).Children[1].TextContent);

    private static string Text(IRenderedComponent<SyncOverview> page, string selector) =>
        Plain(page.Find(selector).TextContent);

    // Figures in Ukrainian have no-break spaces; markup has line breaks.
    private static string Plain(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
