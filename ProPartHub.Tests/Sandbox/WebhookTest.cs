using System.Text.Json;
using ProPartHub.HubSpotSandbox.Webhooks;

namespace ProPartHub.Tests.Sandbox;

/// <summary>A sandbox that sends webhooks to a receiver.</summary>
public abstract class WebhookTest : ContractTest
{
    private protected WebhookReceiver Receiver { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        Receiver = await WebhookReceiver.StartAsync();
        await base.InitializeAsync();
        Sandbox.Webhooks.Settings = new WebhookSettings { Target = Receiver.Address };
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Receiver.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Does something and gives the events it caused, which are forgotten afterwards.</summary>
    private protected async Task<IReadOnlyList<JsonElement>> EventsOfAsync(Func<Task> act)
    {
        await Sandbox.Webhooks.WhenQuietAsync(Cancel);
        Receiver.Received.Clear();
        await act();
        await Sandbox.Webhooks.WhenQuietAsync(Cancel);
        return [.. Receiver.Events];
    }

    private protected void Subscribe(params IReadOnlyList<WebhookSubscription> subscriptions) =>
        Sandbox.Webhooks.Settings = new WebhookSettings { Target = Receiver.Address, Subscriptions = subscriptions };
}
