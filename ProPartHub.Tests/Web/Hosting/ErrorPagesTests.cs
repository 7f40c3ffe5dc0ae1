using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ProPartHub.Tests.Web.Hosting;

public sealed class ErrorPagesTests(ErrorPagesTests.FailingHub failing) : IClassFixture<ErrorPagesTests.FailingHub>
{
    private readonly HubServer _hub = failing.Server;

    [Fact]
    public async Task UnknownAddress_IsANotFoundPage_WithAWayOut()
    {
        var (status, html) = await _hub.GetPageAsync("/no/such/page");

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("Такої сторінки немає", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnhandledError_IsAPageWithANumber_AndNoDetails()
    {
        var (status, html) = await _hub.GetPageAsync("/test-throws");

        Assert.Equal(HttpStatusCode.InternalServerError, status);
        Assert.Contains("Щось зламалося в нас", html, StringComparison.Ordinal);
        Assert.Matches("номер: [0-9a-f]{32}", html);
        Assert.DoesNotContain("hunter2", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forbidden_IsAPage()
    {
        var (status, html) = await _hub.GetPageAsync("/test-forbidden");

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("Тут вам закрито", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_ThatAsksForNoHtml_GetsTheBareCode()
    {
        using var client = _hub.Open();
        using var response = await client.GetAsync("/no/such/page", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(0, response.Content.Headers.ContentLength);
    }

    public sealed class FailingHub : IDisposable
    {
        public HubServer Server { get; } = new(services => services.AddTransient<IStartupFilter, FailingPaths>());

        public void Dispose() => Server.Dispose();
    }

    /// <summary>Two addresses that fail, behind everything the portal itself puts in front.</summary>
    private sealed class FailingPaths : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
            app =>
            {
                next(app);
                app.Map("/test-throws", failed => failed.Run(_ => throw new InvalidOperationException("hunter2")));
                app.Map(
                    "/test-forbidden",
                    forbidden =>
                        forbidden.Run(context =>
                        {
                            context.Response.StatusCode = StatusCodes.Status403Forbidden;
                            return Task.CompletedTask;
                        })
                );
            };
    }
}
