using System.Globalization;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Boards;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Components.Leads;
using ProPartHub.Web.Components.Boards.Wall;
using ProPartHub.Web.Localization;
using Xunit;

namespace ProPartHub.Tests.Components.Boards;

/// <summary>A wall is left on: after days of leads and changes it keeps no more than after the first.</summary>
public sealed class WallDaysTests : LeadComponentTest
{
    private const int Days = 3;
    private readonly Queue<Guid> _open = [];
    private TimerCount _timers = null!;
    private int _number;

    protected override async Task ArrangeAsync()
    {
        await base.ArrangeAsync();
        var status = new FeedStatus(Clock);
        status.Connected();
        Services.AddSingleton(status);
        Services.AddSingleton<TimeProvider>(_timers = new TimerCount(Clock));
        Bed.Time.SetUtcNow(Clock.GetUtcNow());
    }

    [Fact]
    public async Task Days_LeaveNoMoreThanTheFirst()
    {
        SignIn(Bed.Nina);
        var wall = Render<WallPage>();
        await wall.WaitForElementAsync(".wall-column");
        var kept = new List<Kept>();

        for (var day = 0; day < Days; day++)
        {
            for (var hour = 0; hour < 24; hour++)
            {
                if (hour < 8)
                {
                    await WorkAsync(wall, hour);
                }

                Bed.Sql.Reset();
                Clock.Advance(TimeSpan.FromHours(1));
                Bed.Time.SetUtcNow(Clock.GetUtcNow());
                await ShownAsync(wall, () => Text(wall, "[data-clock]") == Hour());
                // Sixty minutes came in while one was read: they are one reading, and not sixty that wait for one another.
                Assert.InRange(Bed.Sql.Commands.Count, 0, 100);
            }

            await ShownAsync(
                wall,
                () => Text(wall, "[data-figure=new]") == "0" && wall.FindAll(".wall-moment").Count == 0
            );
            kept.Add(await wall.InvokeAsync(() => KeptBy(wall)));
        }

        var columns = wall.FindAll(".wall-column").Count;
        Assert.All(
            kept,
            day =>
            {
                Assert.InRange(day.Cards, 1, columns * BoardQueries.CardsPerPage);
                Assert.InRange(day.Rows, 1, columns * WallPage.CardsShown);
                Assert.InRange(day.Marks, 0, day.Cards);
                Assert.InRange(day.Names, 1, 3);
                Assert.Equal((1, kept[0].Timers), (day.Readers, day.Timers));
            }
        );

        await DisposeComponentsAsync();
        // What the shell's popovers hold stays.
        await Live.Eventually.IsAsync(() => _timers.Open < kept[0].Timers, Token);
        Assert.Equal(0, Feed.Subscribers);
    }

    // Three new leads an hour; what has waited longest goes on, and is won at the end.
    private async Task WorkAsync(IRenderedComponent<WallPage> wall, int hour)
    {
        for (var count = 0; count < 3; count++)
        {
            var agent = ++_number % 2 == 0 ? Bed.Olena : Bed.Taras;
            var lead = await Bed.LeadAsync(agent, _number);
            _open.Enqueue(lead.Id);
            await PublishAsync(lead.Id, LeadEventKind.Created, agent);
        }

        await ShownAsync(wall, () => wall.FindAll(".wall-moment").Count == 1);
        foreach (var status in new[] { LeadStatus.Qualified, LeadStatus.Won })
        {
            if (hour > 1 && _open.TryDequeue(out var lead))
            {
                await Bed.Get<LeadService>().MoveAsync(Bed.Nina, lead, await Bed.StageAsync(status), null, Token);
                await PublishAsync(lead, LeadEventKind.StageChanged, Bed.Nina);
            }
        }

        Clock.Advance(FeedSubscription.Window);
    }

    private Task ShownAsync(IRenderedComponent<WallPage> wall, Func<bool> isShown) =>
        Live.Eventually.IsAsync(
            async () =>
            {
                if (await wall.InvokeAsync(isShown))
                {
                    return true;
                }

                Clock.Advance(TimeSpan.FromMilliseconds(250));
                return false;
            },
            Token
        );

    private string Hour() =>
        Services.GetRequiredService<AgencyTime>().Now.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Text(IRenderedComponent<WallPage> wall, string selector) => wall.Find(selector).TextContent;

    private Kept KeptBy(IRenderedComponent<WallPage> wall)
    {
        var (cards, marks, names) = wall.Instance.Held;
        return new Kept(cards, marks, names, wall.FindAll(".wall-card").Count, Feed.Subscribers, _timers.Open);
    }

    private sealed record Kept(int Cards, int Marks, int Names, int Rows, int Readers, int Timers);
}
