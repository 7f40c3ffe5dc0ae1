using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>
/// Finds the stage of a lead: by the label or number that HubSpot had for it, else by what the former portal took it to
/// mean, else by its status.
/// </summary>
internal sealed class LegacyStages
{
    // Number and meaning of the agency's stages, by the labels under which the former portal kept them.
    private static readonly Dictionary<string, (string Id, LeadStatus Status)> Labels = new(
        StringComparer.OrdinalIgnoreCase
    )
    {
        ["Новая заявка"] = ("3204738258", LeadStatus.New),
        ["Запрос получен"] = ("3204738258", LeadStatus.New),
        ["Нова заявка"] = ("3204738258", LeadStatus.New),
        ["Отправлены варианты/Передан на партнеров"] = ("3204738259", LeadStatus.Contacted),
        ["Отправлены варианты"] = ("3204738259", LeadStatus.Contacted),
        ["Передан на партнеров"] = ("3204738259", LeadStatus.Contacted),
        ["Назначена встреча/тур"] = ("3204738261", LeadStatus.Qualified),
        ["Назначена встреча"] = ("3204738261", LeadStatus.Qualified),
        ["Тур назначен"] = ("3204738261", LeadStatus.Qualified),
        ["Встреча/тур проведены"] = ("3204738262", LeadStatus.Qualified),
        ["Встреча проведена"] = ("3204738262", LeadStatus.Qualified),
        ["Тур проведен"] = ("3204738262", LeadStatus.Qualified),
        ["Переговоры"] = ("3204738265", LeadStatus.Qualified),
        ["Задаток"] = ("3204738266", LeadStatus.Qualified),
        ["Сделка закрыта"] = ("3204738267", LeadStatus.Won),
        ["Вовремя не обработан"] = ("3204738255", LeadStatus.New),
        ["Недозвон"] = ("3204738256", LeadStatus.New),
        ["Звонок успешный"] = ("3204738257", LeadStatus.Contacted),
        ["Мусор"] = ("3204738268", LeadStatus.Lost),
    };

    // Numbers that the former portal showed where it knew no label, and HubSpot's own names.
    private static readonly Dictionary<string, (string Id, LeadStatus Status)> Numbers = new(
        StringComparer.OrdinalIgnoreCase
    )
    {
        ["3206423796"] = ("3204738258", LeadStatus.New),
        ["3204738245"] = ("3204738245", LeadStatus.Contacted),
        ["3204738246"] = ("3204738246", LeadStatus.Qualified),
        ["3523602653"] = ("3523602653", LeadStatus.Qualified),
        ["3523660994"] = ("3523660994", LeadStatus.Won),
        ["appointmentscheduled"] = ("3204738258", LeadStatus.New),
        ["qualifiedtobuy"] = ("3204738261", LeadStatus.Qualified),
        ["presentationscheduled"] = ("3204738262", LeadStatus.Qualified),
        ["decisionmakerboughtin"] = ("3204738265", LeadStatus.Qualified),
        ["contractsent"] = ("3204738266", LeadStatus.Qualified),
        ["closedwon"] = ("3204738267", LeadStatus.Won),
        ["closedlost"] = ("closedlost", LeadStatus.Lost),
    };

    private readonly IReadOnlyList<Stage> _stages;

    private LegacyStages(IReadOnlyList<Stage> stages) => _stages = stages;

    /// <summary>
    /// Reads the stages there are. Where there are none yet, five stand for them: those that a first start makes.
    /// </summary>
    public static async Task<LegacyStages> LoadAsync(HubDbContext db, CancellationToken cancellationToken)
    {
        var stages = await db
            .Stages.Where(stage => stage.RemovedAt == null)
            .OrderByDescending(stage => stage.Pipeline.IsForNewLeads)
            .ThenBy(stage => stage.Pipeline.DisplayOrder)
            .ThenBy(stage => stage.PipelineId)
            .ThenBy(stage => stage.DisplayOrder)
            .ToListAsync(cancellationToken);
        return new(
            stages.Count > 0
                ? stages
                :
                [
                    .. Enum.GetValues<LeadStatus>()
                        .Select(status => new Stage
                        {
                            HubSpotId = "",
                            Label = "",
                            Status = status,
                        }),
                ]
        );
    }

    /// <summary>The stage of a lead.</summary>
    /// <param name="batch">Takes the note where it is not the lead's own stage.</param>
    /// <param name="row">The lead.</param>
    /// <param name="isClosedByHand">Whether its notes say that somebody closed the deal.</param>
    /// <param name="isKnown">False where nobody can say in which stage the lead is.</param>
    public Stage Of(LegacyBatch batch, LegacyRow row, bool isClosedByHand, out bool isKnown)
    {
        isKnown = true;
        var (label, status) = (row.Line("hubspot_stage_label"), row.Line("status"));
        if (label is not null)
        {
            if (_stages.FirstOrDefault(stage => IsNamed(stage, label)) is { } own)
            {
                return own;
            }

            if (Labels.TryGetValue(label, out var meant) || Numbers.TryGetValue(label, out meant))
            {
                return _stages.FirstOrDefault(stage => stage.HubSpotId == meant.Id) ?? First(meant.Status);
            }

            isKnown = false;
            batch.Note(row, LegacyRule.StageUnknown, $"stage '{label}' is unknown; by its status '{status}'");
            return First(StatusOf(status) ?? LeadStatus.New);
        }

        if (StatusOf(status) is not { } meaning)
        {
            isKnown = false;
            batch.Note(row, LegacyRule.StageUnknown, $"status '{status}' is unknown; counts as new");
            return First(LeadStatus.New);
        }

        if (meaning is LeadStatus.Won && !isClosedByHand && row.Line("refusal_reason") is not null)
        {
            batch.Note(row, LegacyRule.ClosedWithRefusal, "closed with a reason of refusal and no sale noted: lost");
            return First(LeadStatus.Lost);
        }

        batch.Note(row, LegacyRule.StageByStatus, $"no stage of HubSpot; by its status '{status}'");
        return First(meaning);
    }

    // An account may lack a stage of some meaning; then the nearest before it.
    private Stage First(LeadStatus status) =>
        _stages.FirstOrDefault(stage => stage.Status == status)
        ?? _stages.Where(stage => stage.Status < status).MaxBy(stage => stage.Status)
        ?? _stages[0];

    private static bool IsNamed(Stage stage, string label) =>
        stage.HubSpotId == label || string.Equals(stage.Label, label, StringComparison.OrdinalIgnoreCase);

    private static LeadStatus? StatusOf(string? status) =>
        status?.ToLowerInvariant() switch
        {
            null or "new" => LeadStatus.New,
            "contacted" => LeadStatus.Contacted,
            "qualified" => LeadStatus.Qualified,
            "closed" => LeadStatus.Won,
            _ => null,
        };
}
