using System.Globalization;
using Microsoft.Extensions.Localization;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Hosting;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.People;

/// <summary>
/// The people that search and role find, a manager's own team alone, as a CSV file or a workbook, read and sent page by page.
/// Each file is in the audit.
/// </summary>
internal sealed class PeopleExport(
    PeopleDirectory people,
    SecurityLog log,
    ActLimits limits,
    IStringLocalizer<PeopleTexts> texts,
    IStringLocalizer<SharedTexts> shared,
    AgencyTime time
)
{
    public async Task AnswerAsync(HttpContext context)
    {
        var actor = context.Actor() ?? throw new UnauthorizedAccessException("Nobody is signed in.");
        if (!await limits.MayAsync(context, actor, CostlyAct.Export))
        {
            return;
        }

        var query = PeopleAddress.Read(
            context.Request.Query[PeopleAddress.SearchKey],
            context.Request.Query[PeopleAddress.RoleKey],
            page: null
        );
        var first = await people.PageAsync(actor, query, context.RequestAborted);
        await log.RecordAsync(
            SecurityEventKind.PeopleExported,
            actor,
            null,
            context.RequestAborted,
            ("filter", PeopleAddress.Write(query)[PeopleAddress.Path.Length..]),
            ("format", TableAnswer.IsWorkbook(context) ? "XLSX" : "CSV"),
            ("people", first.Total.ToString(CultureInfo.InvariantCulture))
        );
        await TableAnswer.WriteAsync(
            context,
            "people",
            texts[actor.Role is Role.Manager ? "Team_Title" : "Title"],
            time,
            add => WriteAsync(actor, query, first, add, context.RequestAborted)
        );
    }

    private async Task WriteAsync(
        Actor actor,
        PeopleQuery query,
        NumberedPage<PersonRow> page,
        Func<IReadOnlyList<object?>, CancellationToken, Task> add,
        CancellationToken cancellationToken
    )
    {
        // Whose records in HubSpot are whose is the admins' business.
        var isAdmin = actor.Role is Role.Admin;
        object?[] titles =
        [
            texts["Column_Person"].Value,
            texts["Fact_UserName"].Value,
            "E-mail",
            texts["Column_Role"].Value,
            texts["Column_Team"].Value,
            texts["Column_State"].Value,
            texts["Column_LastLogin"].Value,
            texts["Column_Leads"].Value,
        ];
        await add(isAdmin ? [.. titles, texts["Column_Owner"].Value] : titles, cancellationToken);
        while (true)
        {
            foreach (var row in page.Rows)
            {
                await add(isAdmin ? [.. CellsOf(row), row.HubSpotOwnerId] : CellsOf(row), cancellationToken);
            }

            if (page.Number >= page.Pages)
            {
                return;
            }

            page = await people.PageAsync(actor, query with { Page = page.Number + 1 }, cancellationToken);
        }
    }

    private string StateOf(PersonRow row) =>
        AccountState.KindOf(row, time.Now) is not AccountState.Locked and var kind
            ? texts[$"State_{kind}"]
            : texts["State_Locked", Written(row.LockedUntil!.Value)];

    private string Written(DateTimeOffset moment) =>
        time.Local(moment).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private object?[] CellsOf(PersonRow row) =>
        [
            row.DisplayName,
            row.UserName,
            row.Email,
            shared[$"User_Role_{row.Role}"].Value,
            row.TeamName,
            StateOf(row),
            row.LastLoginAt is { } login ? Written(login) : null,
            (decimal)row.Leads,
        ];
}

internal static class PeopleExportHosting
{
    public const string Path = $"{PeopleAddress.Path}/export";

    public static void MapPeopleExport(this WebApplication app) =>
        app.MapGet(Path, (HttpContext context, PeopleExport export) => export.AnswerAsync(context))
            .RequireAuthorization(policy => policy.RequireRole(nameof(Role.Admin), nameof(Role.Manager)))
            .ExcludeFromDescription();
}
