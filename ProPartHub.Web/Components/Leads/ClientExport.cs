using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Privacy;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Hosting;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Leads;

/// <summary>Everything held about a client as a JSON file, sent as it is read. Each file is in the audit.</summary>
internal sealed class ClientExport(ClientRecords records, ActLimits limits, AgencyTime time)
{
    public async Task AnswerAsync(HttpContext context, Guid leadId)
    {
        var actor = context.Actor() ?? throw new UnauthorizedAccessException("Nobody is signed in.");
        if (!await limits.MayAsync(context, actor, CostlyAct.Export))
        {
            return;
        }

        try
        {
            await records.ExportAsync(
                actor,
                leadId,
                number => FileAnswer.Begin(context, $"client-L-{number}", ".json", "application/json", time),
                context.RequestAborted
            );
        }
        catch (NotFoundException)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }
}

internal static class ClientExportHosting
{
    public const string Pattern = "/leads/{id:guid}/client-data";

    public static string Address(Guid leadId) => $"/leads/{leadId}/client-data";

    public static void MapClientExport(this WebApplication app) =>
        app.MapGet(Pattern, (HttpContext context, Guid id, ClientExport export) => export.AnswerAsync(context, id))
            .RequireAuthorization(policy => policy.RequireRole(nameof(Role.Admin)))
            .ExcludeFromDescription();
}
