using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProPartHub.Domain.People.Settings;

namespace ProPartHub.Domain.Notifications;

/// <summary>Registers notifications; their mails belong to <see cref="Mail.MailRegistration"/>.</summary>
internal static class NotificationRegistration
{
    public static void AddHubNotifications(this IServiceCollection services)
    {
        services.AddOptions<NotificationOptions>();
        services.TryAddSingleton<NotificationSignal>();
        services.AddSingleton<PersonSettings>();
        services.AddSingleton<NotificationWriter>();
        services.AddSingleton<NotificationMaker>();
        services.AddSingleton<FollowUpReminders>();
        services.AddSingleton<Mentions>();
        services.AddSingleton<NotificationQueries>();
        services.AddSingleton<NotificationReading>();
        services.AddSingleton<NotificationSettings>();
    }
}
