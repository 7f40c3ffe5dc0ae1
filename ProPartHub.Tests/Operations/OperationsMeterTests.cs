using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using ProPartHub.Domain.Backups;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.Mail;
using ProPartHub.Domain.Operations;
using ProPartHub.Domain.Telemetry;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Live;
using Xunit;

namespace ProPartHub.Tests.Operations;

/// <summary>What is scraped, from an instance of the test's own.</summary>
public sealed class OperationsMeterTests : IAsyncLifetime
{
    private readonly ServiceProvider _meters = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly SyncMonitor _sync = new(TimeProvider.System);
    private HubBed _bed = null!;
    private FeedStatus _feed = null!;
    private OperationsReader _reader = null!;
    private OperationsMeter _meter = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bed = await HubBed.CreateAsync(Token);
        _feed = new FeedStatus(_bed.Time);
        _reader = new OperationsReader(
            _bed.Get<HubDatabase>(),
            _bed.Get<BackupShelf>(),
            _bed.Get<BackupPlan>(),
            _sync,
            Microsoft.Extensions.Options.Options.Create(new Domain.Files.HubFileOptions()),
            _bed.Time
        );
        _meter = new OperationsMeter(
            _reader,
            _feed,
            new LeadFeed(_bed.Time, NullLogger<LeadFeed>.Instance),
            _sync,
            _bed.Get<WorkLog>(),
            _meters.GetRequiredService<IMeterFactory>(),
            _bed.Time,
            NullLogger<OperationsMeter>.Instance
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _meter.StopAsync(Token);
        _meter.Dispose();
        _reader.Dispose();
        await _meters.DisposeAsync();
        await _bed.DisposeAsync();
    }

    [Fact]
    public async Task Scrapes_AskNoDatabase_AndAgesGrowBetweenReadings()
    {
        await _bed.Get<HubDatabase>()
            .InTransactionAsync(
                (db, _) =>
                {
                    db.Mails.Add(
                        new OutgoingMail
                        {
                            Address = "olena@example.com",
                            AddressKey = "OLENA@EXAMPLE.COM",
                            Culture = "uk",
                            CreatedAt = _bed.Time.GetUtcNow().AddMinutes(-5),
                        }
                    );
                    return Task.CompletedTask;
                },
                Token
            );
        Assert.Equal(0, Scrape()["propart.database.up"]);

        await StartAsync();
        _bed.Sql.Reset();
        var first = Scrape();
        _bed.Time.Advance(TimeSpan.FromSeconds(10));
        var second = Scrape();

        Assert.Empty(_bed.Sql.Commands);
        Assert.Equal(1, first["propart.database.up"]);
        Assert.Equal(1, first["propart.queue.depth queue=Mails"]);
        Assert.Equal(300, first["propart.queue.oldest.age queue=Mails"]);
        Assert.Equal(310, second["propart.queue.oldest.age queue=Mails"]);
        Assert.Equal(1800, first["propart.queue.patience queue=Mails"]);
        Assert.Equal(1, first["propart.audit.intact"]);
        // Waiting for a person, or for nobody while the exchange is off, is no fault.
        Assert.DoesNotContain("propart.queue.patience queue=Parked", first.Keys);
        Assert.DoesNotContain("propart.queue.patience queue=Pushes", first.Keys);
        Assert.DoesNotContain("propart.hubspot.daily.remaining", first.Keys);
        Assert.Equal(0, first["propart.work.failing work=Operations"]);
    }

    [Fact]
    public async Task Reading_ComesAgainByTheClock()
    {
        await StartAsync();
        _bed.Sql.Reset();

        await Eventually.IsAsync(
            () => _bed.Sql.Commands.Any(sql => sql.Contains("UNION ALL", StringComparison.Ordinal)),
            () => _bed.Time.Advance(OperationsMeter.Interval),
            Token
        );
    }

    [Fact]
    public async Task StatesOfFeedAndSync_AreToldAsTheyAre()
    {
        await StartAsync();
        Assert.Equal(0, Scrape()["propart.feed.connected"]);

        _feed.Connected();
        _sync.Enter(SyncState.Refused, SyncFault.Unauthorized);

        var now = Scrape();
        Assert.Equal(1, now["propart.feed.connected"]);
        Assert.Equal(1, now["propart.sync.state state=Refused"]);
        Assert.Equal(0, now["propart.sync.state state=Running"]);
    }

    private async Task StartAsync()
    {
        await _meter.StartAsync(Token);
        await Eventually.IsAsync(() => _bed.Get<WorkLog>().Read().Any(state => state.SucceededAt is not null), Token);
    }

    private Dictionary<string, double> Scrape()
    {
        var figures = new Dictionary<string, double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, by) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, _meters.GetRequiredService<IMeterFactory>()))
            {
                by.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.Start();
        listener.RecordObservableInstruments();
        return figures;

        void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var name = instrument.Name;
            foreach (var (tag, written) in tags)
            {
                name += $" {tag}={written}";
            }

            figures[name] = value;
        }
    }
}
