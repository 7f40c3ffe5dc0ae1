using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Web.Hosting;
using Xunit;

namespace ProPartHub.Tests.Web;

/// <summary>The whole portal on a loopback port of its own, spoken to over real HTTP.</summary>
public sealed class HubServer : WebApplicationFactory<HubOptions>
{
    private readonly Action<IServiceCollection>? _services;

    public HubServer()
        : this(null) { }

    internal HubServer(Action<IServiceCollection>? services)
    {
        _services = services;
        UseKestrel(0);
        StartServer();
    }

    public Uri Address => ClientOptions.BaseAddress;

    /// <summary>A client that follows no redirects and keeps no cookies: tests look at each answer.</summary>
    public HttpClient Open() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };

    /// <summary>Gets the page as a browser does through a proxy, with the cookies given as "name=value".</summary>
    public async Task<(HttpStatusCode Status, string Html)> GetPageAsync(string path, params string[] cookies)
    {
        using var client = Open();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", "text/html");
        request.Headers.Add("X-Forwarded-Proto", "https");
        if (cookies.Length > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", cookies));
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return (
            response.StatusCode,
            WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
        );
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Staging");
        builder.UseSetting("AllowedHosts", "localhost;127.0.0.1");
        builder.UseSetting("ConnectionStrings:Hub", "Host=127.0.0.1;Database=unused");
        builder.UseSetting("Hub:PublicUrl", "https://hub.example.com");
        builder.UseSetting("Hub:LogFolder", "");
        builder.UseSetting("DataProtection:Unprotected", "true");
        foreach (
            var source in new[]
            {
                "Default",
                "Override:Microsoft",
                "Override:Microsoft.Hosting.Lifetime",
                "Override:System",
            }
        )
        {
            builder.UseSetting($"Serilog:MinimumLevel:{source}", "Fatal");
        }

        // What is looked at here holds for anybody; who may come in is the account tests' matter.
        builder.ConfigureServices(services =>
            services.PostConfigure<AuthorizationOptions>(options => options.FallbackPolicy = null)
        );
        if (_services is not null)
        {
            builder.ConfigureServices(_services);
        }
    }
}
