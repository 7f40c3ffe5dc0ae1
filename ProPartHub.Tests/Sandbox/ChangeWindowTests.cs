using System.Globalization;
using ProPartHub.HubSpotSandbox.Objects;
using Xunit;

namespace ProPartHub.Tests.Sandbox;

/// <summary>Chapter 0.10 and 6: what a poll for changes meets.</summary>
public sealed class ChangeWindowTests : ContractTest
{
    [Fact]
    public async Task ManyRecords_CanShareOneModifiedTime()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add(await ContactAsync($"client{i}@example.com"));
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        // HubSpot's own jobs do so at the end of a month.
        Assert.Equal(5, Sandbox.HeadOffice.TouchAll(ObjectType.Contacts));

        var all = await WindowAsync(Clock.GetUtcNow(), Clock.GetUtcNow(), "0");
        Assert.Equal(ids, all.Results.Ids());
        // So the way on is by id inside the closed window.
        Assert.Equal(ids[3..], (await WindowAsync(Clock.GetUtcNow(), Clock.GetUtcNow(), ids[2])).Results.Ids());
    }

    [Fact]
    public async Task Window_HoldsBothItsEnds()
    {
        var start = Clock.GetUtcNow();
        var first = await ContactAsync("a@example.com");
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        var second = await ContactAsync("b@example.com");
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        await ContactAsync("c@example.com");

        Assert.Equal([first, second], (await WindowAsync(start, start.AddMilliseconds(1), "0")).Results.Ids());
    }

    [Theory]
    [InlineData("BETWEEN", "\"value\":\"1795435200000\",\"highValue\":\"1795435200000\"", true)]
    [InlineData("EQ", "\"value\":\"2026-11-23T12:00:00Z\"", true)]
    [InlineData("LT", "\"value\":\"1795435200000\"", false)]
    [InlineData("GTE", "\"value\":\"1795435200000\"", true)]
    public async Task Moments_AreComparedAsMilliseconds(string @operator, string operand, bool isFound)
    {
        await ContactAsync("a@example.com");

        var found = await PostAsync(
            $"{Contacts}/search",
            $$"""{"filters":[{"propertyName":"createdate","operator":"{{@operator}}",{{operand}} }]}"""
        );

        Assert.Equal(isFound, found.Expect(200)["total"].GetInt32() == 1);
    }

    [Theory]
    [InlineData("amount", "EQ", "100.0")]
    [InlineData("amount", "LT", "1e3")]
    [InlineData("birthdate", "EQ", "446860800000")]
    [InlineData("birthdate", "EQ", "1984-02-29")]
    [InlineData("birthdate", "GT", "1984-02-28")]
    public async Task NumbersAndDays_AreComparedAsSuch(string property, string @operator, string value)
    {
        var id = await DealAsync();
        (await PatchAsync($"{Deals}/{id}", """{"properties":{"amount":"100","birthdate":"1984-02-29"}}""")).Expect(200);

        var found = await PostAsync(
            $"{Deals}/search",
            $$"""{"filters":[{"propertyName":"{{property}}","operator":"{{@operator}}","value":"{{value}}"}]}"""
        );

        Assert.Equal([id], found.Expect(200).Results.Ids());
    }

    [Fact]
    public async Task ClearedValues_AreNoValues()
    {
        var id = await ContactAsync("a@example.com", "Ada");
        (await PatchAsync($"{Contacts}/{id}", """{"properties":{"firstname":""}}""")).Expect(200);

        var found = await PostAsync(
            $"{Contacts}/search",
            """{"filters":[{"propertyName":"firstname","operator":"NOT_HAS_PROPERTY"}]}"""
        );

        Assert.Equal([id], found.Expect(200).Results.Ids());
    }

    private async Task<Answer> WindowAsync(DateTimeOffset from, DateTimeOffset to, string afterId) =>
        (
            await PostAsync(
                $"{Contacts}/search",
                $$"""
                {"filterGroups":[{"filters":[
                  {"propertyName":"lastmodifieddate","operator":"GTE","value":"{{Milliseconds(from)}}"},
                  {"propertyName":"lastmodifieddate","operator":"LTE","value":"{{Milliseconds(to)}}"},
                  {"propertyName":"hs_object_id","operator":"GT","value":"{{afterId}}"}]}],
                 "sorts":[{"propertyName":"hs_object_id","direction":"ASCENDING"}],"limit":200}
                """
            )
        ).Expect(200);

    private static string Milliseconds(DateTimeOffset time) =>
        time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}
