using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Notifications;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Notifications;

/// <summary>Follow-ups are told when they are due, or the chosen minutes before, and once more when they were forgotten.</summary>
public sealed class FollowUpReminderTests : IAsyncLifetime
{
    private readonly Guid _followUp = Guid.CreateVersion7();
    private HubBed _bed = null!;
    private Guid _lead;
    private DateTimeOffset _due;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private FollowUpService Service => _bed.Get<FollowUpService>();

    public async ValueTask InitializeAsync()
    {
        _bed = await HubBed.CreateAsync(Token);
        _lead = (await _bed.LeadAsync(_bed.Olena, 1)).Id;
        _due = _bed.Time.GetUtcNow().AddHours(3);
        await Service.AddAsync(_bed.Olena, _followUp, _lead, new("Показати віллу", null, _due), Token);
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task AtItsTime_AndAnHourLater_OnceEach()
    {
        Assert.Empty(await AtAsync(_due.AddSeconds(-1)));
        Assert.Equal([NotificationKind.FollowUpDue], await AtAsync(_due));
        Assert.Equal([NotificationKind.FollowUpDue], await AtAsync(_due.AddMinutes(59)));
        Assert.Equal([NotificationKind.FollowUpDue, NotificationKind.FollowUpOverdue], await AtAsync(_due.AddHours(1)));
        Assert.Equal(2, (await AtAsync(_due.AddHours(5))).Count);

        var rows = await _bed.NoticesAsync(_bed.Olena);
        Assert.All(rows, row => Assert.Equal(("Показати віллу", _due, null), (row.Excerpt, row.At, row.ActorName)));
    }

    [Fact]
    public async Task TheChosenMinutesBefore()
    {
        await _bed.WishAsync(_bed.Olena, new() { ReminderMinutes = 30 });

        Assert.Empty(await AtAsync(_due.AddMinutes(-31)));
        Assert.Equal([NotificationKind.FollowUpDue], await AtAsync(_due.AddMinutes(-30)));
        Assert.Single(await AtAsync(_due));
    }

    [Fact]
    public async Task PutOff_IsDueAnew()
    {
        Assert.Single(await AtAsync(_due));
        var later = _due.AddMinutes(30);
        await Service.EditAsync(
            _bed.Olena,
            _followUp,
            new("Показати віллу", null, _due),
            new("Показати віллу", null, later),
            overrule: false,
            Token
        );

        Assert.Single(await AtAsync(_due.AddMinutes(1)));
        Assert.Equal(2, (await AtAsync(later)).Count);
    }

    [Fact]
    public async Task Done_Deleted_AndArchived_AreNotTold()
    {
        await Service.SetDoneAsync(_bed.Olena, _followUp, isDone: true, Token);
        var (deleted, archived) = (Guid.CreateVersion7(), (await _bed.LeadAsync(_bed.Olena, 2)).Id);
        await Service.AddAsync(_bed.Olena, deleted, _lead, new("Зайве", null, _due), Token);
        await Service.DeleteAsync(_bed.Olena, deleted, Token);
        await Service.AddAsync(_bed.Olena, Guid.CreateVersion7(), archived, new("Пізно", null, _due), Token);
        await _bed.Get<LeadService>().ArchiveAsync(_bed.Olena, archived, Token);

        Assert.Empty(await AtAsync(_due.AddHours(2)));
    }

    [Fact]
    public async Task TheLeadsAgentOfThatTime_IsTold_AndTheFormerOneSeesNothingOfIt()
    {
        Assert.Single(await AtAsync(_due));
        await _bed.Get<LeadService>().TransferAsync(_bed.Nina, _lead, _bed.Taras.UserId, null, Token);
        await AtAsync(_due.AddHours(1));

        Assert.Contains(NotificationKind.FollowUpOverdue, await _bed.KindsAsync(_bed.Taras));
        Assert.Empty(await _bed.NoticesAsync(_bed.Olena));
    }

    [Fact]
    public async Task Unwanted_IsNotShown_AndNotAskedAgain()
    {
        await _bed.WishAsync(
            _bed.Olena,
            new()
            {
                Ways = new Dictionary<NotificationKind, NotificationWays>
                {
                    [NotificationKind.FollowUpDue] = NotificationWays.None,
                },
            }
        );

        Assert.Empty(await AtAsync(_due));
        Assert.Empty(await AtAsync(_due.AddMinutes(1)));
        Assert.Single(await _bed.StoredAsync(_bed.Olena));
    }

    [Theory]
    [InlineData("""{"reminderMinutes": 1000000000}""")]
    [InlineData("{}")]
    [InlineData("[]")]
    public async Task SettingsOfAnotherVersion_StopNothing(string json)
    {
        await _bed.ForceWishAsync(_bed.Olena, json);

        Assert.Single(await AtAsync(_due));
    }

    [Fact]
    public async Task Looking_UsesTheIndexOfWhatIsDue()
    {
        var plan = await _bed.ReadAsync(async db =>
        {
            await db.Database.ExecuteSqlRawAsync("SET enable_seqscan = off");
            return await db
                .Database.SqlQueryRaw<string>(
                    """
                    EXPLAIN SELECT id FROM follow_ups WHERE done_at IS NULL AND deleted_at IS NULL
                    AND due_at > now() - interval '2 days' AND due_at <= now() ORDER BY due_at, id LIMIT 500
                    """
                )
                .ToListAsync(Token);
        });

        Assert.Contains("ix_follow_ups_due", string.Join('\n', plan), StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<NotificationKind>> AtAsync(DateTimeOffset moment)
    {
        _bed.Time.SetUtcNow(moment);
        await _bed.Get<FollowUpReminders>().RemindAsync(Token);
        return await _bed.KindsAsync(_bed.Olena);
    }
}
