using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProPartHub.Benchmarks.Circuits;
using ProPartHub.Tests.Live;
using Xunit;

namespace ProPartHub.Tests.Benchmarks;

/// <summary>The headless client against a real Blazor Server, so that a measurement does not measure a mistake.</summary>
public sealed class CircuitClientTests : IAsyncLifetime
{
    private readonly TickerText _text = new();
    private WebApplication _app = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Uri Address => new(_app.Urls.Single() + "/");

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(_text);
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        _app = builder.Build();
        _app.UseAntiforgery();
        _app.MapRazorComponents<TickerRoot>().AddInteractiveServerRenderMode();
        _app.MapGet("/plain", () => "no component here");
        await _app.StartAsync(Cancel);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task ManyRenders_AllArrive_BecauseEachIsAcknowledged()
    {
        var texts = new ConcurrentQueue<string>();
        await using var client = await OpenAsync("", texts);
        Assert.Contains("нічого", texts);

        // Ten unanswered batches would silence the server.
        for (var number = 0; number < 30; number++)
        {
            var stamp = $"Stamp {number:000000}";
            _text.Show(stamp);
            await Eventually.IsAsync(() => texts.Contains(stamp), Cancel);
        }

        Assert.Equal(0, client.Errors);
    }

    [Fact]
    public async Task Disposal_ClosesTheCircuitToo()
    {
        var client = await OpenAsync("", new ConcurrentQueue<string>());
        Assert.Equal(1, _text.Subscribers);

        await client.DisposeAsync();

        await Eventually.IsAsync(() => _text.Subscribers == 0, Cancel);
    }

    [Fact]
    public async Task Batch_TellsAttributesAndHandlers()
    {
        var batches = new ConcurrentQueue<ArrivedBatch>();
        await using var client = await CircuitClient.OpenAsync(
            Address,
            "",
            new CookieContainer(),
            batches.Enqueue,
            Cancel
        );

        var first = Assert.Single(batches, batch => batch.Content.Handlers.Count > 0);
        Assert.Equal("onclick", Assert.Single(first.Content.Handlers).Name);
        Assert.Contains("again", first.Content.Texts);
        Assert.True(first.Bytes > 0);
    }

    [Fact]
    public async Task PageWithoutComponents_IsRefused() =>
        Assert.Contains(
            "no interactive component",
            (
                await Assert.ThrowsAsync<InvalidOperationException>(() =>
                    OpenAsync("plain", new ConcurrentQueue<string>())
                )
            ).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    public void BytesThatAreNoBatch_AreRefused(int length) =>
        Assert.Throws<InvalidDataException>(() =>
            RenderBatchReader.Read(Enumerable.Repeat((byte)0x7F, length).ToArray())
        );

    private Task<CircuitClient> OpenAsync(string path, ConcurrentQueue<string> texts) =>
        CircuitClient.OpenAsync(
            Address,
            path,
            new CookieContainer(),
            batch => batch.Content.Texts.ForEach(texts.Enqueue),
            Cancel
        );
}
