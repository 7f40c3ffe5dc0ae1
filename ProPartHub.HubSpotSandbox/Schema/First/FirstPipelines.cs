namespace ProPartHub.HubSpotSandbox.Schema.First;

/// <summary>
/// The agency's three deal pipelines. Of two of them only the ids were known, so their labels are made up.
/// </summary>
internal static class FirstPipelines
{
    public const string Leads = "2341107958";
    public const string Partners = "2346002665";

    private const string Made = "2025-03-03T09:15:27.412Z";

    public static IReadOnlyList<Pipeline> All { get; } =
    [
        Pipeline(
            PipelineBook.DefaultId,
            "Sales Pipeline",
            0,
            ("appointmentscheduled", "Новая заявка", false, "0.1"),
            ("3204738245", "Взят в работу", false, "0.2"),
            ("3204738246", "Подбор объекта", false, "0.4"),
            ("3523602653", "Договор", false, "0.8"),
            ("3523660994", "Оплачено", true, "1.0")
        ),
        Pipeline(
            Leads,
            "Лиды",
            1,
            ("3204738258", "Новая заявка", false, "0.1"),
            ("3204738259", "Отправлены варианты/Передан на партнеров", false, "0.2"),
            ("3204738261", "Назначена встреча/тур", false, "0.4"),
            ("3204738262", "Встреча/тур проведены", false, "0.5"),
            ("3204738265", "Переговоры", false, "0.7"),
            ("3204738266", "Задаток", false, "0.9"),
            ("3204738267", "Сделка закрыта", true, "1.0")
        ),
        Pipeline(
            Partners,
            "Партнеры",
            2,
            ("3206386874", "Первый контакт", false, "0.1"),
            ("3206386875", "Презентация", false, "0.3"),
            ("3206386876", "Условия отправлены", false, "0.5"),
            ("3206386877", "Согласование", false, "0.7"),
            ("3206386878", "Договор отправлен", false, "0.9"),
            ("3206386879", "Договор подписан", true, "1.0"),
            ("3206344915", "Отказ", true, "0.0")
        ),
    ];

    private static Pipeline Pipeline(
        string id,
        string label,
        int order,
        params (string Id, string Label, bool Closed, string Probability)[] stages
    ) =>
        new(
            id,
            label,
            order,
            [
                .. stages.Select(
                    (stage, index) =>
                        new PipelineStage(
                            stage.Id,
                            stage.Label,
                            index,
                            new StageMetadata(stage.Closed ? "true" : "false", stage.Probability)
                        )
                        {
                            CreatedAt = Made,
                            UpdatedAt = Made,
                        }
                ),
            ]
        )
        {
            CreatedAt = Made,
            UpdatedAt = Made,
        };
}
