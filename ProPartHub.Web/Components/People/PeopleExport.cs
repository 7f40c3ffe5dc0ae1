using System.Globalization;
using Microsoft.Extensions.Localization;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Hosting;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.People;

/// <summary>The people that search and role find, as a CSV file, read and sent page by page. Each file is in the audit.</summary>
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

        await log.RecordAsync(
            SecurityEventKind.PeopleExported,
            actor,
            null,
            context.RequestAborted,
            ("filter", context.Request.QueryString.Value)
        );
        await using var writer = CsvAnswer.Begin(context, "people", time);
        await WriteAsync(writer, actor, context);
    }

    private async Task WriteAsync(StreamWriter writer, Actor actor, HttpContext context)
    {
        await writer.WriteAsync(
            CsvLine.Of(
                texts["Column_Person"],
                texts["Fact_UserName"],
                "E-mail",
                texts["Column_Role"],
                texts["Column_Team"],
                texts["Column_State"],
                texts["Column_LastLogin"],
                texts["Column_Leads"],
                texts["Column_Owner"]
            )
        );
        var query = PeopleAddress.Read(
            context.Request.Query[PeopleAddress.SearchKey],
            context.Request.Query[PeopleAddress.RoleKey],
            page: null
        );
        int pages;
        do
        {
            var page = await people.PageAsync(actor, query, context.RequestAborted);
            pages = page.Pages;
            foreach (var row in page.Rows)
            {
                await writer.WriteAsync(LineOf(row).AsMemory(), context.RequestAborted);
            }

            await writer.FlushAsync(context.RequestAborted);
            query = query with { Page = query.Page + 1 };
        } while (query.Page <= pages);
    }

    private string StateOf(PersonRow row) =>
        AccountState.KindOf(row, time.Now) is not AccountState.Locked and var kind
            ? texts[$"State_{kind}"]
            : texts["State_Locked", Written(row.LockedUntil!.Value)];

    private string Written(DateTimeOffset moment) =>
        time.Local(moment).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private string LineOf(PersonRow row) =>
        CsvLine.Of(
            row.DisplayName,
            row.UserName,
            row.Email,
            shared[$"User_Role_{row.Role}"],
            row.TeamName,
            StateOf(row),
            row.LastLoginAt is { } login ? Written(login) : null,
            row.Leads.ToString(CultureInfo.InvariantCulture),
            row.HubSpotOwnerId
        );
}

internal static class PeopleExportHosting
{
    public const string Path = $"{PeopleAddress.Path}/export";

    public static void MapPeopleExport(this WebApplication app) =>
        app.MapGet(Path, (HttpContext context, PeopleExport export) => export.AnswerAsync(context))
            .RequireAuthorization(policy => policy.RequireRole(nameof(Role.Admin)))
            .ExcludeFromDescription();
}
