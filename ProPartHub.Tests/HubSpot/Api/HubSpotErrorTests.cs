using ProPartHub.Domain.HubSpot.Api;
using Xunit;
using static ProPartHub.Domain.HubSpot.Api.HubSpotPriority;

namespace ProPartHub.Tests.HubSpot.Api;

public sealed class HubSpotErrorTests
{
    [Theory]
    [InlineData(
        401,
        """{"status":"error","message":"Authentication credentials not found.","category":"INVALID_AUTHENTICATION"}"""
    )]
    [InlineData(530, "error code: 1016")]
    public async Task BadToken_IsUnauthorized(int status, string body)
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(status, body);

        await hub.FailureOfAsync<HubSpotUnauthorizedException>(Update(hub));
    }

    [Fact]
    public async Task MissingScope_NamesTheScopes()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(
            403,
            """
            {"status":"error","message":"This app hasn't been granted all required scopes to make this call.","category":"MISSING_SCOPES",
             "errors":[{"message":"One or more of the following scopes are required.",
                        "context":{"requiredGranularScopes":["crm.objects.deals.write","crm.objects.custom.write"]}}]}
            """
        );

        var failure = await hub.FailureOfAsync<HubSpotMissingScopesException>(Update(hub));

        Assert.Equal(["crm.objects.deals.write", "crm.objects.custom.write"], failure.Scopes);
    }

    [Fact]
    public async Task Banned_IsForbiddenWithoutScopes()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(403, """{"status":"error","category":"BANNED"}""");

        var failure = await hub.FailureOfAsync<HubSpotForbiddenException>(Update(hub));

        Assert.Equal("BANNED", failure.Fault.Category);
    }

    [Fact]
    public async Task ContactExists_TellsWhich()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(
            409,
            """{"status":"error","message":"Contact already exists. Existing ID: 90071992547409931","correlationId":"c-1","category":"CONFLICT"}"""
        );

        var failure = await hub.FailureOfAsync<HubSpotConflictException>(Update(hub));

        Assert.Equal(("90071992547409931", "c-1"), (failure.ExistingId, failure.Fault.CorrelationId));
    }

    [Fact]
    public async Task BadValues_AreListedByPropertyAndKeptOutOfTheMessage()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(
            400,
            """
            {"status":"error","message":"Property values were not valid: [{\"name\":\"email\"}]","category":"VALIDATION_ERROR",
             "errors":[{"message":"Email address oksana@ is invalid","code":"INVALID_EMAIL","context":{"propertyName":["email"]}},
                       {"message":"Property \"x\" does not exist","code":"PROPERTY_DOESNT_EXIST","context":{"propertyName":"x"}}]}
            """
        );

        var failure = await hub.FailureOfAsync<HubSpotValidationException>(Update(hub));

        Assert.Equal(
            [
                new("email", "INVALID_EMAIL", "Email address oksana@ is invalid"),
                new("x", "PROPERTY_DOESNT_EXIST", "Property \"x\" does not exist"),
            ],
            failure.Fault.Issues
        );
        Assert.Contains("email:INVALID_EMAIL", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("oksana", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BadValues_OnlyInTheSentence_AreFoundThere()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(
            400,
            """{"status":"error","category":"VALIDATION_ERROR","message":"Property values were not valid: [{\"isValid\":false,\"message\":\"not an option: [a, b]\",\"error\":\"INVALID_OPTION\",\"name\":\"dealstage\",\"portalId\":1}]"}"""
        );

        var failure = await hub.FailureOfAsync<HubSpotValidationException>(Update(hub));

        Assert.Equal([new("dealstage", "INVALID_OPTION", "not an option: [a, b]")], failure.Fault.Issues);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(414)]
    [InlineData(422)]
    public async Task OtherRefusals_AreValidation(int status)
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(status, "not JSON at all");

        var failure = await hub.FailureOfAsync<HubSpotValidationException>(Update(hub));

        Assert.Equal((status, ""), (failure.Fault.StatusCode, failure.Fault.Words));
    }

    [Fact]
    public async Task Redirect_IsNotFollowed()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(302, "", ("Location", "/elsewhere"));

        await hub.FailureOfAsync<HubSpotUnexpectedAnswerException>(Update(hub));

        Assert.Single(hub.Server.Requests);
    }

    [Fact]
    public async Task AccountOnTheMove_ClosesTheLimiter()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(477, "", ("Retry-After", "86400"));

        var failure = await hub.FailureOfAsync<HubSpotRateLimitedException>(Update(hub));

        Assert.Equal((HubSpotLimit.AccountMove, TimeSpan.FromDays(1)), (failure.Limit, failure.RetryAfter));
        Assert.Equal(HubSpotLimit.AccountMove, hub.Limiter.Snapshot().Closed?.Limit);
    }

    [Fact]
    public async Task Find_WrongAddress_IsNotTakenForNoSuchRecord()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(404, "<html>404</html>");

        await hub.FailureOfAsync<HubSpotNotFoundException>(
            hub.Client.FindAsync("deals", "1", [], Push, cancellationToken: TestContext.Current.CancellationToken)
        );
    }

    private static Task<HubSpotObject> Update(HubSpotHarness hub) =>
        hub.Client.UpdateAsync(
            "deals",
            "1",
            new Dictionary<string, string?>(),
            Push,
            TestContext.Current.CancellationToken
        );
}
