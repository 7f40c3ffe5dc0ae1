using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.HubSpot.Mapping;

/// <summary>
/// Proposes what HubSpot's stages mean, for an admin to confirm: known ids of the agency's account and HubSpot's own
/// stages first, then closing mark and probability together (neither is to be trusted alone), then words, then place.
/// </summary>
internal static class StageProposal
{
    private static readonly Dictionary<string, LeadStatus> Known = new()
    {
        ["3204738258"] = LeadStatus.New,
        ["3204738259"] = LeadStatus.Contacted,
        ["3204738260"] = LeadStatus.Contacted,
        ["3204738261"] = LeadStatus.Qualified,
        ["3204738262"] = LeadStatus.Qualified,
        ["3204738263"] = LeadStatus.Qualified,
        ["3204738264"] = LeadStatus.Qualified,
        ["3204738265"] = LeadStatus.Qualified,
        ["3204738266"] = LeadStatus.Qualified,
        ["3204738267"] = LeadStatus.Won,
        ["3204738268"] = LeadStatus.Lost,
        ["3206423796"] = LeadStatus.New,
        ["3204738255"] = LeadStatus.New,
        ["3204738256"] = LeadStatus.New,
        ["3204738257"] = LeadStatus.Contacted,
        ["3204738245"] = LeadStatus.Contacted,
        ["3204738246"] = LeadStatus.Qualified,
        ["3523602653"] = LeadStatus.Qualified,
        ["3523660994"] = LeadStatus.Won,
        ["appointmentscheduled"] = LeadStatus.New,
        ["qualifiedtobuy"] = LeadStatus.Qualified,
        ["presentationscheduled"] = LeadStatus.Qualified,
        ["decisionmakerboughtin"] = LeadStatus.Qualified,
        ["contractsent"] = LeadStatus.Qualified,
        ["closedwon"] = LeadStatus.Won,
        ["closedlost"] = LeadStatus.Lost,
    };

    // Losing words come first: "закрыта, отказ" is no sale.
    private static readonly (LeadStatus Status, string[] Words)[] Labels =
    [
        (LeadStatus.Lost, ["отказ", "відмов", "мусор", "сміття", "проигр", "програ", "потер", "lost", "junk"]),
        (LeadStatus.Won, ["закрыт", "закрит", "выигр", "вигра", "продан", "won"]),
        (LeadStatus.New, ["нов", "запрос", "запит", "new"]),
        (LeadStatus.Contacted, ["связ", "зв'яз", "контакт", "вариант", "варіант", "звон", "дзвін", "contact"]),
        (
            LeadStatus.Qualified,
            ["встреч", "зустріч", "тур", "перегов", "задат", "завдат", "квалиф", "кваліф", "qualif"]
        ),
    ];

    /// <summary>What a stage seems to mean.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="isFirst">True for the first stage of its pipeline.</param>
    public static LeadStatus StatusOf(HubSpotStage stage, bool isFirst)
    {
        if (Known.TryGetValue(stage.Id, out var known))
        {
            return known;
        }

        if (stage is { IsClosed: true, Probability: 0 or 1 })
        {
            return stage.Probability == 1 ? LeadStatus.Won : LeadStatus.Lost;
        }

        var label = (stage.Label ?? "").Replace('’', '\'').ToLowerInvariant();
        foreach (var (status, words) in Labels)
        {
            if (words.Any(word => label.Contains(word, StringComparison.Ordinal)))
            {
                return status;
            }
        }

        return isFirst ? LeadStatus.New : LeadStatus.Contacted;
    }

    /// <summary>The pipeline for new leads: the agency's "Лиды" if the account has it, else HubSpot's default one.</summary>
    public static HubSpotPipeline? ForNewLeads(IReadOnlyList<HubSpotPipeline> pipelines) =>
        pipelines.FirstOrDefault(pipeline => pipeline.Id == "2341107958")
        ?? pipelines.FirstOrDefault(pipeline =>
            string.Equals(pipeline.Label?.Trim(), "Лиды", StringComparison.OrdinalIgnoreCase)
        )
        ?? pipelines.FirstOrDefault(pipeline => pipeline.Id == "default")
        ?? pipelines.OrderBy(pipeline => pipeline.DisplayOrder).FirstOrDefault();
}
