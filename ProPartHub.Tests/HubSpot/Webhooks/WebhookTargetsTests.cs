using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.HubSpot.Webhooks;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Webhooks;

public sealed class WebhookTargetsTests
{
    [Theory]
    [InlineData("deal.propertyChange", null, "50000000001", "deals 50000000001")]
    [InlineData("object.creation", "0-46", "7", "notes 7")]
    [InlineData("ticket.creation", null, "7", null)]
    [InlineData("conversation.newMessage", null, "7", null)]
    [InlineData("", null, null, null)]
    [InlineData("deal.deletion", null, "{\"id\":7}", null)]
    [InlineData("deal.deletion", null, "-7", null)]
    [InlineData("deal.deletion", null, "99999999999999999999", null)]
    public void Event_NamesWhatCanBeReadAgain(string kind, string? type, string? id, string? expected)
    {
        var change = new WebhookPayloadEvent
        {
            Kind = kind,
            ObjectTypeId = type,
            ObjectId = id,
            Raw = "{}",
        };

        Assert.Equal(
            expected is null ? [] : [expected],
            WebhookTargets.Of(change).Select(target => $"{target.Type} {target.Id}")
        );
    }
}
