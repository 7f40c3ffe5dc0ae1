using System.Globalization;
using Microsoft.Extensions.Localization;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Transfer.Import;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Hosting;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Import;

/// <summary>Files around an import: a template to fill in, and the rows that were refused or left out with the reason.</summary>
internal sealed class ImportFiles(
    LeadImports imports,
    ActLimits limits,
    LeadOptionBook book,
    IStringLocalizer<ImportTexts> texts,
    IStringLocalizer<LeadsTexts> leads,
    AgencyTime time
)
{
    // In the order of the form; the number belongs to leads that are there already.
    private static readonly ImportField[] Columns =
    [
        .. ImportFields.Offered.Where(field =>
            field
                is not (
                    ImportField.Number
                    or ImportField.Budget
                    or ImportField.Stage
                    or ImportField.RefusalReason
                    or ImportField.Tags
                )
        ),
    ];

    /// <summary>Headings in the reader's language and a row to write over.</summary>
    public Task TemplateAsync(HttpContext context) =>
        TableAnswer.WriteAsync(
            context,
            "leads-template",
            leads["List_Title"],
            time,
            async add =>
            {
                await add([.. Columns.Select(leads.Field)], context.RequestAborted);
                await add([.. Columns.Select(ExampleOf)], context.RequestAborted);
            }
        );

    /// <summary>The original cells and a last column that says why; each file is an event of the audit.</summary>
    public async Task ErrorsAsync(HttpContext context, Guid importId, CancellationToken cancellationToken)
    {
        var actor = context.Actor() ?? throw new UnauthorizedAccessException("Nobody is signed in.");
        if (!await limits.MayAsync(context, actor, CostlyAct.Export))
        {
            return;
        }

        try
        {
            var (import, rows) = await imports.ErrorsAsync(actor, importId, cancellationToken);
            await using var writer = CsvAnswer.Begin(context, "leads-not-imported", time);
            await writer.WriteAsync(CsvLine.Of([.. import.Headings, texts["File_Why"].Value]));
            await foreach (var row in rows)
            {
                var why = string.Join("; ", row.Faults.Select(fault => texts.Fault(leads, fault)));
                await writer.WriteAsync(CsvLine.Of([.. row.Cells, why]));
            }
        }
        catch (Exception exception) when (exception is NotFoundException or ForbiddenException)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private object? ExampleOf(ImportField field) =>
        field switch
        {
            ImportField.ClientName => texts["Example_Name"].Value,
            ImportField.Phone => "+380 44 123 45 67",
            ImportField.Email => "client@example.com",
            ImportField.BirthDate => new DateOnly(1985, 12, 31).ToString("dd.MM.yyyy", CultureInfo.InvariantCulture),
            ImportField.BudgetFrom => 200_000m,
            ImportField.BudgetTo => 350_000m,
            ImportField.Currency => LeadOptions.BandCurrency,
            ImportField.Notes => texts["Example_Notes"].Value,
            ImportField.Agent => null,
            _ when field.ToLeadField() is { } known && book.For(known) is [var first, ..] => leads.Option(
                book,
                known,
                first
            ),
            _ => null,
        };
}

internal static class ImportHosting
{
    public static void AddLeadImport(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services =>
            ImportWords.Vocabulary(services.GetRequiredService<IStringLocalizer<LeadsTexts>>())
        );
        builder.Services.AddScoped<ImportFiles>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ImportRunner>());
    }

    public static void MapLeadImport(this WebApplication app)
    {
        var files = app.MapGroup("")
            .RequireAuthorization(policy => policy.RequireRole(nameof(Role.Manager), nameof(Role.Admin)))
            .ExcludeFromDescription();
        files.MapGet(
            ImportAddress.Template,
            (HttpContext context, ImportFiles import) => import.TemplateAsync(context)
        );
        files.MapGet(
            ImportAddress.ErrorsRoute,
            (HttpContext context, Guid importId, ImportFiles import) =>
                import.ErrorsAsync(context, importId, context.RequestAborted)
        );
    }
}
