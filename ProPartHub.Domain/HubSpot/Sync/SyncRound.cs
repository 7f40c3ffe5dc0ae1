using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Contacts;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// One turn of the sync after another: people's edits first, then what HubSpot reports, then what is looked for, then the
/// first import and the nightly comparison, and, while writing is off, what it would do. One thing at a time, so that no
/// two steps disagree about a lead; each step is small, so that an edit waits a moment at most. Only pages of import and
/// comparison are read beside it (<see cref="PagesAhead"/>), since they wait in line behind everybody.
/// </summary>
internal sealed class SyncRound : IAsyncDisposable
{
    private readonly SyncSession _session;
    private readonly CheckStep _check;
    private readonly AccountRefresh _refresh;
    private readonly LeadPushStep _leads;
    private readonly CommentPushStep _comments;
    private readonly FollowUpPushStep _followUps;
    private readonly WebhookStep _webhooks;
    private readonly PollStep _poll;
    private readonly ImportStep _import;
    private readonly CompareStep _compare;
    private readonly PreviewStep _preview;
    private readonly PreviewStore _previews;
    private readonly PagesAhead _ahead;
    private readonly ContactReader _contacts;
    private readonly ContactMirrorStep _mirror;

    /// <summary>A round over a session that was just opened.</summary>
    /// <param name="session">What all steps work with.</param>
    /// <param name="pageArrived">Called, from anywhere, when a page came that a round may take.</param>
    public SyncRound(SyncSession session, Action pageArrived)
    {
        _session = session;
        var outbox = new PushOutbox(session);
        var intake = new LeadIntake(session);
        var notes = new NoteIntake(session);
        var lostTasks = new LostTasks(session);
        var tasks = new FollowUpIntake(session, lostTasks);
        _check = new CheckStep(session);
        _refresh = new AccountRefresh(session);
        var deals = new DealFlow(session, intake, _refresh);
        var contacts = new ContactFlow(session, intake);
        var engagements = new EngagementFlow(session, notes, tasks, new ActivityIntake(session));
        var search = new ContactSearch(session);
        var lost = new LostDeals(session);
        _previews = new PreviewStore(session);
        _preview = new PreviewStep(session, search, lost, _previews);
        _ahead = new PagesAhead(session, new RecordPages(session, deals), pageArrived);
        _contacts = new ContactReader(session, pageArrived);
        _mirror = new ContactMirrorStep(session, _ahead, _contacts);
        var changed = new ChangedRecords(session, deals, contacts, engagements, _previews, _mirror);
        var resolver = new ContactResolver(session, search);
        var creation = new LeadCreation(session, deals, resolver, lost, outbox);
        var update = new LeadUpdate(session, intake, deals, contacts, resolver, outbox);
        _leads = new LeadPushStep(session, outbox, creation, update);
        _comments = new CommentPushStep(session, outbox, notes, new NoteCreation(session));
        _followUps = new FollowUpPushStep(session, outbox, tasks, lostTasks, new TaskWriter(session, outbox));
        _webhooks = new WebhookStep(session, changed);
        _poll = new PollStep(session, changed);
        var pages = new PageIntake(session, deals, engagements, changed);
        _import = new ImportStep(session, _ahead, pages);
        _compare = new CompareStep(session, _ahead, pages, changed);
    }

    /// <summary>Does what is due, a bounded piece of each kind.</summary>
    /// <returns>True when there was anything, so that there may be more.</returns>
    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        await TurnAsync(await AskedAsync(cancellationToken));
        var busy = await _refresh.RunAsync(cancellationToken);
        if (_session.IsOn(SyncPart.Outbound))
        {
            busy |= await _leads.RunAsync(cancellationToken);
            busy |= _session.IsOn(SyncPart.Notes) && await _comments.RunAsync(cancellationToken);
            busy |= _session.IsOn(SyncPart.Tasks) && await _followUps.RunAsync(cancellationToken);
            await _previews.DropAsync(cancellationToken);
        }

        if (_session.IsOn(SyncPart.Inbound))
        {
            busy |= await _webhooks.RunAsync(cancellationToken);
            busy |= await _poll.RunAsync(cancellationToken);
            busy |= await _import.RunAsync(cancellationToken);
            busy |= await _compare.RunAsync(cancellationToken);

            // Leads first: who looks through all contacts can wait for them.
            busy |= _import.IsIdle && await _mirror.RunAsync(cancellationToken);
        }

        if (!_session.IsOn(SyncPart.Outbound))
        {
            busy |= await _preview.RunAsync(cancellationToken);
        }

        return busy;
    }

    /// <summary>While the sync is paused: does only what an admin asks for expressly.</summary>
    public async Task RestAsync(CancellationToken cancellationToken)
    {
        await ForgetAsync();
        await AskedAsync(cancellationToken);
    }

    /// <summary>Waits until no page is on its way any more.</summary>
    /// <returns>True when the next round may find one.</returns>
    public async Task<bool> SettleAsync() => await _ahead.SettleAsync() | await _contacts.SettleAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await ForgetAsync();

    private async Task ForgetAsync()
    {
        await _ahead.ForgetAsync();
        await _contacts.ForgetAsync();
        _mirror.Forget();
    }

    // What was read while other parts were on is not what would be read now.
    private async Task TurnAsync(SyncPart off)
    {
        if (off != _session.Off)
        {
            await ForgetAsync();
            _session.Off = off;
        }
    }

    // A check is made before anything else may fail for the very reason it is asked for.
    private async Task<SyncPart> AskedAsync(CancellationToken cancellationToken)
    {
        await using var db = await _session.ReadAsync(cancellationToken);
        var account = await db
            .HubSpotAccounts.Select(row => new { row.SwitchedOff, IsCheckAsked = row.CheckAskedAt != null })
            .SingleAsync(cancellationToken);
        if (account.IsCheckAsked)
        {
            await _check.RunAsync(cancellationToken);
        }

        return account.SwitchedOff;
    }
}
