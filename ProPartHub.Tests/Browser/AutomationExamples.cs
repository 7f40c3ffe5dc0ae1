using ProPartHub.Domain.Assignment;
using ProPartHub.Domain.People;
using ProPartHub.Domain.ServiceLevels;
using ProPartHub.Domain.Templates;

namespace ProPartHub.Tests.Browser;

/// <summary>One example of what works by itself, for pages that are looked at.</summary>
internal static class AutomationExamples
{
    /// <summary>A service level for all, a rule of assignment for a team and a template for all.</summary>
    public static async Task AddAutomationAsync(
        this BrowserBed bed,
        Actor admin,
        Guid? teamId,
        CancellationToken cancellationToken
    )
    {
        await bed.UseAsync<ServiceLevelAdmin, bool>(levels =>
            levels.SaveAsync(
                admin,
                Guid.CreateVersion7(),
                null,
                new()
                {
                    Name = "Перша відповідь новому клієнтові",
                    Steps = [new(ServiceAct.Remind, 0), new(ServiceAct.Escalate, 2), new(ServiceAct.Reassign, 4)],
                },
                cancellationToken
            )
        );
        await bed.UseAsync<AssignmentRules, bool>(rules =>
            rules.SaveAsync(
                admin,
                Guid.CreateVersion7(),
                null,
                new()
                {
                    Name = "Дубай і Балі",
                    Countries = ["Дубай", "Балі"],
                    BudgetFrom = 200_000,
                    Target = AssignmentTarget.RoundRobin,
                    TeamId = teamId,
                },
                cancellationToken
            )
        );
        await bed.UseAsync<MessageTemplates, bool>(templates =>
            templates.SaveAsync(
                admin,
                Guid.CreateVersion7(),
                null,
                new()
                {
                    Name = "Знайомство",
                    BodyUk = "Вітаю, {name}! Це {agent}, агенція ProPart. Коли вам зручно поговорити?",
                    BodyEn = "Hello {name}! This is {agent} from ProPart. When may I call you?",
                    SharedWith = TemplateSharing.All,
                },
                cancellationToken
            )
        );
    }
}
