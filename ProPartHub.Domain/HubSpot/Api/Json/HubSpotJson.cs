using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>Source-generated JSON of everything that goes to HubSpot and comes back.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(TolerantTextConverter), typeof(TolerantTimeConverter)]
)]
[JsonSerializable(typeof(HubSpotAccount))]
[JsonSerializable(typeof(HubSpotObject))]
[JsonSerializable(typeof(HubSpotObjectPage))]
[JsonSerializable(typeof(HubSpotSearch))]
[JsonSerializable(typeof(BatchReadBody))]
[JsonSerializable(typeof(BatchBody<ObjectBody>))]
[JsonSerializable(typeof(BatchAnswer<HubSpotObject>))]
[JsonSerializable(typeof(BatchBody<AssociationsOfBody>))]
[JsonSerializable(typeof(BatchBody<AssociationPairBody>))]
[JsonSerializable(typeof(BatchAnswer<AssociationsAnswer>))]
[JsonSerializable(typeof(BatchAnswer<AssociationPairAnswer>))]
[JsonSerializable(typeof(ListAnswer<HubSpotProperty>))]
[JsonSerializable(typeof(ListAnswer<HubSpotPipeline>))]
[JsonSerializable(typeof(ListAnswer<HubSpotOwner>))]
[JsonSerializable(typeof(HubSpotPropertyDefinition))]
[JsonSerializable(typeof(HubSpotErrorBody))]
[JsonSerializable(typeof(HubSpotInvalidValue[]))]
internal sealed partial class HubSpotJson : JsonSerializerContext
{
    /// <summary>
    /// The context to use. Letters are sent as they are, not as \u escapes: a Cyrillic text would grow threefold, and a
    /// search body may have 3,000 characters only.
    /// </summary>
    // Made at first use: the order of static initialisers over the parts of a generated class is not defined.
    public static HubSpotJson Http =>
        field ??= new(
            new JsonSerializerOptions(Default.Options!) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );
}
