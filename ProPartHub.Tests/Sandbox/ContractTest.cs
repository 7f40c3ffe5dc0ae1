using System.Net.Http.Headers;
using System.Text;
using ProPartHub.HubSpotSandbox;
using ProPartHub.HubSpotSandbox.Seed;
using Xunit;

namespace ProPartHub.Tests.Sandbox;

/// <summary>
/// One statement about HubSpot's API after another, held against the sandbox over HTTP: with an empty account, on a clock
/// that stands still, and without the client the portal uses.
/// </summary>
public abstract class ContractTest : IAsyncLifetime
{
    protected const string Contacts = "/crm/objects/2026-03/contacts";
    protected const string Deals = "/crm/objects/2026-03/deals";
    protected const string Notes = "/crm/objects/2026-03/notes";
    protected const string FirstStage = "3204738258";
    protected const string NextStage = "3204738259";
    protected const string LeadPipeline = "2341107958";

    private HttpClient _http = null!;

    private protected SandboxHost Sandbox { get; private set; } = null!;

    private protected ContractClock Clock { get; } = new();

    private protected virtual SandboxOptions Options =>
        new()
        {
            TimeProvider = Clock,
            Seed = SeedOptions.Empty,
            SearchIndexDelay = TimeSpan.Zero,
        };

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync()
    {
        Sandbox = await SandboxHost.StartAsync(Options, Cancel);
        _http = new HttpClient { BaseAddress = Sandbox.BaseAddress };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Options.AccessToken);
    }

    public virtual async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Sandbox.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected Task<Answer> GetAsync(string path) => SendAsync("GET", path);

    private protected Task<Answer> PostAsync(string path, string json) => SendAsync("POST", path, json);

    private protected Task<Answer> PatchAsync(string path, string json) => SendAsync("PATCH", path, json);

    private protected Task<Answer> PutAsync(string path, string? json = null) => SendAsync("PUT", path, json);

    private protected Task<Answer> DeleteAsync(string path) => SendAsync("DELETE", path);

    private protected async Task<Answer> SendAsync(
        string method,
        string path,
        string? json = null,
        string? token = null
    )
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", token);
        }

        using var response = await _http.SendAsync(request, Cancel);
        return await Answer.ReadAsync(response, Cancel);
    }

    /// <summary>Makes a contact and gives its id.</summary>
    private protected async Task<string> ContactAsync(string email, string firstName = "Оксана") =>
        (await PostAsync(Contacts, $$"""{"properties":{"email":"{{email}}","firstname":"{{firstName}}"} }"""))
            .Expect(201)
            .Id;

    /// <summary>Makes a deal and gives its id.</summary>
    private protected async Task<string> DealAsync(string name = "Apartment") =>
        (
            await PostAsync(
                Deals,
                $$"""{"properties":{"dealname":"{{name}}","pipeline":"{{LeadPipeline}}","dealstage":"{{FirstStage}}"} }"""
            )
        )
            .Expect(201)
            .Id;
}
