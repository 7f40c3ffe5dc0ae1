using System.Text.Json;
using ProPartHub.Tests.HubSpot.Api;
using Xunit;

namespace ProPartHub.Tests.Sandbox;

/// <summary>
/// Real requests that HubSpot answered in 2022, put to the sandbox: its answers have the same status, the same members,
/// the same nulls and the same headers.
/// </summary>
public sealed class RecordedExchangeTests : ContractTest
{
    private static readonly JsonElement Exchanges = TestData.Read("recorded-exchanges.json");

    [Fact]
    public async Task Search_WithARequestedButEmptyProperty()
    {
        await CompanyAsync();

        await SameAsync("search 200 with requested-but-empty property");
    }

    [Fact]
    public Task Search_WithoutResults() => SameAsync("search 200 empty");

    [Theory]
    [InlineData("search 429", true)]
    [InlineData("search 429 without any rate header", false)]
    public async Task Search_TooFast(string name, bool withRateHeaders)
    {
        var request = Exchange(name).GetProperty("request");
        for (var i = 0; i < 5; i++)
        {
            (await PostAsync(request.Text("path")!, request.GetProperty("body").GetRawText())).Expect(200);
        }

        // HubSpot leaves the daily headers out or not, as it likes; the sandbox sends them.
        await SameAsync(name, withRateHeaders: withRateHeaders);
    }

    [Fact]
    public async Task BatchCreate_OfCompaniesAnswersInAnotherOrder()
    {
        var answer = await SameAsync("batch create 201, results not in input order");

        var sent = Exchange("batch create 201, results not in input order")
            .GetProperty("request")
            .GetProperty("body")
            .GetProperty("inputs")
            .EnumerateArray()
            .Select(input => input.Value("domain"))
            .ToList();
        var made = answer.Results.EnumerateArray().Select(one => one.Value("domain")).ToList();
        Assert.NotEqual(sent, made);
        Assert.Equal(sent.Order(StringComparer.Ordinal), made.Order(StringComparer.Ordinal));
    }

    [Fact]
    public Task BatchCreate_OfAContactGivesItsCalculatedProperties() => SameAsync("batch create 201 contact");

    [Fact]
    public async Task BatchUpdate_GivesWhatWasSentAndTheTimes()
    {
        var id = await CompanyAsync();

        await SameAsync("batch update 200", "7945143592", id);
    }

    [Fact]
    public async Task BatchArchive_AnswersNothing()
    {
        var id = await CompanyAsync();

        var answer = await SameAsync("batch archive 204", "7945057905", id);

        Assert.Equal(JsonValueKind.Undefined, answer.Body.ValueKind);
    }

    // As it must have been when the exchanges were recorded.
    private async Task<string> CompanyAsync() => (
            await PostAsync(
                "/crm/v3/objects/companies",
                """
                {"properties":{"name":"John","domain":"grouparoo.demo.com","website":"grouparoo.demo.com","twitterhandle":"DEMO"}}
                """
            )
        ).Expect(201).Id;

    private async Task<Answer> SameAsync(
        string name,
        string recordedId = "",
        string id = "",
        bool withRateHeaders = true
    )
    {
        var exchange = Exchange(name);
        var (request, response) = (exchange.GetProperty("request"), exchange.GetProperty("response"));
        var body = request.GetProperty("body").GetRawText();
        Clock.Advance(TimeSpan.FromMilliseconds(1));

        var answer = await SendAsync(
            request.Text("method")!,
            request.Text("path")!,
            recordedId == "" ? body : body.Replace(recordedId, id, StringComparison.Ordinal)
        );

        Assert.Equal(response.GetProperty("status").GetInt32(), answer.Status);
        if (response.GetProperty("body").ValueKind == JsonValueKind.Object)
        {
            Assert.Equal(Shape(response.GetProperty("body")), Shape(answer.Body));
        }

        var recorded = response.GetProperty("headers").EnumerateObject().Select(header => header.Name);
        var sent = answer.Headers.Keys.Where(header =>
            withRateHeaders || !header.Contains("RateLimit", StringComparison.Ordinal)
        );
        Assert.Equal(HubSpots(recorded), HubSpots(sent));
        return answer;
    }

    private static IEnumerable<string> HubSpots(IEnumerable<string> headers) =>
        headers
            .Where(header => header.StartsWith("X-HubSpot-", StringComparison.OrdinalIgnoreCase))
            .Select(header => header.ToUpperInvariant())
            .Order(StringComparer.Ordinal);

    /// <summary>Members and kinds without the values; the elements of a list count by number and by their shapes.</summary>
    private static string Shape(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object =>
                $"{{{string.Join(' ', element.EnumerateObject().OrderBy(one => one.Name, StringComparer.Ordinal).Select(one => $"{one.Name}:{Shape(one.Value)}"))}}}",
            JsonValueKind.Array =>
                $"{element.GetArrayLength()} of [{string.Join(" | ", element.EnumerateArray().Select(Shape).Distinct().Order(StringComparer.Ordinal))}]",
            _ => element.ValueKind.ToString(),
        };

    private static JsonElement Exchange(string name) => Exchanges.Find("name", name);
}
