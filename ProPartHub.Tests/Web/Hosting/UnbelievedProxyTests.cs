using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProPartHub.Web.Hosting;
using Xunit;

namespace ProPartHub.Tests.Web.Hosting;

/// <summary>Behind the framework's own reading of forwarded headers, by which a proxy is believed or not.</summary>
public sealed class UnbelievedProxyTests
{
    private readonly Warnings _warnings = new();

    [Fact]
    public async Task ProxyThatIsNotBelieved_IsNamedOnce()
    {
        var portal = Portal(believed: "10.0.0.1");

        await portal(Request("10.0.0.2"));
        await portal(Request("10.0.0.2"));

        Assert.StartsWith("10.0.0.2 ", Assert.Single(_warnings.Said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProxyThatIsBelieved_AndPlainRequests_AreNot()
    {
        var portal = Portal(believed: "10.0.0.1");
        var forwarded = Request("10.0.0.1");
        var plain = Request("10.0.0.2");
        plain.Request.Headers.Clear();

        await portal(forwarded);
        await portal(plain);

        Assert.True(forwarded.Request.IsHttps);
        Assert.Empty(_warnings.Said);
    }

    private RequestDelegate Portal(string believed)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedProto };
        options.KnownProxies.Add(IPAddress.Parse(believed));
        return new ForwardedHeadersMiddleware(
            new UnbelievedProxy(_ => Task.CompletedTask, _warnings).InvokeAsync,
            NullLoggerFactory.Instance,
            Options.Create(options)
        ).Invoke;
    }

    private static DefaultHttpContext Request(string from) =>
        new()
        {
            Connection = { RemoteIpAddress = IPAddress.Parse(from) },
            Request = { Scheme = "http", Headers = { ["X-Forwarded-Proto"] = "https" } },
        };

    private sealed class Warnings : ILogger<UnbelievedProxy>
    {
        public List<string> Said { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Said.Add(formatter(state, exception));
    }
}
