using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Transforms;

namespace ProPartHub.Tests.Scale;

/// <summary>
/// A reverse proxy as an office has one: a cookie keeps a browser on one instance, an instance that is not ready gets nobody,
/// and who was there is taken to another one.
/// </summary>
internal sealed class StickyProxy : IAsyncDisposable
{
    /// <summary>Response header that names the instance.</summary>
    public const string InstanceHeader = "Test-Instance";

    private const string Cluster = "portals";

    private readonly WebApplication _app;

    private StickyProxy(WebApplication app)
    {
        _app = app;
        Address = new(
            app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()
        );
    }

    /// <summary>What browsers open.</summary>
    public Uri Address { get; }

    /// <param name="instances">Addresses by the name that <see cref="InstanceHeader"/> gives.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<StickyProxy> StartAsync(
        IReadOnlyDictionary<string, Uri> instances,
        CancellationToken cancellationToken
    )
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder
            .Services.AddReverseProxy()
            .LoadFromMemory([Route()], [Portals(instances)])
            .AddTransforms(transforms =>
                transforms.AddResponseTransform(answer =>
                {
                    answer.HttpContext.Response.Headers[InstanceHeader] = answer
                        .HttpContext.GetReverseProxyFeature()
                        .ProxiedDestination!.DestinationId;
                    return ValueTask.CompletedTask;
                })
            );
        var app = builder.Build();
        app.MapReverseProxy();
        await app.StartAsync(cancellationToken);
        return new StickyProxy(app);
    }

    public async ValueTask DisposeAsync()
    {
        // Circuits are open through it: they need not be waited for.
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private static RouteConfig Route() =>
        new RouteConfig
        {
            RouteId = "all",
            ClusterId = Cluster,
            Match = new RouteMatch { Path = "/{**all}" },
        }.WithTransformUseOriginalHostHeader();

    private static ClusterConfig Portals(IReadOnlyDictionary<string, Uri> instances) =>
        new()
        {
            ClusterId = Cluster,
            LoadBalancingPolicy = "RoundRobin",
            SessionAffinity = new SessionAffinityConfig
            {
                Enabled = true,
                Policy = "HashCookie",
                FailurePolicy = "Redistribute",
                AffinityKeyName = "portal",
            },
            HealthCheck = new HealthCheckConfig
            {
                Active = new ActiveHealthCheckConfig
                {
                    Enabled = true,
                    Interval = TimeSpan.FromMilliseconds(250),
                    Timeout = TimeSpan.FromSeconds(5),
                    Policy = HealthCheckConstants.ActivePolicy.ConsecutiveFailures,
                    Path = "/health/ready",
                },
            },
            Destinations = instances.ToDictionary(
                one => one.Key,
                one => new DestinationConfig { Address = one.Value.ToString() }
            ),
        };
}
