using ProPartHub.Web.Account;
using ProPartHub.Web.Hosting;

var app = HubApplication.Build(args);
if (!app.HasCompleteSettings())
{
    return 1;
}

if (args is [CreateAdminCommand.Name, .. var options])
{
    return await CreateAdminCommand.RunAsync(app.Services, options, Console.Out, CancellationToken.None);
}

await app.RunAsync();
return 0;
