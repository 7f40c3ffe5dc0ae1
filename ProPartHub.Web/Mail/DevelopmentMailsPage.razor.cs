using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Mail;

namespace ProPartHub.Web.Mail;

/// <summary>The mails that Development did not send; nowhere else does this page exist.</summary>
public sealed partial class DevelopmentMailsPage
{
    private IReadOnlyList<DevelopmentMail>? _mails;

    [Inject]
    private IMailTransport Transport { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override void OnInitialized()
    {
        if (Transport is DevelopmentMails mails)
        {
            _mails = mails.All;
        }
        else
        {
            Navigation.NotFound();
        }
    }
}
