using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Mail;
using ProPartHub.Web.Account;

namespace ProPartHub.Web.Components.Mail;

/// <summary>What became of the portal's mails, for admins; what they say is shown to nobody.</summary>
public sealed partial class MailsPage
{
    private NumberedPage<MailRow>? _page;
    private bool _hasFailed;

    /// <summary>Present when only what failed is shown.</summary>
    [SupplyParameterFromQuery]
    private string? Failed { get; set; }

    /// <summary>Which page, from 1.</summary>
    [SupplyParameterFromQuery]
    private int? Page { get; set; }

    [Inject]
    private MailQueries Mails { get; set; } = null!;

    [Inject]
    private MailOutbox Outbox { get; set; } = null!;

    [Inject]
    private CurrentActor Actor { get; set; } = null!;

    private bool OnlyFailed => Failed is not null;

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive)
        {
            return;
        }

        try
        {
            _page = await Mails.PageAsync(await Actor.GetAsync(), OnlyFailed, Page ?? 1, CancellationToken.None);
            _hasFailed = false;
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            _hasFailed = true;
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
