using System.Globalization;
using Microsoft.Extensions.Localization;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.HubSpot.Contacts;
using ProPartHub.Domain.People;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Hosting;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Contacts;

/// <summary>
/// What the list of HubSpot's contacts finds as a CSV file or a workbook: a row for each number, and one for a contact without
/// any. Read and sent page by page, so that the memory it takes does not grow with it. Each file is an event of the audit.
/// </summary>
internal sealed class ContactExport(
    ContactQueries contacts,
    SecurityLog log,
    ActLimits limits,
    IStringLocalizer<ContactsTexts> texts,
    AgencyTime time
)
{
    public async Task AnswerAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var actor = context.Actor() ?? throw new UnauthorizedAccessException("Nobody is signed in.");
        if (!await limits.MayAsync(context, actor, CostlyAct.Export))
        {
            return;
        }

        var query = ContactsAddress.Read(context.Request.QueryString.Value) with
        {
            Cursor = null,
            Backward = false,
            PageSize = ContactQuery.MaxPageSize,
        };
        var count = await contacts.CountAllAsync(actor, query, cancellationToken);
        await log.RecordAsync(
            SecurityEventKind.ContactsExported,
            actor,
            null,
            cancellationToken,
            ("filter", ContactsAddress.Write(query)[ContactsAddress.Path.Length..]),
            ("format", TableAnswer.IsWorkbook(context) ? "XLSX" : "CSV"),
            ("contacts", count.ToString(CultureInfo.InvariantCulture))
        );
        await TableAnswer.WriteAsync(
            context,
            "hubspot-contacts",
            texts["Title"],
            time,
            add => WriteAsync(actor, query, add, cancellationToken)
        );
    }

    private async Task WriteAsync(
        Actor actor,
        ContactQuery query,
        Func<IReadOnlyList<object?>, CancellationToken, Task> add,
        CancellationToken cancellationToken
    )
    {
        // The first four as the agency has always had them.
        await add(
            [
                texts["Column_Id"].Value,
                texts["Column_Phone"].Value,
                texts["Column_Email"].Value,
                texts["Column_Name"].Value,
                "E.164",
                texts["Column_Company"].Value,
                texts["Column_Owner"].Value,
                texts["Column_Lead"].Value,
                texts["Column_Created"].Value,
            ],
            cancellationToken
        );
        string? next = null;
        do
        {
            var page = await contacts.PageAsync(actor, query with { Cursor = next }, cancellationToken);
            foreach (var row in page.Rows)
            {
                foreach (var phone in row.Phones.DefaultIfEmpty())
                {
                    await add(CellsOf(row, phone), cancellationToken);
                }
            }

            next = page.Next;
        } while (next is not null);
    }

    private object?[] CellsOf(ContactRow row, ContactPhone? phone) =>
        [
            row.Id,
            phone?.Text,
            row.Email,
            row.Name.Length > 0 ? row.Name : texts["Unnamed"].Value,
            phone?.E164,
            row.Company,
            row.OwnerName ?? row.OwnerId,
            string.Join(", ", row.Leads.Select(lead => $"L-{lead.Number}")),
            time.Local(row.CreatedAt).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        ];
}

internal static class ContactExportHosting
{
    public static void MapContactExport(this WebApplication app) =>
        app.MapGet(
                ContactsAddress.ExportPath,
                (HttpContext context, ContactExport export) => export.AnswerAsync(context, context.RequestAborted)
            )
            .RequireAuthorization(policy => policy.RequireRole(nameof(Role.Admin)))
            .ExcludeFromDescription();
}
