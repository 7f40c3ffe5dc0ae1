using System.Globalization;
using Xunit;

namespace ProPartHub.Tests.Sandbox;

/// <summary>Chapter 3, pipelines and their stages.</summary>
public sealed class PipelineTests : ContractTest
{
    private const string OfDeals = "/crm/pipelines/2026-03/deals";

    [Fact]
    public async Task List_IsNotPagedAndHasTheseMembers()
    {
        var list = (await GetAsync(OfDeals)).Expect(200);

        Assert.Equal("results", list.Body.Members());
        Assert.All(
            list.Results.EnumerateArray(),
            pipeline =>
            {
                Assert.Equal("archived createdAt displayOrder id label stages updatedAt", pipeline.Members());
                Assert.All(
                    pipeline.GetProperty("stages").EnumerateArray(),
                    stage =>
                        Assert.Equal(
                            "archived createdAt displayOrder id label metadata updatedAt writePermissions",
                            stage.Members()
                        )
                );
            }
        );
    }

    [Fact]
    public async Task Stages_TellClosedAndProbabilityAsTexts()
    {
        var stages = (await GetAsync($"{OfDeals}/{LeadPipeline}")).Expect(200)["stages"].EnumerateArray().ToList();

        Assert.All(stages, stage => Assert.Equal("isClosed probability", stage.GetProperty("metadata").Members()));
        var won = stages[^1].GetProperty("metadata");
        Assert.Equal(("true", "1.0"), (won.Text("isClosed"), won.Text("probability")));
        var first = stages[0].GetProperty("metadata");
        Assert.Equal("false", first.Text("isClosed"));
        Assert.InRange(double.Parse(first.Text("probability")!, CultureInfo.InvariantCulture), 0, 0.99);
    }

    [Fact]
    public async Task Closed_MayBeLostAsWellAsWon()
    {
        var partners = (await GetAsync($"{OfDeals}/2346002665")).Expect(200)["stages"].EnumerateArray();

        Assert.Contains(
            partners,
            stage =>
                stage.GetProperty("metadata").Text("isClosed") == "true"
                && stage.GetProperty("metadata").Text("probability") == "0.0"
        );
    }

    [Fact]
    public async Task Stages_AreReadAlone() =>
        Assert.Equal(
            FirstStage,
            (await GetAsync($"{OfDeals}/{LeadPipeline}/stages")).Expect(200).Results[0].Text("id")
        );

    [Fact]
    public async Task Unknown_IsNotFound() => (await GetAsync($"{OfDeals}/1")).ExpectError(404, "OBJECT_NOT_FOUND");

    [Fact]
    public async Task Stage_InUseCannotBeDeleted()
    {
        await DealAsync();

        var refused = await DeleteAsync($"{OfDeals}/{LeadPipeline}/stages/{FirstStage}");

        Assert.Equal(
            "PipelineError.STAGE_ID_IN_USE",
            refused.ExpectError(400, "VALIDATION_ERROR").Body.Text("subCategory")
        );
        Assert.Equal(FirstStage, (await GetAsync($"{OfDeals}/{LeadPipeline}/stages")).Results[0].Text("id"));
    }

    [Fact]
    public async Task Stage_NotInUseIsDeletedAndTakenNoMore()
    {
        var id = await DealAsync();

        (await DeleteAsync($"{OfDeals}/{LeadPipeline}/stages/{NextStage}")).Expect(204);

        var stages = (await GetAsync($"{OfDeals}/{LeadPipeline}/stages")).Results.Ids();
        Assert.DoesNotContain(NextStage, stages);
        (await PatchAsync($"{Deals}/{id}", $$$"""{"properties":{"dealstage":"{{{NextStage}}}"} }""")).ExpectError(
            400,
            "VALIDATION_ERROR"
        );
    }

    [Fact]
    public async Task Stage_IsMadeUpToAHundredOfAPipeline()
    {
        var path = $"{OfDeals}/{LeadPipeline}/stages";
        var there = (await GetAsync(path)).Results.GetArrayLength();
        for (var i = there; i < 100; i++)
        {
            (await CreateStageAsync(path, i)).Expect(201);
        }

        (await CreateStageAsync(path, 100)).ExpectError(400, "VALIDATION_ERROR");
        Assert.Equal(100, (await GetAsync(path)).Results.GetArrayLength());
    }

    [Fact]
    public async Task Stage_NewlyMadeTakesDeals()
    {
        var id = await DealAsync();

        var made = (await CreateStageAsync($"{OfDeals}/{LeadPipeline}/stages", 8)).Expect(201);

        Assert.Equal("Stage 8", made.Body.Text("label"));
        (await PatchAsync($"{Deals}/{id}", $$$"""{"properties":{"dealstage":"{{{made.Id}}}"} }""")).Expect(200);
    }

    private Task<Answer> CreateStageAsync(string path, int order) =>
        PostAsync(
            path,
            $$$"""{"label":"Stage {{{order}}}","displayOrder":{{{order}}},"metadata":{"isClosed":"false","probability":"0.5"} }"""
        );
}
