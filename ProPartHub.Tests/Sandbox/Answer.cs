using System.Text.Json;
using Xunit;

namespace ProPartHub.Tests.Sandbox;

/// <summary>An answer as it came over the wire.</summary>
internal sealed record Answer(int Status, JsonElement Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement this[string member] => Body.GetProperty(member);

    public JsonElement Results => Body.GetProperty("results");

    public string Id => Body.GetProperty("id").GetString()!;

    public string Category => Body.Text("category")!;

    public string Message => Body.Text("message")!;

    public static async Task<Answer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        // As they came: reading the content type would tidy it up.
        var headers = response
            .Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        var body = response.Content.Headers.ContentType?.MediaType == "application/json" ? Json(text) : default;
        return new Answer((int)response.StatusCode, body, headers);
    }

    /// <summary>Fails with the whole body when the status is another.</summary>
    public Answer Expect(int status)
    {
        Assert.True(Status == status, $"{Status} in place of {status}: {Body}");
        return this;
    }

    public Answer ExpectError(int status, string? category)
    {
        Expect(status);
        Assert.Equal("error", Body.Text("status"));
        Assert.Equal(category, Body.Text("category"));
        Assert.NotEmpty(Message);
        Assert.Equal(Headers["X-HubSpot-Correlation-Id"], Body.Text("correlationId"));
        return this;
    }

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}

/// <summary>Short words for looking into JSON.</summary>
internal static class JsonReading
{
    /// <summary>Names of the members, sorted, so that a shape can be held as a whole.</summary>
    public static string Members(this JsonElement element) =>
        string.Join(' ', element.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));

    /// <summary>A text member, or null when it is absent or null.</summary>
    public static string? Text(this JsonElement element, string member) =>
        element.TryGetProperty(member, out var value) ? value.GetString() : null;

    public static bool Has(this JsonElement element, string member) => element.TryGetProperty(member, out _);

    /// <summary>The value of an object's property.</summary>
    public static string? Value(this JsonElement record, string property) =>
        record.GetProperty("properties").Text(property);

    public static string[] Ids(this JsonElement results) =>
        [.. results.EnumerateArray().Select(one => one.GetProperty("id").GetString()!)];

    public static JsonElement Find(this JsonElement list, string member, string value) =>
        list.EnumerateArray().Single(one => one.Text(member) == value);
}
