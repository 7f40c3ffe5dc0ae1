using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Domain.People.Accounts;

/// <summary>Removes what nobody needs any more: registrations that were never confirmed, and the record of old mails.</summary>
public sealed partial class AccountHousekeeping(
    HubDatabase database,
    AgentRegistration registration,
    WorkLog work,
    TimeProvider time,
    ILogger<AccountHousekeeping> logger
) : BackgroundService
{
    private static readonly TimeSpan MailsKept = TimeSpan.FromDays(90);
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    /// <summary>Does it now.</summary>
    public async Task TidyAsync(CancellationToken cancellationToken)
    {
        await registration.RemoveExpiredAsync(cancellationToken);
        var before = time.GetUtcNow() - MailsKept;
        await database.InTransactionAsync(
            (db, token) => db.Mails.Where(mail => mail.CreatedAt < before).ExecuteDeleteAsync(token),
            cancellationToken
        );
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        work.Expect(BackgroundWork.Accounts);
        while (true)
        {
            await Task.Delay(Pause, time, stoppingToken);
            try
            {
                await work.RunAsync(BackgroundWork.Accounts, () => TidyAsync(stoppingToken));
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailure(failure);
            }
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Unconfirmed accounts and old mails could not be removed; trying again in an hour"
    )]
    private partial void LogFailure(Exception failure);
}
