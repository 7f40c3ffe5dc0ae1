using System.Text.Json;
using ProPartHub.HubSpotSandbox.Webhooks;
using ProPartHub.Tests.HubSpot.Api;
using Xunit;

namespace ProPartHub.Tests.Sandbox;

/// <summary>Chapter 7: the published signatures, and those derived with HubSpot's own code, as the sandbox makes them.</summary>
public sealed class SignatureVectorTests
{
    private static readonly JsonElement Vectors = TestData.Read("signature-vectors.json");

    public static TheoryData<string> OfVersion1 => Ids("v1");

    public static TheoryData<string> OfVersion3 => Ids("v3");

    [Theory]
    [MemberData(nameof(OfVersion1))]
    public void V1_IsThePublishedOne(string id)
    {
        var vector = Vector(id);

        Assert.Equal(vector.Text("expected"), WebhookSignature.V1(vector.Text("secret")!, vector.Text("body")!));
    }

    [Theory]
    [MemberData(nameof(OfVersion3))]
    public void V3_IsThePublishedOne(string id)
    {
        var vector = Vector(id);

        Assert.Equal(
            vector.Text("expected"),
            WebhookSignature.V3(
                vector.Text("secret")!,
                vector.Text("method")!,
                vector.Text("uri")!,
                vector.Text("body")!,
                vector.Text("timestamp")!
            )
        );
    }

    private static TheoryData<string> Ids(string version) =>
        [.. Genuine().Where(vector => vector.Text("version") == version).Select(vector => vector.Text("id")!)];

    private static JsonElement Vector(string id) => Genuine().Single(vector => vector.Text("id") == id);

    private static IEnumerable<JsonElement> Genuine() =>
        Vectors.GetProperty("published").EnumerateArray().Concat(Vectors.GetProperty("derived").EnumerateArray());
}
