using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Benchmarks.Data;

/// <summary>
/// The portal's own composition, built and not started: no web server and nothing in the background, so that what is measured
/// is alone in this process.
/// </summary>
internal static class QuietPortal
{
    public static WebApplication Over(ScratchHub scratch)
    {
        var settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings:Hub"] = scratch.ConnectionString,
            ["Hub:LogFolder"] = "",
            ["HubSpot:UseSandbox"] = "false",
            ["Serilog:MinimumLevel:Default"] = "Warning",
        };
        return HubApplication.Build(
            ["--environment", Environments.Development, "--contentRoot", AppContext.BaseDirectory],
            builder => builder.Configuration.AddInMemoryCollection(settings)
        );
    }
}
