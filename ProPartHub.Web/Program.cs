using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Data.Server;
using ProPartHub.Web.Account;
using ProPartHub.Web.Hosting;

if (args is [HealthCommand.Name, .. var health])
{
    return await HealthCommand.RunAsync(health, CancellationToken.None);
}

try
{
    await using var database = await DevelopmentDatabase.OpenAsync(args, CancellationToken.None);
    await using var app = HubApplication.Build(args, database.Configure);
    if (!app.HasCompleteSettings())
    {
        return 1;
    }

    switch (args)
    {
        case ["migrate", ..]:
            await DatabaseStartup.MigrateAsync(
                app.Services.GetRequiredService<IDbContextFactory<HubDbContext>>(),
                CancellationToken.None
            );
            return 0;
        case [CreateAdminCommand.Name, .. var options]:
            return await CreateAdminCommand.RunAsync(app.Services, options, Console.Out, CancellationToken.None);
        case [HubSpotCheck.Name, .. var options]:
            return await HubSpotCheck.RunAsync(app.Services, options, Console.Out, CancellationToken.None);
        case [ImportLegacyCommand.Name, .. var options]:
            return await ImportLegacyCommand.RunAsync(app.Services, options, Console.Out, CancellationToken.None);
        case [VerifyAuditCommand.Name, .. var options]:
            return await VerifyAuditCommand.RunAsync(app.Services, options, Console.Out, CancellationToken.None);
        case [BackupCommand.Name, .. var options]:
            return await BackupCommand.RunAsync(app.Services, options, Console.Out, CancellationToken.None);
        case [VerifyBackupCommand.Name, .. var options]:
            return await VerifyBackupCommand.RunAsync(app.Services, options, Console.Out, CancellationToken.None);
        case [RestoreCommand.Name, .. var options]:
            return await RestoreCommand.RunAsync(app.Services, options, Console.Out, CancellationToken.None);
        default:
            await app.RunAsync();
            return 0;
    }
}
catch (Exception exception) when (WrongSettingException.Is(exception))
{
    Console.Error.WriteLine($"ProPart Hub cannot start; a setting to mend: {exception.Message}");
    return 1;
}
catch (Exception exception)
    when (exception is PostgresUnavailableException or SchemaBehindException or SchemaAheadException)
{
    // What to do stands in the message; a stack trace would only hide it.
    Console.Error.WriteLine(exception.Message);
    return 1;
}
