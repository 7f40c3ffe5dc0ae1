using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Mail;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Web.Components.Mail;

/// <summary>What became of the portal's mails, for admins; what they say is shown to nobody.</summary>
public sealed partial class MailsPage : IDisposable
{
    private readonly PageLife _closed = new();
    private ReaderSubscription? _changes;
    private LateRefresh? _later;
    private NumberedPage<MailRow>? _page;
    private (bool, int)? _read;
    private string? _said;
    private bool _hasFailed;
    private bool _isActing;

    /// <summary>Present when only what failed is shown.</summary>
    [SupplyParameterFromQuery]
    private string? Failed { get; set; }

    /// <summary>Which page, from 1.</summary>
    [SupplyParameterFromQuery(Name = "page")]
    private string? PageText { get; set; }

    [Inject]
    private MailQueries Mails { get; set; } = null!;

    [Inject]
    private MailRetry Retry { get; set; } = null!;

    [Inject]
    private MailSignal Signal { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private MailOutbox Outbox { get; set; } = null!;

    [Inject]
    private CurrentActor Actor { get; set; } = null!;

    private int Number => PageNumber.Read(PageText);

    private bool OnlyFailed => Failed is not null;

    /// <inheritdoc/>
    public void Dispose()
    {
        _changes?.Dispose();
        _closed.Cancel();
        _closed.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || _read == (OnlyFailed, Number))
        {
            return;
        }

        (_read, _page, _said) = ((OnlyFailed, Number), null, null);
        _later ??= new LateRefresh(Time, RefreshAsync, _closed.Token);
        _changes ??= new ReaderSubscription(
            handler => Signal.Changed += handler,
            handler => Signal.Changed -= handler,
            () => _ = InvokeAsync(_later.AskAsync)
        );
        await ReadAsync();
    }

    private async Task RefreshAsync()
    {
        await ReadAsync();
        StateHasChanged();
    }

    // Filters may be set faster than the database answers: only the answer to the latest question shows.
    private async Task ReadAsync()
    {
        var asked = _read;
        try
        {
            var page = await Mails.PageAsync(await Actor.GetAsync(), OnlyFailed, Number, _closed.Token);
            if (asked == _read)
            {
                (_page, _hasFailed) = (page, false);
            }
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page is closed.
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            _hasFailed = true;
        }
    }

    private async Task TryNowAsync(MailRow mail)
    {
        _isActing = true;
        try
        {
            var isDue = await Retry.TryNowAsync(await Actor.GetAsync(), mail.Id, CancellationToken.None);
            _said = T[isDue ? "List_Tried" : "List_TooLate", mail.Address];
            await ReadAsync();
        }
        catch (Exception exception)
            when (exception is NotFoundException or ForbiddenException || DatabaseOutage.Is(exception))
        {
            _said = T["List_NotTried"];
        }
        finally
        {
            _isActing = false;
        }
    }

    private string State(MailRow mail) =>
        mail switch
        {
            { SentAt: not null } => T["State_Sent"],
            { GivenUpAt: not null } => T["State_GivenUp", mail.Attempts],
            { Error: not null } => T["State_Failing", mail.Attempts, Clock.Moment(mail.NextTryAt)],
            _ => T["State_Waiting"],
        };

    private static string Address(bool failed, int page) =>
        (failed, page) switch
        {
            (false, 1) => "/admin/mails",
            (true, 1) => "/admin/mails?failed=1",
            (false, _) => $"/admin/mails?page={page}",
            _ => $"/admin/mails?failed=1&page={page}",
        };
}
