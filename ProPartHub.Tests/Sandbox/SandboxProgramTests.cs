using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProPartHub.HubSpotSandbox;
using ProPartHub.Web.Hosting;
using Xunit;

namespace ProPartHub.Tests.Sandbox;

/// <summary>The sandbox as a process of its own, ended by closing its input as the portal does.</summary>
public sealed class SandboxProgramTests : IDisposable
{
    private const string Mark = "Sandbox listening on ";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("propart-sandbox-");

    private string StateFile => Path.Combine(_folder.FullName, "account.json");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Restart_OnTheSameFileFindsWhatWasWrittenLast()
    {
        var id = await RunAsync(async http =>
        {
            using var body = new StringContent(
                """{"properties":{"firstname":"Ada"}}""",
                Encoding.UTF8,
                "application/json"
            );
            using var made = await http.PostAsync(new Uri("/crm/v3/objects/contacts", UriKind.Relative), body, Cancel);
            return (await Answer.ReadAsync(made, Cancel)).Expect(201).Id;
        });

        var found = await RunAsync(async http =>
        {
            using var read = await http.GetAsync(new Uri($"/crm/v3/objects/contacts/{id}", UriKind.Relative), Cancel);
            return (await Answer.ReadAsync(read, Cancel)).Expect(200);
        });

        Assert.Equal("Ada", found.Body.Value("firstname"));
    }

    [Fact]
    public async Task Portal_NamesTheFileToItsSandbox()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration[HubSpotSandboxProcess.StateFileSetting] = StateFile;
        var settings = new HubSpotSandboxSettings(typeof(SandboxHost).Assembly.Location);
        builder
            .Services.AddSingleton(settings)
            .AddSingleton(new HubSpotWebhookTarget())
            .AddHostedService<HubSpotSandboxProcess>();
        await using var portal = builder.Build();
        await portal.StartAsync(Cancel);
        await settings.Ready.WaitAsync(Cancel);

        await portal.StopAsync(Cancel);

        Assert.True(File.Exists(StateFile));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<T> RunAsync<T>(Func<HttpClient, Task<T>> use)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true };
        string[] arguments =
        [
            typeof(SandboxHost).Assembly.Location,
            "--exit-with-stdin",
            "--StateFile",
            StateFile,
            "--Seed:Contacts",
            "5",
            "--Seed:Deals",
            "5",
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        try
        {
            var line = await process.StandardOutput.ReadLineAsync(Cancel);
            Assert.StartsWith(Mark, line, StringComparison.Ordinal);
            using var http = new HttpClient { BaseAddress = new Uri(line![Mark.Length..]) };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Bearer",
                new SandboxOptions().AccessToken
            );
            var result = await use(http);
            process.StandardInput.Close();
            await process.WaitForExitAsync(Cancel);
            Assert.Equal(0, process.ExitCode);
            return result;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
