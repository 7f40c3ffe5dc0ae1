using System.Text.Json;
using ProPartHub.HubSpotSandbox.Objects;
using ProPartHub.HubSpotSandbox.Webhooks;
using Xunit;

namespace ProPartHub.Tests.Sandbox;

/// <summary>Chapter 4: what an event looks like, and which subscription it belongs to.</summary>
public sealed class WebhookEventTests : WebhookTest
{
    [Fact]
    public async Task Creation_HasTheseMembersAndNumbersForIds()
    {
        Subscribe(new WebhookSubscription("contact.creation"));

        var created = Assert.Single(await EventsOfAsync(() => ContactAsync("a@example.com")));

        Assert.Equal(
            "appId attemptNumber changeFlag changeSource eventId objectId occurredAt portalId sourceId subscriptionId "
                + "subscriptionType",
            created.Members()
        );
        Assert.Equal(("contact.creation", "CREATED"), (created.Text("subscriptionType"), created.Text("changeFlag")));
        Assert.Equal(50_000_000_001, created.GetProperty("objectId").GetInt64());
        Assert.Equal(50112233, created.GetProperty("portalId").GetInt64());
        Assert.Equal(0, created.GetProperty("attemptNumber").GetInt32());
        Assert.Equal(Clock.GetUtcNow().ToUnixTimeMilliseconds(), created.GetProperty("occurredAt").GetInt64());
    }

    [Fact]
    public async Task OwnWrites_ComeBackWithTheAppAsSource()
    {
        var created = (await EventsOfAsync(() => ContactAsync("a@example.com")))[0];

        Assert.Equal("INTEGRATION", created.Text("changeSource"));
        Assert.Equal(created.GetProperty("appId").GetRawText(), created.Text("sourceId"));
    }

    [Fact]
    public async Task WritesOfPeople_NameTheUser()
    {
        var id = await DealAsync();

        var moved = await EventsOfAsync(() => Task.Run(() => Sandbox.HeadOffice.MoveStage(id, NextStage), Cancel));

        var change = Assert.Single(moved);
        Assert.Equal("CRM_UI", change.Text("changeSource"));
        Assert.Matches("^userId:[0-9]+$", change.Text("sourceId"));
    }

    [Fact]
    public async Task PropertyChange_TellsTheNewValueAsText()
    {
        var id = await DealAsync();
        Subscribe(new WebhookSubscription("deal.propertyChange", PropertyName: "amount"));

        var events = await EventsOfAsync(() =>
            PatchAsync($"{Deals}/{id}", """{"properties":{"amount":"250000","dealname":"Villa"}}""")
        );

        // One subscription is for one property.
        var change = Assert.Single(events);
        Assert.Equal(("amount", "250000"), (change.Text("propertyName"), change.Text("propertyValue")));
        Assert.Equal("deal.propertyChange", change.Text("subscriptionType"));
    }

    [Fact]
    public async Task PropertyChange_IsNotToldWithoutAChange()
    {
        var id = await ContactAsync("a@example.com", "Ada");

        Assert.Empty(
            await EventsOfAsync(() => PatchAsync($"{Contacts}/{id}", """{"properties":{"firstname":"Ada"}}"""))
        );
    }

    [Fact]
    public async Task ModifiedTime_IsNeverTold()
    {
        var id = await ContactAsync("a@example.com");
        Clock.Advance(TimeSpan.FromMinutes(1));

        var events = await EventsOfAsync(() =>
            PatchAsync($"{Contacts}/{id}", """{"properties":{"firstname":"Анна"}}""")
        );

        Assert.Equal(["firstname"], events.Select(one => one.Text("propertyName")));
    }

    [Fact]
    public async Task DeletionAndRestore_AreTold()
    {
        var id = await DealAsync();

        var deleted = Assert.Single(await EventsOfAsync(() => DeleteAsync($"{Deals}/{id}")));
        Assert.Equal(("deal.deletion", "DELETED"), (deleted.Text("subscriptionType"), deleted.Text("changeFlag")));

        var restored = await EventsOfAsync(() =>
            Task.Run(() => Sandbox.HeadOffice.Restore(ObjectType.Deals, id), Cancel)
        );
        Assert.Equal("deal.restore", Assert.Single(restored).Text("subscriptionType"));
    }

    [Fact]
    public async Task Merge_NamesOldAndNewIds()
    {
        var (primary, other) = (await ContactAsync("a@example.com"), await ContactAsync("b@example.com"));

        var events = await EventsOfAsync(() =>
            PostAsync($"{Contacts}/merge", $$"""{"primaryObjectId":"{{primary}}","objectIdToMerge":"{{other}}"}""")
        );

        var merge = events.Single(one => one.Text("subscriptionType") == "contact.merge");
        Assert.Equal(primary, merge.GetProperty("primaryObjectId").GetRawText());
        Assert.Equal([other], merge.GetProperty("mergedObjectIds").EnumerateArray().Select(one => one.GetRawText()));
        var survivor = merge.GetProperty("newObjectId").GetRawText();
        Assert.Equal(survivor, (await GetAsync($"{Contacts}/{primary}")).Id);
        Assert.True(merge.GetProperty("numberOfPropertiesMoved").GetInt32() >= 0);
    }

    [Fact]
    public async Task Association_IsToldFromBothSidesWithoutAnObjectId()
    {
        var (contact, deal) = (await ContactAsync("a@example.com"), await DealAsync());

        var linked = await EventsOfAsync(() => PutAsync($"{Contacts}/{contact}/associations/default/deals/{deal}"));

        Assert.Equal(
            ["contact.associationChange", "deal.associationChange"],
            linked.Select(one => one.Text("subscriptionType")!).Order(StringComparer.Ordinal)
        );
        var fromContact = linked.Single(one => one.Text("associationType") == "CONTACT_TO_DEAL");
        Assert.False(fromContact.Has("objectId"));
        Assert.Equal(contact, fromContact.GetProperty("fromObjectId").GetRawText());
        Assert.Equal(deal, fromContact.GetProperty("toObjectId").GetRawText());
        Assert.False(fromContact.GetProperty("associationRemoved").GetBoolean());
        Assert.False(fromContact.GetProperty("isPrimaryAssociation").GetBoolean());

        var cut = await EventsOfAsync(() => DeleteAsync($"{Contacts}/{contact}/associations/deals/{deal}"));
        Assert.All(cut, one => Assert.True(one.GetProperty("associationRemoved").GetBoolean()));
        Assert.Equal(2, cut.Count);
    }

    [Fact]
    public async Task PrimaryAssociation_IsMarked()
    {
        var contact = await ContactAsync("a@example.com");
        var company = (await PostAsync("/crm/objects/2026-03/companies", """{"properties":{"name":"Ltd"}}""")).Id;

        var linked = await EventsOfAsync(() =>
            PutAsync(
                $"{Contacts}/{contact}/associations/companies/{company}",
                """[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":1}]"""
            )
        );

        Assert.All(linked, one => Assert.True(one.GetProperty("isPrimaryAssociation").GetBoolean()));
        Assert.Equal(2, linked.Count);
    }

    [Fact]
    public async Task PrivacyDeletion_ComesWithADeletion()
    {
        var id = await ContactAsync("a@example.com");

        var events = await EventsOfAsync(() => PostAsync($"{Contacts}/gdpr-delete", $$"""{"objectId":"{{id}}"}"""));

        Assert.Equal(
            ["contact.deletion", "contact.privacyDeletion"],
            events.Select(one => one.Text("subscriptionType")!).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("notes", "0-46")]
    [InlineData("tasks", "0-27")]
    [InlineData("calls", "0-48")]
    [InlineData("meetings", "0-47")]
    public async Task Activities_AreGenericObjects(string type, string typeId)
    {
        Subscribe(new WebhookSubscription("object.creation", type));

        var events = await EventsOfAsync(() =>
            PostAsync($"/crm/objects/2026-03/{type}", """{"properties":{"hs_timestamp":"1790000000000"}}""")
        );

        var created = Assert.Single(events);
        Assert.Equal(("object.creation", typeId), (created.Text("subscriptionType"), created.Text("objectTypeId")));
        Assert.Equal(JsonValueKind.False, created.GetProperty("isSensitive").ValueKind);
    }

    [Fact]
    public async Task GenericSubscription_WorksForDealsToo()
    {
        Subscribe(new WebhookSubscription("object.creation", "deal"));

        var created = Assert.Single(await EventsOfAsync(() => DealAsync()));

        Assert.Equal("0-3", created.Text("objectTypeId"));
    }

    [Theory]
    [InlineData("hs_email_html")]
    [InlineData("hs_email_subject")]
    public async Task EmailContents_CannotBeSubscribedTo(string property)
    {
        Subscribe(new WebhookSubscription("object.propertyChange", "email", property));

        Assert.Empty(
            await EventsOfAsync(() =>
                PostAsync(
                    "/crm/objects/2026-03/emails",
                    $$$"""{"properties":{"hs_timestamp":"1790000000000","hs_email_direction":"EMAIL","{{{property}}}":"x"} }"""
                )
            )
        );
    }

    [Fact]
    public async Task Delivery_HoldsAtMostAHundredEvents()
    {
        var inputs = string.Join(
            ',',
            Enumerable.Range(0, 90).Select(i => $$$"""{"properties":{"email":"client{{{i}}}@example.com"} }""")
        );

        var events = await EventsOfAsync(() => PostAsync($"{Contacts}/batch/create", $$"""{"inputs":[{{inputs}}]}"""));

        Assert.Equal(180, events.Count);
        Assert.Equal([80, 100], Receiver.Received.Select(delivery => delivery.Events.Count).Order());
    }
}
