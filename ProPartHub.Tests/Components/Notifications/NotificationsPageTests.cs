using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Notifications;
using ProPartHub.Tests.Notifications;
using ProPartHub.Web.Components.Notifications;
using Xunit;

namespace ProPartHub.Tests.Components.Notifications;

/// <summary>The page of all notifications: filters and places in the address, never another person's.</summary>
public sealed class NotificationsPageTests : NotificationComponentTest
{
    [Fact]
    public async Task Empty_SaysSo()
    {
        SignIn(Bed.Olena);

        var page = Render<NotificationsPage>();

        await page.WaitForElementAsync(".empty-state");
    }

    [Fact]
    public async Task Filters_StandInTheAddress()
    {
        await CommentAsync("Перший");
        await Bed.Get<NotificationReading>().MarkLeadAsync(Bed.Olena, Lead, Token);
        var stage = await Bed.StageAsync(LeadStatus.Contacted);
        await Bed.Get<LeadService>().MoveAsync(Bed.Nina, Lead, stage, null, Token);
        await Bed.NotifyAsync(Token);
        SignIn(Bed.Olena);
        var page = Render<NotificationsPage>();
        await page.WaitForAssertionAsync(() => Assert.Equal(2, page.FindAll(".notice-row").Count));

        await page.FindAll(".chip")[1].ClickAsync(new());
        await page.WaitForAssertionAsync(() => Assert.Single(page.FindAll(".notice-row")));
        Assert.Contains("етап", page.Find(".notice-said").TextContent, StringComparison.Ordinal);

        await page.Find("select").ChangeAsync(new() { Value = nameof(NotificationKind.CommentAdded) });
        await page.WaitForElementAsync(".empty-state");
        Assert.EndsWith(
            "/notifications?state=unread&kind=CommentAdded",
            Services.GetRequiredService<NavigationManager>().Uri,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task ManyPages_AreWalkedByPlace_EachRowOnce()
    {
        await SeedAsync(120);
        SignIn(Bed.Olena);
        var queries = Bed.Get<NotificationQueries>();
        var seen = new List<Guid>();
        NotificationPlace? after = null;
        do
        {
            var stretch = await queries.PageAsync(Bed.Olena, new(), after, Token);
            seen.AddRange(stretch.Rows.Select(row => row.Id));
            after = stretch.Older is { } older ? NotificationPlace.Read(older.Write()) : null;
        } while (after is not null);

        Assert.Equal(120, seen.Distinct().Count());
        Assert.Equal(120, seen.Count);
        Assert.Equal(100, (await queries.BellAsync(Bed.Olena, Token)).Unread);
        Assert.Empty(await Bed.NoticesAsync(Bed.Taras));
        var page = Render<NotificationsPage>();
        await page.WaitForElementAsync(".notice-pages a[href*=after]");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public async Task APage_CostsTheSameCommands_HoweverMuchItShows(int rows)
    {
        await SeedAsync(rows);
        Bed.Sql.Reset();

        await Bed.Get<NotificationQueries>().PageAsync(Bed.Olena, new(), null, Token);
        await Bed.Get<NotificationQueries>().BellAsync(Bed.Olena, Token);

        Assert.Equal(3, Bed.Sql.Commands.Count);
    }

    // In one instant, so that the key alone decides their order.
    private Task SeedAsync(int rows) =>
        Bed.Get<HubDatabase>()
            .InTransactionAsync(
                (db, _) =>
                {
                    var now = Bed.Time.GetUtcNow();
                    db.Notifications.AddRange(
                        Enumerable
                            .Range(0, rows)
                            .Select(number => new Notification
                            {
                                UserId = Bed.Olena.UserId,
                                Kind = NotificationKind.CommentAdded,
                                Occasion = $"lead:{number}",
                                LeadId = Lead,
                                ActorName = "Хтось",
                                At = now,
                                CreatedAt = now,
                                IsInPortal = true,
                            })
                    );
                    return Task.CompletedTask;
                },
                Token
            );
}
