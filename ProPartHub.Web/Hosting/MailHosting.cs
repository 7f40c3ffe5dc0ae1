using ProPartHub.Domain.Mail;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Domain.People.Verification;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Verification;
using ProPartHub.Web.Mail;

namespace ProPartHub.Web.Hosting;

internal static class MailHosting
{
    /// <summary>
    /// Mails with their words and what sends them. In Development they land on a page of the portal, whatever is set, so
    /// that no copy of real data ever writes to real people.
    /// </summary>
    public static void AddHubMailing(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        if (builder.Environment.IsDevelopment())
        {
            services.AddSingleton<DevelopmentMails>();
            services.AddSingleton<IMailTransport>(provider => provider.GetRequiredService<DevelopmentMails>());
        }

        services.AddSingleton<PortalAddress>();
        services.AddSingleton<NoticeMail>();
        services.AddSingleton<IMailWriter, MailWriter>();
        services.AddHostedService<MailSender>();
        services.AddHostedService(provider => provider.GetRequiredService<PasswordResets>());
        services.AddHostedService(provider => provider.GetRequiredService<AccountHousekeeping>());
        services.AddSingleton<WaitingVerifications>();
        services.AddHostedService<VerificationWatch>();
        services.PostConfigure<AccountOptions>(accounts =>
            accounts.Registration ??= builder.Environment.IsDevelopment()
        );
    }
}
