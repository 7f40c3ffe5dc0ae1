using System.Text.Encodings.Web;
using System.Text.Json;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Notifications;
using ProPartHub.Tests.Live;
using ProPartHub.Tests.Notifications;
using ProPartHub.Web.Components.Notifications;
using Xunit;

namespace ProPartHub.Tests.Components.Notifications;

/// <summary>The bell counts what is unread, says what comes, and forgets what was read, whichever way.</summary>
public sealed class NotificationCenterTests : NotificationComponentTest
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public async Task NothingNew_HasNoCount_AndSaysSo()
    {
        SignIn(Bed.Olena);
        var bell = Render<NotificationCenter>();

        await bell.Find(".bell").ClickAsync(new());

        await bell.WaitForElementAsync(".empty-state");
        Assert.Empty(bell.FindAll(".bell-count"));
        Assert.Equal("Сповіщення", bell.Find(".bell").GetAttribute("aria-label"));
    }

    [Fact]
    public async Task WhatComes_IsCounted_SaidPolitely_AndShownByLead()
    {
        SignIn(Bed.Olena);
        var bell = Render<NotificationCenter>();
        await CommentAsync("Перший");
        await CommentAsync("Другий");

        await bell.WaitForAssertionAsync(() => Assert.Equal("2", bell.Find(".bell-count").TextContent));
        Assert.Equal("Сповіщення, 2 непрочитані", bell.Find(".bell").GetAttribute("aria-label"));
        Assert.Contains("Ніна Коваль", bell.Find("[role=status]").TextContent, StringComparison.Ordinal);
        await bell.Find(".bell").ClickAsync(new());
        await bell.WaitForElementAsync(".notice-group");
        Assert.Single(bell.FindAll(".notice-group"));
        Assert.Equal(["Другий", "Перший"], bell.FindAll(".notice-excerpt").Select(text => text.TextContent));
        Assert.Equal($"/leads/{Lead}", bell.Find("a.notice-lead").GetAttribute("href"));
        Assert.Equal("Сьогодні", bell.Find(".notice-day h2").TextContent);
    }

    [Fact]
    public async Task Marked_OneGroupOrAll_IsRead()
    {
        SignIn(Bed.Olena);
        await CommentAsync("Перший");
        var bell = Render<NotificationCenter>();
        await bell.WaitForElementAsync(".bell-count");
        await bell.Find(".bell").ClickAsync(new());
        await bell.WaitForElementAsync(".notice-mark");

        await bell.Find(".notice-mark").ClickAsync(new());
        Signal.Hear(Bed.Olena.UserId.ToString());
        await bell.WaitForAssertionAsync(() => Assert.Empty(bell.FindAll(".bell-count, .notice-dot")));

        await CommentAsync("Другий");
        await bell.WaitForElementAsync(".bell-all");
        Clock.SetUtcNow(Bed.Time.GetUtcNow());
        await bell.Find(".bell-all").ClickAsync(new());
        Signal.Hear(Bed.Olena.UserId.ToString());
        await bell.WaitForAssertionAsync(() => Assert.Empty(bell.FindAll(".bell-count, .notice-dot")));
    }

    [Fact]
    public async Task OpeningTheLead_MarksItsNotifications()
    {
        SignIn(Bed.Olena);
        await CommentAsync("Перший");
        var bell = Render<NotificationCenter>();
        await bell.WaitForElementAsync(".bell-count");

        Services.GetRequiredService<NavigationManager>().NavigateTo($"/leads/{Lead}");

        await Eventually.IsAsync(async () => (await Bed.StoredAsync(Bed.Olena)).Single().ReadAt is not null, Token);
    }

    [Fact]
    public async Task LostLead_TakesItsNotificationsAlong()
    {
        SignIn(Bed.Olena);
        await CommentAsync("Таємниця");
        var bell = Render<NotificationCenter>();
        await bell.WaitForElementAsync(".bell-count");
        await bell.Find(".bell").ClickAsync(new());
        await bell.WaitForElementAsync(".notice-excerpt");

        await Bed.Get<LeadService>().TransferAsync(Bed.Nina, Lead, Bed.Taras.UserId, null, Token);
        await Bed.NotifyAsync(Token);
        Signal.Hear(Bed.Olena.UserId.ToString());

        await bell.WaitForAssertionAsync(() => Assert.Empty(bell.FindAll(".notice-excerpt")));
        Assert.DoesNotContain("Таємниця", bell.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Клієнт", bell.Markup, StringComparison.Ordinal);
        Assert.Empty(bell.FindAll("a.notice-lead"));
    }

    [Fact]
    public async Task WhoeverLooksThroughTheEyes_MarksNothing()
    {
        await CommentAsync("Перший");
        SignIn(Bed.Olena, viewer: Bed.Ada);
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/leads/{Lead}");
        var bell = Render<NotificationCenter>();

        await bell.WaitForElementAsync(".bell-count");
        await bell.Find(".bell").ClickAsync(new());
        await bell.WaitForElementAsync(".notice-group");

        Assert.Empty(bell.FindAll(".notice-mark, .bell-all"));
        Assert.Null((await Bed.StoredAsync(Bed.Olena)).Single().ReadAt);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task Browser_IsToldNames_OnlyWhereThePersonAgreed(bool agreed, bool named)
    {
        await Bed.WishAsync(
            Bed.Olena,
            new()
            {
                NamesClients = agreed,
                Ways = new Dictionary<NotificationKind, NotificationWays>
                {
                    [NotificationKind.CommentAdded] = NotificationWays.Portal | NotificationWays.Browser,
                },
            }
        );
        var module = JSInterop.SetupModule("./Components/Notifications/NotificationCenter.razor.js");
        module.Mode = JSRuntimeMode.Loose;
        SignIn(Bed.Olena);
        var bell = Render<NotificationCenter>();

        await CommentAsync("Перший");

        await Eventually.IsAsync(() => module.Invocations["tell"].Count == 1, Token);
        var told = JsonSerializer.Serialize(module.Invocations["tell"][0].Arguments[0], Readable);
        Assert.Equal(named, told.Contains("Клієнт 1", StringComparison.Ordinal));
        Assert.DoesNotContain("Перший", told, StringComparison.Ordinal);
        Assert.Contains("L-", told, StringComparison.Ordinal);
    }
}
