using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Notifications;

namespace ProPartHub.Domain.Mail;

/// <summary>Registers mail.</summary>
public static class MailRegistration
{
    /// <summary>
    /// Adds the outbox, and the mail server of the settings unless another transport was added before. The sender is for
    /// the web to run, which has the words.
    /// </summary>
    public static IServiceCollection AddHubMail(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<MailOptions>, MailOptionsValidator>();
        services.AddOptions<MailOptions>().BindConfiguration(MailOptions.Section).ValidateOnStart();
        services.TryAddSingleton<IMailTransport, SmtpTransport>();
        services.AddSingleton<MailOutbox>();
        services.AddSingleton<MailQueries>();
        services.AddSingleton<MailRetry>();
        services.AddSingleton<Unsubscription>();
        services.AddSingleton<NotificationMails>();
        services.AddSingleton<MailSignal>();
        services.ConfigureDbContext<HubDbContext>(
            (provider, builder) => builder.AddInterceptors(provider.GetRequiredService<MailSignal>())
        );
        return services;
    }
}
