using System.Globalization;
using System.Text;
using System.Text.Json;
using ProPartHub.Domain.HubSpot.Webhooks;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Api;

public sealed class WebhookSignatureTests
{
    private const string Secret = "11111111-2222-3333-4444-555555555555";
    private const string Uri = "https://hub.example.com/hubspot/webhooks";
    private static readonly DateTimeOffset SentAt = DateTimeOffset.FromUnixTimeMilliseconds(1790000001000);
    private static readonly JsonElement Vectors = TestData.Read("signature-vectors.json");

    public static TheoryData<string> Genuine => Ids("published", "derived");

    public static TheoryData<string> Negative => Ids("negative");

    [Theory]
    [MemberData(nameof(Genuine))]
    public void Verify_GenuineVector_IsValid(string id) =>
        Assert.Equal(WebhookSignatureVerdict.Valid, VerifyVector(Vector(id), "expected"));

    [Theory]
    [MemberData(nameof(Negative))]
    public void Verify_NegativeVector_IsForged(string id) =>
        Assert.Equal(WebhookSignatureVerdict.Forged, VerifyVector(Vector(id), "presented"));

    [Theory]
    [InlineData("v1")]
    [InlineData("v2")]
    public void Verify_SignaturesOfOlderVersions_AreForged(string version)
    {
        var old = Vectors.GetProperty("published").EnumerateArray().Where(v => Text(v, "version") == version).ToList();

        Assert.NotEmpty(old);
        Assert.All(
            old,
            vector =>
                Assert.Equal(
                    WebhookSignatureVerdict.Forged,
                    WebhookSignature.Verify(
                        Text(vector, "secret")!,
                        Text(vector, "method")!,
                        Text(vector, "uri") ?? Uri,
                        Encoding.UTF8.GetBytes(Text(vector, "body")!),
                        "1790000001000",
                        Text(vector, "expected"),
                        SentAt
                    )
                )
        );
    }

    [Theory]
    [InlineData(0, WebhookSignatureVerdict.Valid)]
    [InlineData(299_999, WebhookSignatureVerdict.Valid)]
    [InlineData(300_000, WebhookSignatureVerdict.Valid)]
    [InlineData(300_001, WebhookSignatureVerdict.Expired)]
    [InlineData(-60_000, WebhookSignatureVerdict.Valid)]
    [InlineData(-60_001, WebhookSignatureVerdict.FromFuture)]
    [InlineData(-600_000, WebhookSignatureVerdict.FromFuture)]
    public void Verify_Freshness_IsFiveMinutesBackAndOneAhead(long ageMilliseconds, WebhookSignatureVerdict expected) =>
        Assert.Equal(expected, Verify("1790000001000", Sign("1790000001000"), SentAt.AddMilliseconds(ageMilliseconds)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData(" 1790000001000")]
    [InlineData("+1790000001000")]
    [InlineData("-1")]
    [InlineData("1790000001000.0")]
    [InlineData("99999999999999999999")]
    public void Verify_TimeThatIsNone_IsMalformed(string? timestamp) =>
        Assert.Equal(WebhookSignatureVerdict.Malformed, Verify(timestamp, Sign(timestamp ?? ""), SentAt));

    [Fact]
    public void Verify_SecondsForMilliseconds_IsExpired() =>
        Assert.Equal(WebhookSignatureVerdict.Expired, Verify("1790000001", Sign("1790000001"), SentAt));

    [Theory]
    [InlineData(null, WebhookSignatureVerdict.Malformed)]
    [InlineData("", WebhookSignatureVerdict.Malformed)]
    [InlineData("ні", WebhookSignatureVerdict.Forged)]
    [InlineData("4C0mAdWOHwk1K8ujF7G4nNhgzCj/oofSgfaWz4aXfLc", WebhookSignatureVerdict.Forged)] // padding cut off
    [InlineData("4C0mAdWOHwk1K8ujF7G4nNhgzCj/oofSgfaWz4aXfLd=", WebhookSignatureVerdict.Forged)] // same bytes, other text
    [InlineData("4C0mAdWOHwk1K8ujF7G4nNhgzCj/oofSgfaWz4aXfLc=", WebhookSignatureVerdict.Valid)]
    public void Verify_SignatureText_IsComparedWhole(string? signature, WebhookSignatureVerdict expected) =>
        Assert.Equal(expected, Verify("1790000001000", signature, SentAt));

    [Fact]
    public void Verify_BlankSecret_IsRefused() =>
        Assert.Throws<ArgumentException>(() => WebhookSignature.Verify(" ", "POST", Uri, [], "1", "x", SentAt));

    [Fact]
    public void Compute_EscapesAreResolvedOnce()
    {
        // %253A is an escaped per cent sign and "3A", not a colon; lower-case escapes mean the same as upper-case ones.
        Assert.NotEqual(SignUri("?a=%253A"), SignUri("?a=%3A"));
        Assert.Equal(SignUri("?a=:%2"), SignUri("?a=%3a%2"));
    }

    private static string SignUri(string query) => WebhookSignature.Compute(Secret, "POST", Uri + query, [], "1");

    private static string Sign(string timestamp) => WebhookSignature.Compute(Secret, "POST", Uri, [], timestamp);

    private static WebhookSignatureVerdict Verify(string? timestamp, string? signature, DateTimeOffset now) =>
        WebhookSignature.Verify(Secret, "POST", Uri, [], timestamp, signature, now);

    private static WebhookSignatureVerdict VerifyVector(JsonElement vector, string signature) =>
        WebhookSignature.Verify(
            Text(vector, "secret")!,
            Text(vector, "method")!,
            Text(vector, "uri")!,
            Encoding.UTF8.GetBytes(Text(vector, "body")!),
            Text(vector, "timestamp"),
            Text(vector, signature),
            DateTimeOffset.FromUnixTimeMilliseconds(
                long.Parse(Text(vector, "timestamp")!, CultureInfo.InvariantCulture)
            )
        );

    private static JsonElement Vector(string id) =>
        All("published", "derived", "negative").Single(vector => Text(vector, "id") == id);

    private static TheoryData<string> Ids(params string[] groups) =>
        [.. All(groups).Where(vector => Text(vector, "version") == "v3").Select(vector => Text(vector, "id")!)];

    private static IEnumerable<JsonElement> All(params string[] groups) =>
        groups.SelectMany(group => Vectors.GetProperty(group).EnumerateArray());

    private static string? Text(JsonElement vector, string name) =>
        vector.TryGetProperty(name, out var value) ? value.GetString() : null;
}
