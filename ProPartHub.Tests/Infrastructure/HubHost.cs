using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Domain.People.Sessions;
using ProPartHub.Web.Account;
using ProPartHub.Web.Hosting;
using Xunit;

namespace ProPartHub.Tests.Infrastructure;

/// <summary>How a test wants the portal started.</summary>
public sealed record HubHostOptions
{
    /// <summary>Outside Development the portal listens with HTTPS, since its cookies need it.</summary>
    public string Environment { get; init; } = "Development";

    /// <summary>The clock; the machine's own if null.</summary>
    public TimeProvider? Time { get; init; }

    /// <summary>Settings by full name, such as <c>Accounts:BcryptCost</c>; they stand above the host's own.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>Services added before the portal's own.</summary>
    public Action<IServiceCollection>? Services { get; init; }
}

/// <summary>The real portal, composed as by its program, listening in this process on a free loopback port.</summary>
public sealed class HubHost : IAsyncDisposable
{
    private const int CheapBcrypt = 4;

    private readonly WebApplication _app;

    private HubHost(WebApplication app)
    {
        _app = app;
        BaseAddress = new(
            app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()
        );
    }

    /// <summary>Where it listens.</summary>
    public Uri BaseAddress { get; }

    /// <summary>Its services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Its database.</summary>
    public HubDatabase Database => Services.GetRequiredService<HubDatabase>();

    /// <summary>Starts the portal on a migrated database.</summary>
    public static async Task<HubHost> StartAsync(string connectionString, HubHostOptions? options = null)
    {
        options ??= new();
        var app = HubApplication.Build(
            ["--environment", options.Environment, "--contentRoot", AppContext.BaseDirectory],
            builder => Configure(builder, connectionString, options)
        );
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new HubHost(app);
    }

    /// <summary>A browser's worth of HTTP client: own cookies, redirects not followed, only the host's certificate taken.</summary>
    public HttpClient NewBrowser() =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                CookieContainer = new CookieContainer(),
                SslOptions =
                {
                    RemoteCertificateValidationCallback = (_, shown, _, _) =>
                        shown?.GetCertHashString() == Certificate.Value.GetCertHashString(),
                },
            }
        )
        {
            BaseAddress = BaseAddress,
            DefaultRequestHeaders = { { "Accept", "text/html" } },
        };

    /// <summary>A browser signed in through the log-in page.</summary>
    public async Task<HttpClient> SignInAsync(string name, string password)
    {
        var browser = NewBrowser();
        using var answer = await browser.LogInAsync(name, password);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return browser;
    }

    /// <summary>What a circuit is told of a person's session at its start.</summary>
    public async Task<ClaimsPrincipal> StartSessionAsync(HubUser user)
    {
        await using var scope = Services.CreateAsyncScope();
        var principal = await scope
            .ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<HubUser>>()
            .CreateAsync(user);
        var id = await Services
            .GetRequiredService<UserSessions>()
            .StartAsync(user.Id, SessionMethod.Password, "Test", "test", TestContext.Current.CancellationToken);
        ((ClaimsIdentity)principal.Identity!).AddClaims([
            HubClaims.SignedIn(Services.GetRequiredService<TimeProvider>().GetUtcNow()),
            new Claim(HubClaims.Session, id.ToString()),
        ]);
        return principal;
    }

    /// <summary>Adds an account that can log in.</summary>
    public async Task<HubUser> AddUserAsync(
        string userName,
        string password,
        Role role = Role.Agent,
        Action<HubUser>? change = null
    )
    {
        var user = Services
            .GetRequiredService<AccountCreation>()
            .New(userName, $"Name of {userName}", $"{userName}@people.example.com", role);
        user.PasswordHash = Services.GetRequiredService<IPasswordHasher<HubUser>>().HashPassword(user, password);
        user.Culture = "en";
        change?.Invoke(user);
        await Database.InTransactionAsync(
            (db, _) =>
            {
                db.Users.Add(user);
                return Task.CompletedTask;
            },
            TestContext.Current.CancellationToken
        );
        return user;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static void Configure(WebApplicationBuilder builder, string connectionString, HubHostOptions options)
    {
        var isHttps = options.Environment != "Development";
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["ConnectionStrings:Hub"] = connectionString,
                ["Database:MaxPoolSize"] = "5",
                ["Hub:LogFolder"] = "",
                ["Hub:PrintSetupLink"] = "false",
                ["Hub:DrainSeconds"] = "0",
                ["Hub:WorkDelaySeconds"] = "0",
                ["HubSpot:UseSandbox"] = "false",
                // Tests that keep files name a folder of their own.
                ["Files:Folder"] = "",
                ["Hub:PublicUrl"] = isHttps ? "https://127.0.0.1" : null,
                ["AllowedHosts"] = "127.0.0.1;localhost",
                ["DataProtection:Unprotected"] = "true",
                ["Serilog:MinimumLevel:Default"] = "Fatal",
                ["Serilog:MinimumLevel:Override:Microsoft"] = "Fatal",
                ["Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime"] = "Fatal",
                ["Serilog:MinimumLevel:Override:System"] = "Fatal",
                ["Accounts:BcryptCost"] = $"{CheapBcrypt}",
                // Tests of the second factor say who owes one.
                ["Accounts:SecondFactorFor"] = "Nobody",
                // Every test is one address.
                ["Accounts:TriesPerAddressAndMinute"] = "10000",
            }
        );
        builder.Configuration.AddInMemoryCollection(options.Settings);
        // Style sheets and scripts come from the projects' folders in any environment: nothing is published here.
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => Secure(listen, isHttps))
        );
        if (options.Time is { } time)
        {
            builder.Services.AddSingleton(time);
        }

        options.Services?.Invoke(builder.Services);
    }

    private static void Secure(ListenOptions listen, bool isHttps)
    {
        if (isHttps)
        {
            listen.UseHttps(Certificate.Value);
        }
    }

    private static readonly Lazy<X509Certificate2> Certificate = new(() =>
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(7));
    });
}
