using System.Net;
using System.Text;
using ProPartHub.HubSpotSandbox;
using ProPartHub.HubSpotSandbox.Faults;
using ProPartHub.HubSpotSandbox.Seed;
using Xunit;

namespace ProPartHub.Tests.Sandbox;

/// <summary>Chapter 1 and 5: who may call, and how a refusal looks.</summary>
public sealed class ErrorTests : ContractTest
{
    private protected override SandboxOptions Options =>
        new()
        {
            TimeProvider = Clock,
            Seed = SeedOptions.Empty,
            SearchIndexDelay = TimeSpan.Zero,
            Scopes = ["crm.objects.contacts.read", "crm.objects.contacts.write", "crm.schemas.deals.read"],
        };

    [Theory]
    [InlineData("Bearer wrong")]
    [InlineData("Basic sandbox-access-token")]
    [InlineData("")]
    public async Task BadToken_Is401(string token)
    {
        var refused = (await SendAsync("GET", Contacts, token: token)).ExpectError(401, "INVALID_AUTHENTICATION");

        Assert.StartsWith("Authentication credentials not found.", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/crm/objects/2026-03/companies", "crm.objects.companies.read")]
    [InlineData("GET", "/crm/objects/2026-03/deals", "crm.objects.deals.read")]
    [InlineData("POST", "/crm/objects/2026-03/deals/batch/create", "crm.objects.deals.write")]
    [InlineData("GET", "/crm/owners/2026-03", "crm.objects.owners.read")]
    [InlineData("POST", "/crm/properties/2026-03/contacts", "crm.schemas.contacts.write")]
    [InlineData("POST", "/crm/associations/2026-03/deals/contacts/batch/read", "crm.objects.deals.read")]
    public async Task MissingScope_Is403AndNamed(string method, string path, string scope)
    {
        var refused = (await SendAsync(method, path, method == "POST" ? "{}" : null)).ExpectError(
            403,
            "MISSING_SCOPES"
        );

        Assert.StartsWith(
            "This app hasn't been granted all required scopes to make this call.",
            refused.Message,
            StringComparison.Ordinal
        );
        var detail = Assert.Single(refused["errors"].EnumerateArray());
        Assert.Equal("One or more of the following scopes are required.", detail.Text("message"));
        Assert.Contains(
            scope,
            detail
                .GetProperty("context")
                .GetProperty("requiredGranularScopes")
                .EnumerateArray()
                .Select(one => one.GetString())
        );
    }

    [Theory]
    [InlineData("notes")]
    [InlineData("calls")]
    [InlineData("emails")]
    [InlineData("meetings")]
    [InlineData("tasks")]
    public async Task Activities_NeedTheScopesOfContacts(string type) =>
        (await GetAsync($"/crm/objects/2026-03/{type}")).Expect(200);

    [Fact]
    public async Task AnyOneScope_Suffices()
    {
        (await GetAsync("/crm/pipelines/2026-03/deals")).Expect(200);
        (await GetAsync("/account-info/2026-09/details")).Expect(200);
    }

    [Fact]
    public async Task ExistingContact_IsAConflictThatNamesIt()
    {
        var id = await ContactAsync("a@example.com");

        var refused = await PostAsync(Contacts, """{"properties":{"email":"A@Example.com"}}""");

        Assert.Equal($"Contact already exists. Existing ID: {id}", refused.ExpectError(409, "CONFLICT").Message);
    }

    [Fact]
    public async Task SecondaryEmail_IsAsUniqueAsTheFirst()
    {
        var id = await ContactAsync("a@example.com");
        (
            await PatchAsync(
                $"{Contacts}/{id}",
                """{"properties":{"hs_additional_emails":"b@example.com;c@example.com"}}"""
            )
        ).Expect(200);

        var refused = await PostAsync(Contacts, """{"properties":{"email":"c@example.com"}}""");

        Assert.Equal($"Contact already exists. Existing ID: {id}", refused.ExpectError(409, "CONFLICT").Message);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"properties":[1]}""")]
    [InlineData("null")]
    public async Task BadJson_Is400(string body) =>
        (await PostAsync(Contacts, body)).ExpectError(400, "VALIDATION_ERROR");

    [Fact]
    public async Task OtherContentTypes_Are415()
    {
        using var http = new HttpClient { BaseAddress = Sandbox.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new("Bearer", Options.AccessToken);
        using var text = new StringContent("{}", Encoding.UTF8, "text/plain");

        using var response = await http.PostAsync(new Uri(Contacts, UriKind.Relative), text, Cancel);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task UnknownObjectType_IsRefused() =>
        (await GetAsync("/crm/objects/2026-03/unicorns")).ExpectError(400, "VALIDATION_ERROR");

    [Fact]
    public async Task EveryAnswer_HasACorrelationIdOfItsOwn()
    {
        var ids = new[]
        {
            (await GetAsync(Contacts)).Headers["X-HubSpot-Correlation-Id"],
            (await GetAsync($"{Contacts}/1")).Headers["X-HubSpot-Correlation-Id"],
            (await GetAsync("/crm/objects/2026-03/nothing/here/at/all")).Headers["X-HubSpot-Correlation-Id"],
        };

        Assert.Equal(3, ids.Distinct().Count());
        Assert.All(ids, id => Assert.True(Guid.TryParse(id, out _)));
    }

    [Fact]
    public async Task Answers_AreJsonInUtf8() =>
        Assert.Equal("application/json;charset=utf-8", (await GetAsync(Contacts)).Headers["Content-Type"]);

    [Theory]
    [InlineData(403, "BANNED")]
    [InlineData(401, "INVALID_AUTHENTICATION")]
    [InlineData(423, null)]
    [InlineData(500, null)]
    [InlineData(502, null)]
    [InlineData(503, null)]
    [InlineData(504, null)]
    [InlineData(521, null)]
    [InlineData(524, null)]
    public async Task Faults_LookAsHubSpotsOwn(int status, string? category)
    {
        Sandbox.Faults.Add(new Fault { Status = status, Times = 1 });

        (await GetAsync(Contacts)).ExpectError(status, category);
        (await GetAsync(Contacts)).Expect(200);
    }

    [Fact]
    public async Task AccountOnTheMove_Is477WithSecondsToWait()
    {
        Sandbox.Faults.Add(new Fault { Status = 477, RetryAfter = 3_600 });

        Assert.Equal("3600", (await GetAsync(Contacts)).Expect(477).Headers["Retry-After"]);
    }

    [Fact]
    public async Task ProxyInFront_AnswersInPlainText()
    {
        Sandbox.Faults.Add(new Fault { Status = 429, PlainBody = "error code: 1015" });

        Assert.StartsWith(
            "text/plain",
            (await GetAsync(Contacts)).Expect(429).Headers["Content-Type"],
            StringComparison.Ordinal
        );
    }
}
