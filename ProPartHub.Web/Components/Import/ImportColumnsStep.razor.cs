using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Transfer.Import;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Import;

/// <summary>How a file is understood. Each choice is stored at once, and the first rows are shown as they would be read by it.</summary>
public sealed partial class ImportColumnsStep : IDisposable
{
    private const int Examples = 3;

    private readonly PageLife _life = new();
    private IReadOnlyList<PersonItem> _people = [];
    private ImportPreview _preview = new([]);
    private ImportChoices _choices = null!;
    private DateTimeOffset? _shown;
    private bool _isBusy;
    private string? _fault;

    /// <summary>The import.</summary>
    [Parameter, EditorRequired]
    public ImportView View { get; set; } = null!;

    /// <summary>Who looks.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Called when something was stored.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnChanged { get; set; }

    /// <summary>Called when the file was given up.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnGivenUp { get; set; }

    [Inject]
    private LeadImports Imports { get; set; } = null!;

    [Inject]
    private PeopleQueries People { get; set; } = null!;

    [Inject]
    private LeadOptionBook Book { get; set; } = null!;

    private int Known => View.Import.Mapping.Count(column => column is not ImportField.None);

    private IEnumerable<(string Code, string Name)> Countries =>
        ImportCountries
            .All.Select(code => (Code: code, Name: T[$"Country_{code}"].Value))
            .OrderByDescending(country => country.Code == PhoneNumber.HomeCountry)
            .ThenBy(country => country.Name, StringComparer.CurrentCulture);

    /// <inheritdoc/>
    public void Dispose()
    {
        _life.Cancel();
        _life.Dispose();
    }

    protected override async Task OnInitializedAsync() =>
        await TryAsync(async () => _people = await People.AssignableAsync(Actor, _life.Token));

    protected override async Task OnParametersSetAsync()
    {
        var import = View.Import;
        _choices = new ImportChoices(import.Mapping, import.PhoneCountry, import.Policy, import.AgentId);
        if (_shown != import.TouchedAt)
        {
            _shown = import.TouchedAt;
            await TryAsync(async () =>
            {
                var preview = await Imports.PreviewAsync(Actor, import.Id, _life.Token);
                // Where it was changed again in the meantime, this may come after the newer one.
                if (_shown == import.TouchedAt)
                {
                    _preview = preview;
                }
            });
        }
    }

    private Task MapAsync(int column, string text)
    {
        var field = Enum.TryParse<ImportField>(text, out var known) ? known : ImportField.None;
        // A field has one column: the one that had it before is left out.
        IReadOnlyList<ImportField> mapping =
        [
            .. _choices.Mapping.Select(
                (present, place) =>
                    place == column ? field
                    : present == field ? ImportField.None
                    : present
            ),
        ];
        return ChooseAsync(_choices with { Mapping = mapping });
    }

    private Task ChooseAsync(ImportChoices choices) =>
        ActAsync(() => Imports.ChooseAsync(Actor, View.Import.Id, choices, _life.Token));

    private Task ReshapeAsync(string? coding, string separator) =>
        ActAsync(async () =>
        {
            var shape = new TextShape(Enum.Parse<TextCoding>(coding ?? nameof(TextCoding.Utf8)), separator[0]);
            if (await Imports.ReshapeAsync(Actor, View.Import.Id, shape, _life.Token) is { } trouble)
            {
                _fault = T.Trouble(trouble);
            }
        });

    private Task CheckAsync() => ActAsync(() => Imports.CheckAsync(Actor, View.Import.Id, _life.Token));

    private async Task GiveUpAsync()
    {
        if (await TryAsync(() => Imports.DiscardAsync(Actor, View.Import.Id, _life.Token)))
        {
            await OnGivenUp.InvokeAsync();
        }
    }

    private async Task ActAsync(Func<Task> act)
    {
        (_fault, _isBusy) = (null, true);
        await TryAsync(act);
        _isBusy = false;
        await OnChanged.InvokeAsync();
    }

    private async Task<bool> TryAsync(Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (InvalidInputException refused)
        {
            _fault = T[
                refused.Errors[0].Code is FieldErrorCode.TooMany ? "Refused_TooMany" : "Refused_NoName",
                ImportLimits.AtOnce
            ];
        }
        catch (UnreadableFileException unreadable)
        {
            _fault = T.Trouble(unreadable.Trouble);
        }
        catch (Exception exception) when (exception is NotFoundException or ForbiddenException)
        {
            _fault = T["Forbidden"];
        }
        catch (Exception exception) when (exception is OperationCanceledException || DatabaseOutage.Is(exception))
        {
            _fault = _life.IsCancellationRequested ? null : T["File_Broken"].Value;
        }

        return false;
    }

    private static string Text(ChangeEventArgs change) => change.Value as string ?? "";

    private string HeadingOf(int column) =>
        View.Import.Headings[column] is { Length: > 0 } heading ? heading : T["Columns_Unnamed", column + 1];

    private IEnumerable<string> ExamplesOf(int column) =>
        _preview
            .Rows.Select(row => row.Cells.ElementAtOrDefault(column) ?? "")
            .Where(cell => cell.Length > 0)
            .Take(Examples);

    private IEnumerable<(string? Value, string? Fault)> UnderstoodOf(ImportField field) =>
        field is ImportField.None
            ? []
            : _preview
                .Rows.Select(row => (Value: ValueOf(row, field), Fault: FaultOf(row, field)))
                .Where(shown => shown.Value is not null || shown.Fault is not null)
                .Take(Examples);

    private string? ValueOf(PreviewRow row, ImportField field) =>
        field is ImportField.Budget ? Range(row)
        : field.ToLeadField() is { } known && row.Values.TryGetValue(known, out var value)
            ? known is LeadField.Stage or LeadField.Agent ? value
                : Leads.Value(Book, known, value)
        : null;

    private string? Range(PreviewRow row)
    {
        var (from, to) = (
            row.Values.GetValueOrDefault(LeadField.BudgetFrom),
            row.Values.GetValueOrDefault(LeadField.BudgetTo)
        );
        return from is null && to is null ? null : Leads.Budget($"{from}..{to}");
    }

    private string? FaultOf(PreviewRow row, ImportField field)
    {
        string[] names =
            field is ImportField.Budget
                ? [nameof(ImportField.Budget), nameof(ImportField.BudgetFrom), nameof(ImportField.BudgetTo)]
                : [field.ToString()];
        return row.Faults.FirstOrDefault(fault => names.Contains(fault.Field)) is { } found
            ? T.Fault(Leads, found with { Field = "" })
            : null;
    }

    private static string Name(string separator) =>
        separator switch
        {
            ";" => "Semicolon",
            "\t" => "Tab",
            "|" => "Pipe",
            _ => "Comma",
        };

    private static string Sign(string? name) =>
        name switch
        {
            "Semicolon" => ";",
            "Tab" => "\t",
            "Pipe" => "|",
            _ => ",",
        };
}
