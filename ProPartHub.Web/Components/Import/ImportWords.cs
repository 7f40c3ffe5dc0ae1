using System.Globalization;
using Microsoft.Extensions.Localization;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Columns;
using ProPartHub.Domain.Transfer.Import;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Leads.Listing;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Import;

/// <summary>Names of fields and words for faults, in the reader's language; and the words of all languages for reading files.</summary>
internal static class ImportWords
{
    private static readonly string[] OwnFaults =
    [
        ImportFaultCode.UnreadableAmount,
        ImportFaultCode.UnreadableDay,
        ImportFaultCode.UnknownAgent,
        ImportFaultCode.AmbiguousAgent,
        ImportFaultCode.LeadIsThere,
        ImportFaultCode.RegisteredElsewhere,
        ImportFaultCode.SameInFile,
        ImportFaultCode.NothingNew,
        ImportFaultCode.LeadIsGone,
        ImportFaultCode.NotAllowed,
    ];

    /// <summary>The field's name.</summary>
    public static string Field(this IStringLocalizer<LeadsTexts> texts, ImportField field) =>
        field switch
        {
            ImportField.Number => texts["Column_Number"],
            ImportField.Tags => texts["Column_Tags"],
            ImportField.Budget => texts["Field_Budget"],
            _ => texts[$"Field_{field}"],
        };

    /// <summary>A fault in words, with its field where it has one.</summary>
    public static string Fault(
        this IStringLocalizer<ImportTexts> texts,
        IStringLocalizer<LeadsTexts> leads,
        ImportFault fault
    )
    {
        var words = WordsOf(texts, leads, fault);
        return Enum.TryParse<ImportField>(fault.Field, out var field) && field is not ImportField.None
            ? $"{leads.Field(field)}: {words}"
            : words;
    }

    /// <summary>Why a file cannot be read, with the limit that it misses.</summary>
    public static string Trouble(this IStringLocalizer<ImportTexts> texts, FileTrouble trouble) =>
        trouble switch
        {
            FileTrouble.TooLarge => texts["Trouble_TooLarge", ImportLimits.FileSize / 1024 / 1024],
            FileTrouble.UnpacksTooLarge => texts["Trouble_UnpacksTooLarge", ImportLimits.Unpacked / 1024 / 1024],
            FileTrouble.TooManyRows => texts[
                "Trouble_TooManyRows",
                ImportLimits.Rows.ToString("N0", CultureInfo.CurrentCulture)
            ],
            FileTrouble.TooManyColumns => texts["Trouble_TooManyColumns", ImportLimits.Columns],
            _ => texts[$"Trouble_{trouble}"],
        };

    private static string WordsOf(
        IStringLocalizer<ImportTexts> texts,
        IStringLocalizer<LeadsTexts> leads,
        ImportFault fault
    ) =>
        OwnFaults.Contains(fault.Code)
            ? fault.Row is { } row
                ? texts[$"Problem_{fault.Code}", row]
                : texts[$"Problem_{fault.Code}"]
            : fault.Limit is null
                ? leads[$"Fault_{fault.Code}"]
                : leads[$"Fault_{fault.Code}", fault.Limit];

    /// <summary>The interface's words in all its languages, so that what the portal exports is understood.</summary>
    public static ImportVocabulary Vocabulary(IStringLocalizer<LeadsTexts> texts)
    {
        var headings = new List<(string, ImportField)>();
        var labels = new List<(LeadField, string, string)>();
        var bands = new List<(string, int)>();
        var pool = new List<string>();
        var reader = CultureInfo.CurrentUICulture;
        try
        {
            foreach (var language in Languages.All)
            {
                CultureInfo.CurrentUICulture = language.Culture;
                headings.AddRange(ImportFields.Offered.Select(field => (texts.Field(field), field)));
                headings.AddRange(ColumnLook.All.Select(column => (texts.Title(column), FieldOf(column))));
                labels.AddRange(LeadFields.Typed.SelectMany(field => LabelsOf(texts, field)));
                bands.AddRange(
                    Enumerable
                        .Range(0, LeadOptions.BudgetBands.Count)
                        .Select(band => (texts[$"Band_{band}"].Value, band))
                );
                pool.Add(texts["Row_Pool"]);
            }
        }
        finally
        {
            CultureInfo.CurrentUICulture = reader;
        }

        return new ImportVocabulary(headings, labels, bands, pool);
    }

    private static IEnumerable<(LeadField, string, string)> LabelsOf(
        IStringLocalizer<LeadsTexts> texts,
        LeadField field
    ) =>
        field is LeadField.Currency
            ? []
            : (LeadOptions.For(field) ?? []).Select(
                (value, place) => (field, texts[$"Option_{field}_{place}"].Value, value)
            );

    // Moments and figures of an export are not taken in.
    private static ImportField FieldOf(LeadColumn column) =>
        column switch
        {
            LeadColumn.Client => ImportField.ClientName,
            LeadColumn.Number => ImportField.Number,
            LeadColumn.Stage => ImportField.Stage,
            LeadColumn.Country => ImportField.Country,
            LeadColumn.Agent => ImportField.Agent,
            LeadColumn.Tags => ImportField.Tags,
            _ => ColumnLook.FieldOf(column) is { } field ? Enum.Parse<ImportField>(field.ToString()) : ImportField.None,
        };
}
