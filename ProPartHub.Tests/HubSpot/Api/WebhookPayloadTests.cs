using System.Text;
using System.Text.Json;
using ProPartHub.Domain.HubSpot.Webhooks;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Api;

public sealed class WebhookPayloadTests
{
    private const string Change =
        """{"eventId":1431776902,"subscriptionId":3329277,"portalId":49547190,"appId":9393361,"occurredAt":1742214467116,"subscriptionType":"deal.propertyChange","attemptNumber":0,"objectId":90071992547409931,"propertyName":"dealstage","propertyValue":"closedwon","changeSource":"INTEGRATION","sourceId":"9393361"}""";

    [Fact]
    public void Parse_PropertyChange_KeepsEveryDigitAndTheSource()
    {
        var change = Assert.Single(Parse($"[{Change}]"));

        Assert.Equal("deal.propertyChange", change.Kind);
        Assert.Equal(("90071992547409931", 49547190), (change.ObjectId, change.PortalId));
        Assert.Equal(("dealstage", "closedwon"), (change.PropertyName, change.PropertyValue));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1742214467116), change.OccurredAt);
        Assert.Equal(change.AppId, change.SourceId);
    }

    [Fact]
    public void Parse_OldNameOfTheKindAndIdsAsText_AreAccepted()
    {
        var created = Assert.Single(
            Parse("""[{"eventType":"contact.creation","objectId":"123","portalId":"7","changeFlag":"CREATED"}]""")
        );

        Assert.Equal(
            ("contact.creation", "123", 7, "CREATED"),
            (created.Kind, created.ObjectId, created.PortalId, created.ChangeFlag)
        );
        Assert.Null(created.OccurredAt);
    }

    [Fact]
    public void Parse_MergeAndAssociationChange_TellTheRecordsConcerned()
    {
        var events = Parse(
            """
            [{"subscriptionType":"contact.merge","primaryObjectId":1,"mergedObjectIds":[1,"2"],"newObjectId":3,"numberOfPropertiesMoved":9},
             {"subscriptionType":"deal.associationChange","associationType":"DEAL_TO_CONTACT","fromObjectId":5,"toObjectId":6,"associationRemoved":true}]
            """
        );

        Assert.Equal(("1", "3"), (events[0].PrimaryObjectId, events[0].NewObjectId));
        Assert.Equal(["1", "2"], events[0].MergedObjectIds);
        Assert.Equal(
            ("DEAL_TO_CONTACT", "5", "6", true, null),
            (
                events[1].AssociationType,
                events[1].FromObjectId,
                events[1].ToObjectId,
                events[1].AssociationRemoved,
                events[1].ObjectId
            )
        );
    }

    [Fact]
    public void Parse_UnknownKind_IsKeptWhole()
    {
        const string unknown =
            """{"subscriptionType":"object.teleported","objectTypeId":"0-46","objectId":4,"novelty":{"a":[1]}}""";

        var kept = Assert.Single(Parse($"[{unknown}]"));

        Assert.Equal(("object.teleported", "0-46", unknown), (kept.Kind, kept.ObjectTypeId, kept.Raw));
    }

    [Theory]
    [InlineData(@"Квартира \ud83d", "Квартира \ufffd")] // cut within an emoji
    [InlineData(@"\ude00\ud83d\u0000", "\ufffd\ufffd\ufffd")]
    [InlineData(@"\ud83d\ude00 \u00e9", "\ud83d\ude00 \u00e9")]
    [InlineData(@"\\ud83d \\\u0000", @"\ud83d \" + "\ufffd")] // an escaped backslash begins no escape
    [InlineData(@"\ud83d\n\ude00", "\ufffd\n\ufffd")]
    public void Parse_ValueThatIsNoText_IsReadAllTheSame(string json, string expected) =>
        Assert.Equal(expected, Assert.Single(Parse($$"""[{"propertyValue":"{{json}}"}]""")).PropertyValue);

    [Theory]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("\"text\"")]
    [InlineData("[{")]
    public void Parse_NoEvents_IsRefused(string body) => Assert.ThrowsAny<JsonException>(() => Parse(body));

    [Fact]
    public void DedupeKey_AnotherDeliveryOfTheSameEvent_IsTheSame() =>
        Assert.Equal(
            Key(Change),
            Key(Change.Replace("\"attemptNumber\":0", "\"attemptNumber\":6", StringComparison.Ordinal))
        );

    [Theory]
    [InlineData("\"objectId\":90071992547409931", "\"objectId\":90071992547409932")]
    [InlineData("\"propertyName\":\"dealstage\"", "\"propertyName\":\"amount\"")]
    [InlineData("1742214467116", "1742214467117")]
    [InlineData("1431776902", "1431776903")]
    [InlineData("49547190", "49547191")]
    [InlineData("deal.propertyChange", "object.propertyChange")]
    public void DedupeKey_AnotherEvent_Differs(string part, string other) =>
        Assert.NotEqual(Key(Change), Key(Change.Replace(part, other, StringComparison.Ordinal)));

    [Fact]
    public void DedupeKey_AssociationTiedAndUntiedAtOnce_Differs() =>
        Assert.NotEqual(
            Key(
                """{"subscriptionType":"deal.associationChange","fromObjectId":5,"toObjectId":6,"associationRemoved":true}"""
            ),
            Key(
                """{"subscriptionType":"deal.associationChange","fromObjectId":5,"toObjectId":6,"associationRemoved":false}"""
            )
        );

    private static string Key(string element) => Assert.Single(Parse(element)).DedupeKey;

    private static IReadOnlyList<WebhookPayloadEvent> Parse(string body) =>
        WebhookPayload.Parse(Encoding.UTF8.GetBytes(body));
}
