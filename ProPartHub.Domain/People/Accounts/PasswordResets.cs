using System.Threading.Channels;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Mail;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Domain.People.Accounts;

/// <summary>
/// Mails the link for a new password to whoever forgot the old one. The asking itself does nothing but put the address
/// aside, so that neither its answer nor its duration tells whether there is such an account.
/// </summary>
public sealed partial class PasswordResets(
    HubDatabase database,
    AccountLinks links,
    MailOutbox outbox,
    ILookupNormalizer normalizer,
    WorkLog work,
    TimeProvider time,
    ILogger<PasswordResets> logger
) : BackgroundService
{
    // More than the limits of all callers let through in the time that handling takes.
    private const int Capacity = 1000;

    private readonly Channel<(string Mail, string? Address)> _asked = Channel.CreateBounded<(string, string?)>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true }
    );

    /// <summary>Whether mails leave this portal at all.</summary>
    public bool IsPossible => outbox.IsOpen;

    /// <summary>Takes note of a mail address whose owner asks for a new password.</summary>
    /// <param name="mail">The mail address as typed.</param>
    /// <param name="address">Network address of the caller.</param>
    public void Ask(string mail, string? address) => _asked.Writer.TryWrite((AccountName.Clean(mail), address));

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        work.Expect(BackgroundWork.PasswordResets);
        await foreach (var (mail, address) in _asked.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await work.RunAsync(BackgroundWork.PasswordResets, () => HandleAsync(mail, address, stoppingToken));
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // The person sees no mail come and asks again.
                LogFailure(failure);
            }
        }
    }

    private Task HandleAsync(string mail, string? address, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                var key = normalizer.NormalizeEmail(mail);
                var known = await db.Users.AsNoTracking().FirstOrDefaultAsync(row => row.NormalizedEmail == key, token);
                var user = known is null ? null : await db.Users.LockAsync(known.Id, token);
                var refusal = Refusal(user) ?? (await outbox.IsFullAsync(db, mail, token) ? "too many mails" : null);
                if (refusal is null)
                {
                    outbox.Add(
                        db,
                        MailKind.PasswordReset,
                        user!,
                        new(user!.DisplayName, links.ForOwner(user), user.UserName)
                    );
                }

                db.SecurityEvents.Add(
                    new SecurityEvent
                    {
                        OccurredAt = time.GetUtcNow(),
                        Kind = SecurityEventKind.PasswordResetAsked,
                        UserId = user?.Id,
                        ActorName = mail,
                        Address = address,
                        Details = new Dictionary<string, string?> { ["outcome"] = refusal ?? "mailed" },
                    }
                );
            },
            cancellationToken
        );

    private string? Refusal(HubUser? user) =>
        user switch
        {
            null => "unknown account",
            { IsActive: false } => "account switched off",
            { IsDemo: true } => "demo account",
            _ when Lockout.IsLockedByAdmin(user, time.GetUtcNow()) => "account locked by an admin",
            _ => null,
        };

    [LoggerMessage(LogLevel.Error, "A wish for a new password could not be handled")]
    private partial void LogFailure(Exception failure);
}
