using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Domain.Mail;

/// <summary>
/// Sends what waits in <c>mails</c>. Several instances do so side by side: each takes a mail by moving its next try into
/// the future, in a short transaction that skips rows another one is just taking, so no mail goes out twice unless a
/// process dies between the mail server's "taken" and the note of it.
/// </summary>
public sealed partial class MailSender(
    HubDatabase database,
    MailOutbox outbox,
    IMailWriter writer,
    IMailTransport transport,
    MailSignal signal,
    WorkLog work,
    TimeProvider time,
    ILogger<MailSender> logger
) : BackgroundService
{
    /// <summary>After so long the hub stops trying; by then links in the mail are dead too.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    private static readonly TimeSpan LongestTry = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    // Longer than a try can take: whoever took a mail has it to itself.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(3);

    /// <summary>Takes and sends one mail that is due.</summary>
    /// <returns>False when none is.</returns>
    public async Task<bool> SendNextAsync(CancellationToken cancellationToken)
    {
        if (!transport.IsReady || await TakeAsync(cancellationToken) is not { } mail)
        {
            return false;
        }

        var (failure, isFinal) = await TryAsync(mail, cancellationToken);
        await RecordAsync(mail, failure, isFinal);
        return true;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await work.RunAsync(
                    BackgroundWork.Mails,
                    async () =>
                    {
                        while (await SendNextAsync(stoppingToken)) { }
                    }
                );
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailure(failure);
            }

            await signal.WaitAsync(stoppingToken);
        }
    }

    private Task<OutgoingMail?> TakeAsync(CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                var now = time.GetUtcNow();
                var mail = await db
                    .Mails.FromSql(
                        $"""
                        SELECT * FROM mails
                        WHERE sent_at IS NULL AND given_up_at IS NULL AND next_try_at <= {now}
                        ORDER BY next_try_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
                        """
                    )
                    .SingleOrDefaultAsync(token);
                if (mail is not null)
                {
                    mail.Attempts++;
                    mail.NextTryAt = now + Lease;
                    // Told from one that failed and waits: nobody may ask for another try of a mail under way.
                    mail.Error = null;
                }

                return mail;
            },
            cancellationToken
        );

    private async Task<(string? Failure, bool IsFinal)> TryAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        if (outbox.Open(mail) is not { } facts)
        {
            return ("The keys that protected this mail are gone.", true);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LongestTry);
        try
        {
            await transport.SendAsync(writer.Write(mail, facts), limit.Token);
            return (null, false);
        }
        catch (MailRefusedException refusal)
        {
            return (refusal.Message, true);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ("The mail server did not answer in time.", false);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            LogRefused(mail.Kind, mail.Attempts, failure);
            return (failure.Message, false);
        }
    }

    // Not cancelled with the process: a mail that was sent must be known as sent.
    private Task RecordAsync(OutgoingMail taken, string? failure, bool isFinal) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                var mail = await db.Mails.SingleAsync(row => row.Id == taken.Id, token);
                var now = time.GetUtcNow();
                var next = now + Pause(mail.Attempts);
                mail.Error = ReadableText.Cut(failure, OutgoingMail.ErrorLength);
                if (failure is null)
                {
                    (mail.SentAt, mail.Facts) = (now, null);
                }
                else if (isFinal || next > mail.CreatedAt + Patience)
                {
                    (mail.GivenUpAt, mail.Facts) = (now, null);
                }
                else
                {
                    mail.NextTryAt = next;
                }
            },
            CancellationToken.None
        );

    // 1, 2, 4 … minutes.
    private static TimeSpan Pause(int attempts) =>
        attempts > 6 ? LongestPause : TimeSpan.FromMinutes(1 << (attempts - 1));

    [LoggerMessage(LogLevel.Error, "Mails could not be read; trying again in a moment")]
    private partial void LogFailure(Exception failure);

    [LoggerMessage(LogLevel.Warning, "A mail ({Kind}) could not be sent at try {Attempt}")]
    private partial void LogRefused(MailKind kind, int attempt, Exception failure);
}
