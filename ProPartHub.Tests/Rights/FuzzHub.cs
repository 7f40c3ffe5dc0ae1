using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Mail;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Mail;
using ProPartHub.Web.Hosting;
using Xunit;

namespace ProPartHub.Tests.Rights;

/// <summary>
/// A portal with every way in open: registration, mail, documents, an identity provider, webhooks; without limits of tries,
/// behind which hostile input would never arrive.
/// </summary>
public sealed class FuzzHub : AccountHub, IAsyncLifetime
{
    private readonly DirectoryInfo _documents = Directory.CreateTempSubdirectory("propart-documents-");
    private OpenIdProvider _provider = null!;

    internal Mailbox Mailbox { get; } = new();

    /// <inheritdoc/>
    protected override HubHostOptions Options =>
        base.Options with
        {
            Settings = new Dictionary<string, string?>
            {
                ["Accounts:Registration"] = "true",
                ["Accounts:TriesPerAccountAndMinute"] = "1000",
                ["Accounts:TriesPerAddressAndMinute"] = "100000",
                ["Files:Folder"] = Path.Combine(_documents.FullName, "files"),
                ["SingleSignOn:Authority"] = _provider.Authority,
                ["SingleSignOn:ClientId"] = OpenIdProvider.ClientId,
                ["SingleSignOn:ClientSecret"] = OpenIdProvider.ClientSecret,
            },
            Services = services => services.AddSingleton<IMailTransport>(Mailbox),
        };

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        _provider = await OpenIdProvider.StartAsync();
        await InitializeAsync();
        Host.Services.GetRequiredService<HubSpotWebhookTarget>()
            .Set(new Uri("https://hub.example.com/webhooks/hubspot"), "secret of webhooks");
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _provider.DisposeAsync();
        _documents.Delete(recursive: true);
    }

    /// <summary>Names that no other account has.</summary>
    internal static string NewName(string start) => $"{start}-{Guid.NewGuid():N}"[..20];

    /// <summary>A team's manager.</summary>
    internal async Task<HubUser> AddManagerAsync()
    {
        var team = new Team { Name = NewName("team") };
        await Host.Database.InTransactionAsync(
            (db, _) => Task.FromResult(db.Teams.Add(team)),
            TestContext.Current.CancellationToken
        );
        return await Host.AddUserAsync(NewName("boss"), Password, Role.Manager, user => user.TeamId = team.Id);
    }

    /// <summary>An agent who is not verified, signed in on two devices, with a passkey.</summary>
    internal async Task<HttpClient> AddAgentAsync()
    {
        var user = await Host.AddUserAsync(NewName("agent"), Password, change: row => row.IsVerified = false);
        await Host.Database.InTransactionAsync(
            (HubDbContext db, CancellationToken _) =>
                Task.FromResult(
                    db.Add(
                        new IdentityUserPasskey<Guid>
                        {
                            UserId = user.Id,
                            CredentialId = user.Id.ToByteArray(),
                            Data = new IdentityPasskeyData
                            {
                                PublicKey = [1],
                                Name = "key",
                                CreatedAt = Time.GetUtcNow(),
                                AttestationObject = [1],
                                ClientDataJson = [1],
                            },
                        }
                    )
                ),
            TestContext.Current.CancellationToken
        );
        using var other = await Host.SignInAsync(user.UserName!, Password);
        return await Host.SignInAsync(user.UserName!, Password);
    }
}
