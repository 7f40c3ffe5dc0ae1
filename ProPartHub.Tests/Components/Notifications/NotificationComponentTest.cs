using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Notifications;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Notifications;
using ProPartHub.Web.Components.Notifications;

namespace ProPartHub.Tests.Components.Notifications;

/// <summary>Bell and page over the domain's real services; the test says when the database tells of something.</summary>
public abstract class NotificationComponentTest : HubComponentTest
{
    protected HubBed Bed { get; private set; } = null!;

    protected NotificationSignal Signal { get; } = new();

    protected Guid Lead { get; private set; }

    protected override async Task ArrangeAsync()
    {
        Bed = await HubBed.CreateAsync(Token);
        Bed.Time.SetUtcNow(Clock.GetUtcNow());
        Lead = (await Bed.LeadAsync(Bed.Olena, 1)).Id;
        Services.AddSingleton(Signal);
        Services.AddSingleton(Bed.Get<NotificationQueries>());
        Services.AddSingleton(Bed.Get<NotificationReading>());
        Services.AddSingleton(Bed.Get<NotificationSettings>());
        Services.AddSingleton<NotificationWords>();
    }

    /// <summary>A colleague comments, and the person is told.</summary>
    protected async Task CommentAsync(string text)
    {
        // One instant for two of them would leave their order to chance.
        Bed.Time.Advance(TimeSpan.FromSeconds(1));
        await Bed.CommentAsync(Bed.Nina, Lead, text);
        await Bed.NotifyAsync(Token);
        Signal.Hear(Bed.Olena.UserId.ToString());
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await Bed.DisposeAsync();
    }
}
