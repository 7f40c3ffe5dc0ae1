using ProPartHub.Domain.Data;

namespace ProPartHub.Web.Hosting;

internal static class DatabaseHosting
{
    public static void AddHubDatabase(this WebApplicationBuilder builder)
    {
        var options =
            builder.Configuration.GetSection(DatabaseOptions.Section).Get<DatabaseOptions>() ?? new DatabaseOptions();
        builder.Services.AddHubData(
            builder.Configuration.GetConnectionString(DatabaseOptions.ConnectionName) ?? string.Empty,
            options
        );
    }
}
