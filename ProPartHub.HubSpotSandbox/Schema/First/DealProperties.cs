using static ProPartHub.HubSpotSandbox.Schema.First.Define;

namespace ProPartHub.HubSpotSandbox.Schema.First;

internal static class DealProperties
{
    public static IReadOnlyList<PropertyDefinition> All { get; } =
    [
        Text("dealname", "Deal Name").Standard(),
        Number("amount", "Amount").Standard(),
        Choice("deal_currency_code", "Currency", "USD", "EUR", "AED", "UAH").Standard(),
        PipelineChoice(),
        StageChoice(FirstPipelines.All),
        Moment("closedate", "Close Date").Standard(),
        Choice("dealtype", "Deal Type", [("newbusiness", "New Business"), ("existingbusiness", "Existing Business")])
            .Standard(),
        LongText("description", "Deal Description").Standard(),
        Bool("hs_is_closed", "Is Deal Closed?").Worked(),
        Bool("hs_is_closed_won", "Is closed won").Worked(),
        Number("hs_deal_stage_probability", "Deal probability").Worked(),
        Moment("notes_last_contacted", "Last Contacted").Worked(),
        Moment("notes_last_updated", "Last Activity Date").Worked(),
        // The agency's own, misspellings included.
        Phone("phone_number", "Телефон"),
        Text("email", "Email"),
        Text("budget", "Бюджет"),
        Choice("language", "Язык общения", OptionLists.Languages),
        Choice("source_channel", "Источник", OptionLists.Sources),
        Choice("decline_reason", "Причина отказа", OptionLists.DeclineReasons),
        Choice("purchase_reason", "Цель покупки", OptionLists.Goals),
        Choice("purchase_reason__cloned_", "Цель покупки (cloned)", OptionLists.Goals),
        Choice("property_type__cloned_", "Тип недвижимости", OptionLists.PropertyTypes),
        Choice("property_status__cloned_", "Тип объекта", OptionLists.ObjectTypes),
        Choice("purchase_country", "Страна покупки", OptionLists.Countries),
        Text("telegram", "Telegram"),
        Choice("messenger", "Мессенджер", OptionLists.Messengers),
        Date("birthdate", "Дата рождения"),
        Bool("deal_closed", "Сделка закрыта"),
        Text("responisble_agent", "Ответственный агент"),
        Text("from_agent_portal__name_", "Из портала агентов (имя)"),
    ];

    private static PropertyDefinition PipelineChoice() =>
        Choice("pipeline", "Pipeline", FirstPipelines.All.Select(pipeline => (pipeline.Id, pipeline.Label))).Standard();

    /// <summary>The stages of all pipelines as the options of one property.</summary>
    public static PropertyDefinition StageChoice(IEnumerable<Pipeline> pipelines) =>
        Choice(
                "dealstage",
                "Deal Stage",
                pipelines.SelectMany(pipeline => pipeline.Stages).Select(stage => (stage.Id, stage.Label))
            )
            .Standard();
}
