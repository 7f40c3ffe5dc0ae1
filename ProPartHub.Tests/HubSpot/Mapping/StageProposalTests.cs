using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.Leads;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Mapping;

public sealed class StageProposalTests
{
    [Theory]
    [InlineData("3204738258", "whatever", null, null, LeadStatus.New)]
    [InlineData("closedlost", "Closed lost", "false", "0.8", LeadStatus.Lost)]
    [InlineData("x1", "Договор подписан", "true", "1.0", LeadStatus.Won)]
    [InlineData("x1", "Закрыта", "true", "0.0", LeadStatus.Lost)]
    [InlineData("x1", "Відмова клієнта", "false", "0.3", LeadStatus.Lost)]
    [InlineData("x1", "Назначена встреча", "false", "0.5", LeadStatus.Qualified)]
    [InlineData("x1", "На зв’язку", "false", "0.2", LeadStatus.Contacted)]
    [InlineData("x1", "???", null, null, LeadStatus.Contacted)]
    public void Status_ComesFromIdThenMetadataThenWords(
        string id,
        string label,
        string? closed,
        string? probability,
        LeadStatus expected
    )
    {
        var stage = new HubSpotStage
        {
            Id = id,
            Label = label,
            Metadata = new Dictionary<string, string?> { ["isClosed"] = closed, ["probability"] = probability },
        };

        Assert.Equal(expected, StageProposal.StatusOf(stage, isFirst: false));
    }

    [Fact]
    public void Status_OfAnUnreadableFirstStage_IsNew() =>
        Assert.Equal(
            LeadStatus.New,
            StageProposal.StatusOf(new HubSpotStage { Id = "a", Label = "???" }, isFirst: true)
        );

    [Fact]
    public void NewLeads_GoToTheAgencysPipelineElseToTheDefaultOne()
    {
        HubSpotPipeline[] both = [new() { Id = "default", Label = "Sales" }, new() { Id = "77", Label = "лиды" }];

        Assert.Equal("77", StageProposal.ForNewLeads(both)!.Id);
        Assert.Equal("default", StageProposal.ForNewLeads(both[..1])!.Id);
    }
}
