using System.Globalization;
using ProPartHub.HubSpotSandbox.Webhooks;
using Xunit;
using Received = ProPartHub.Domain.HubSpot.Webhooks;

namespace ProPartHub.Tests.Sandbox;

/// <summary>Chapter 4: how events are signed, sent, and sent again.</summary>
public sealed class WebhookDeliveryTests : WebhookTest
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Delivery_IsAPostSignedOverTheAddressAsCalled()
    {
        await EventsOfAsync(() => ContactAsync("a@example.com"));

        var delivery = Receiver.Received.First();
        Assert.Equal("POST", delivery.Method);
        Assert.StartsWith("application/json", delivery.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Equal(44, delivery.Headers["X-HubSpot-Signature-v3"].Length);
        Assert.Equal("v1", delivery.Headers["X-HubSpot-Signature-Version"]);
        Assert.Equal(WebhookSignature.V1(Options.ClientSecret, delivery.Body), delivery.Headers["X-HubSpot-Signature"]);
        // By the portal's own eyes.
        Assert.Equal(Received.WebhookSignatureVerdict.Valid, Verify(delivery));
    }

    [Fact]
    public async Task Failure_IsTriedAgainUpToTenTimesWithin24Hours()
    {
        Receiver.Status = 500;
        var start = Clock.GetUtcNow();

        await EventsOfAsync(() => ContactAsync("a@example.com"));
        for (var retry = 1; retry <= 10; retry++)
        {
            await RetryAsync();
        }

        Assert.Equal(Enumerable.Range(0, 11), Receiver.Received.Select(AttemptNumber));
        Assert.InRange(Clock.GetUtcNow() - start, TimeSpan.FromHours(1), TimeSpan.FromHours(24));
        // The eleventh is the last: nothing waits any more.
        Clock.Advance(TimeSpan.FromHours(48));
        await Sandbox.Webhooks.WhenQuietAsync(Cancel);
        Assert.Equal(11, Receiver.Received.Count);
    }

    [Fact]
    public async Task Retry_IsStampedAndSignedAnew()
    {
        Receiver.Status = 404;
        await EventsOfAsync(() => ContactAsync("a@example.com"));
        await RetryAsync();

        var (first, second) = (Receiver.Received.First(), Receiver.Received.Last());

        Assert.True(second.SentAt > first.SentAt);
        Assert.NotEqual(first.Headers["X-HubSpot-Signature-v3"], second.Headers["X-HubSpot-Signature-v3"]);
        Assert.Equal(Received.WebhookSignatureVerdict.Valid, Verify(second));
        Assert.Equal(
            first.Events.Select(one => one.GetProperty("eventId").GetInt32()),
            second.Events.Select(one => one.GetProperty("eventId").GetInt32())
        );
    }

    [Theory]
    [InlineData(200)]
    [InlineData(204)]
    [InlineData(299)]
    public async Task AnySuccess_EndsIt(int status)
    {
        Receiver.Status = status;

        await EventsOfAsync(() => ContactAsync("a@example.com"));

        Assert.True(Assert.Single(Sandbox.Webhooks.Deliveries).Succeeded);
        Clock.Advance(TimeSpan.FromHours(24));
        await Sandbox.Webhooks.WhenQuietAsync(Cancel);
        Assert.Single(Receiver.Received);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(400)]
    [InlineData(503)]
    public async Task AnythingElse_IsAFailure(int status)
    {
        Receiver.Status = status;

        await EventsOfAsync(() => ContactAsync("a@example.com"));

        Assert.Equal(
            (status, false),
            (Sandbox.Webhooks.Deliveries[0].Status, Sandbox.Webhooks.Deliveries[0].Succeeded)
        );
        await RetryAsync();
    }

    [Fact]
    public async Task Silence_IsAFailureAfterFiveSeconds()
    {
        Receiver.Status = 0;
        await ContactAsync("a@example.com");
        Assert.Equal(AnswerTime, await Clock.NextWaitAsync(AnswerTime));
        await ReceivedAsync(1);

        Clock.Advance(AnswerTime);
        await Sandbox.Webhooks.WhenQuietAsync(Cancel);

        Assert.Null(Assert.Single(Sandbox.Webhooks.Deliveries).Status);
        Receiver.Status = 204;
        await RetryAsync();
        Assert.Equal(1, AttemptNumber(Receiver.Received.Last()));
    }

    [Fact]
    public async Task Deliveries_AreTenAtATime()
    {
        Receiver.Status = 0;
        for (var i = 0; i < 11; i++)
        {
            await ContactAsync($"client{i}@example.com");
            await ReceivedAsync(Math.Min(i + 1, 10));
        }

        // The eleventh is signed only when one of the ten has given up.
        Receiver.Status = 204;
        Clock.Advance(AnswerTime);
        await ReceivedAsync(11);

        var eleventh = Receiver.Received.Single(delivery =>
            delivery.Events.Any(one => one.Text("propertyValue") == "client10@example.com")
        );
        Assert.Equal(Clock.GetUtcNow(), eleventh.SentAt);
    }

    [Fact]
    public async Task Duplicates_AndDisorderCanBeHad()
    {
        Sandbox.Webhooks.Settings = new WebhookSettings
        {
            Target = Receiver.Address,
            Duplicate = true,
            Reorder = true,
            Delay = TimeSpan.FromSeconds(2),
        };
        for (var i = 0; i < 10; i++)
        {
            await ContactAsync($"client{i}@example.com");
        }

        Clock.Advance(TimeSpan.FromSeconds(2));
        await Sandbox.Webhooks.WhenQuietAsync(Cancel);

        Assert.Equal(2, Receiver.Received.Count);
        Assert.Equal(Receiver.Received.First().Body, Receiver.Received.Last().Body);
        var ids = Receiver.Received.First().Events.Select(one => one.GetProperty("objectId").GetInt64()).ToList();
        Assert.NotEqual(ids.Order(), ids);
    }

    private async Task ReceivedAsync(int count)
    {
        while (Receiver.Received.Count < count)
        {
            Cancel.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static int AttemptNumber(ReceivedWebhook delivery) =>
        Assert.Single(delivery.Events.Select(one => one.GetProperty("attemptNumber").GetInt32()).Distinct());

    private Received.WebhookSignatureVerdict Verify(ReceivedWebhook delivery) =>
        Received.WebhookSignature.Verify(
            Options.ClientSecret,
            delivery.Method,
            Receiver.Address.OriginalString,
            System.Text.Encoding.UTF8.GetBytes(delivery.Body),
            delivery.SentAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            delivery.Headers["X-HubSpot-Signature-v3"],
            Clock.GetUtcNow()
        );

    /// <summary>Passes the time until the next attempt and waits for it to be noted.</summary>
    private async Task RetryAsync()
    {
        var attempts = Sandbox.Webhooks.Deliveries.Count;
        Clock.Advance(await Clock.NextWaitAsync(TimeSpan.FromSeconds(30)));
        while (Sandbox.Webhooks.Deliveries.Count == attempts)
        {
            Cancel.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
