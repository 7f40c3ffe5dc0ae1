using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <content>What the portal has and what its people do.</content>
internal sealed partial class SyncBed
{
    public Actor Olena { get; private set; } = null!;

    public Actor Ada { get; private set; } = null!;

    public static LeadInput Input(int number, string name = "Клієнт Новий") =>
        new()
        {
            ClientName = $"{name} {number}",
            Phone = $"+38050{1000000 + number}",
            Email = $"client{number}@example.com",
            Country = "Балі",
            Language = "украинский",
            BudgetFrom = 200_000,
            BudgetTo = 500_000,
        };

    public async Task<Guid> LeadAsync(int number, Action<LeadInput>? change = null)
    {
        var input = Input(number);
        change?.Invoke(input);
        return (await Get<LeadService>().CreateAsync(Olena, input, null, Cancel)).Id;
    }

    /// <summary>A lead that HubSpot has.</summary>
    public async Task<LeadSync> PushedAsync(int number = 1)
    {
        var id = await LeadAsync(number);
        await QuietAsync();
        return await SyncOfAsync(id);
    }

    public async Task EditAsync(Guid leadId, Action<LeadInput> change)
    {
        var opened = LeadInput.From(await LoadAsync(leadId));
        var typed = opened with { };
        change(typed);
        var result = await Get<LeadService>().EditAsync(Ada, leadId, opened, typed, new HashSet<LeadField>(), Cancel);
        Assert.True(result.Saved);
    }

    public async Task<T> ReadAsync<T>(Func<HubDbContext, Task<T>> query)
    {
        await using var db = await Get<HubDatabase>().ReadAsync(Cancel);
        return await query(db);
    }

    public Task<Lead> LoadAsync(Guid leadId) =>
        ReadAsync(db => db.Leads.SingleAsync(lead => lead.Id == leadId, Cancel));

    public Task<LeadSync> SyncOfAsync(Guid leadId) =>
        ReadAsync(db => db.LeadSyncs.SingleAsync(sync => sync.LeadId == leadId, Cancel));

    public Task<int> WaitingAsync() => ReadAsync(db => db.Outbox.CountAsync(entry => entry.ParkedAt == null, Cancel));

    public Task<int> EventsAsync() => ReadAsync(db => db.LeadEvents.CountAsync(Cancel));

    private Task SeedPeopleAsync(bool isDemo)
    {
        var team = new Team { Name = "Північ" };
        Olena = new(Guid.CreateVersion7(), "Олена Гнатюк", Role.Agent, team.Id);
        Ada = new(Guid.CreateVersion7(), "Ada Byron", Role.Admin, null);
        return Get<HubDatabase>()
            .InTransactionAsync(
                (db, _) =>
                {
                    db.Teams.Add(team);
                    foreach (
                        var (actor, login, mail) in new[]
                        {
                            // Equal to an owner of the sandbox's account: the two are linked by themselves.
                            (Olena, "olena", "olena@propart.example.com"),
                            (Ada, "ada", "ada@example.com"),
                        }
                    )
                    {
                        db.Users.Add(
                            new HubUser
                            {
                                Id = actor.UserId,
                                UserName = login,
                                NormalizedUserName = login.ToUpperInvariant(),
                                Email = mail,
                                NormalizedEmail = mail.ToUpperInvariant(),
                                DisplayName = actor.Name,
                                Role = actor.Role,
                                TeamId = actor.TeamId,
                                CreatedAt = Clock.GetUtcNow(),
                                IsDemo = isDemo,
                            }
                        );
                    }

                    return Task.CompletedTask;
                },
                Cancel
            );
    }
}
