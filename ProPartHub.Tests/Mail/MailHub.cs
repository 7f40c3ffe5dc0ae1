using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Mail;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Mail;

/// <summary>A portal whose mails arrive in a <see cref="Mailbox"/>; agents may register.</summary>
public sealed class MailHub : AccountHub
{
    internal Mailbox Mailbox { get; } = new();

    /// <summary>Where documents of agents are kept.</summary>
    internal DirectoryInfo Documents { get; } = Directory.CreateTempSubdirectory("propart-documents-");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Documents.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    protected override HubHostOptions Options =>
        base.Options with
        {
            Settings = new Dictionary<string, string?>
            {
                ["Accounts:Registration"] = "true",
                ["Files:Folder"] = Path.Combine(Documents.FullName, "files"),
            },
            Services = services => services.AddSingleton<IMailTransport>(Mailbox),
        };

    internal HubHostOptions SameAgain => Options;

    /// <summary>Makes a team with its manager.</summary>
    internal async Task<HubUser> AddManagerAsync(string userName, Action<HubUser>? change = null)
    {
        var team = new Team { Name = $"Team of {userName}" };
        await Host.Database.InTransactionAsync(
            (db, _) => Task.FromResult(db.Teams.Add(team)),
            TestContext.Current.CancellationToken
        );
        return await Host.AddUserAsync(
            userName,
            Password,
            Role.Manager,
            user =>
            {
                user.TeamId = team.Id;
                change?.Invoke(user);
            }
        );
    }
}
