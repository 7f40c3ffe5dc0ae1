using ProPartHub.HubSpotSandbox.Account;

namespace ProPartHub.HubSpotSandbox.Webhooks;

/// <summary>Gathers the events the account's changes give rise to and sends them off in arrays of up to a hundred.</summary>
public sealed class WebhookDispatcher : IDisposable
{
    private const int LargestDelivery = 100;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly EventFactory _factory;
    private readonly SubscriptionBook _subscriptions = new();
    private readonly WebhookSender _sender;
    private readonly ActivityCount _busy = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Random _random;
    private List<WebhookEvent> _gathered = [];

    internal WebhookDispatcher(HubSpotAccount account, WebhookSender sender)
    {
        _time = account.Options.TimeProvider;
        _factory = new EventFactory(account.Options, _subscriptions);
        _sender = sender;
        _random = new Random(account.Options.Seed.Random);
        Settings = new WebhookSettings { Target = account.Options.WebhookTarget };
        account.Changed += OnChanged;
    }

    /// <summary>Can be replaced at any time; events gathered but not sent keep to the new ones.</summary>
    public WebhookSettings Settings
    {
        get;
        set
        {
            lock (_gate)
            {
                field = value;
                _subscriptions.Chosen = value.Subscriptions;
            }
        }
    }

    public IReadOnlyList<WebhookDelivery> Deliveries => _sender.Deliveries;

    /// <summary>Completes when everything gathered was sent once; failed deliveries may still wait for their retries.</summary>
    public Task WhenQuietAsync(CancellationToken cancellationToken) => _busy.WhenQuietAsync(cancellationToken);

    private void OnChanged(IReadOnlyList<AccountChange> changes)
    {
        lock (_gate)
        {
            if (Settings.Target is null)
                return;

            var isFirst = _gathered.Count == 0;
            _gathered.AddRange(changes.SelectMany(_factory.Events));
            if (isFirst && _gathered.Count > 0)
                _ = SendGatheredAsync(Settings.Delay, _busy.Begin());
        }
    }

    private async Task SendGatheredAsync(TimeSpan delay, IDisposable gathering)
    {
        using (gathering)
        {
            // Off the caller's thread in any case: it holds the account's lock.
            await Task.Yield();
            if (delay > TimeSpan.Zero)
                await Task.Delay(delay, _time, _stop.Token);

            foreach (var delivery in TakeGathered())
                _ = _sender.DeliverAsync(delivery.Target, delivery.Events, _busy.Begin(), _stop.Token);
        }
    }

    private List<(Uri Target, WebhookEvent[] Events)> TakeGathered()
    {
        lock (_gate)
        {
            var events = _gathered.ToArray();
            _gathered = [];
            var settings = Settings;
            if (settings.Target is not { } target)
                return [];

            if (settings.Reorder)
                _random.Shuffle(events);
            var deliveries = events.Chunk(LargestDelivery).Select(chunk => (target, chunk));
            return [.. deliveries.SelectMany(one => Enumerable.Repeat(one, settings.Duplicate ? 2 : 1))];
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }
}
