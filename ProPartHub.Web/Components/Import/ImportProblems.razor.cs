using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Transfer.Import;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Import;

/// <summary>Which rows are listed.</summary>
public enum ProblemKind
{
    /// <summary>Those that were refused or left out.</summary>
    Rows,

    /// <summary>Those whose leads the undo left alone.</summary>
    LeftAlone,
}

/// <summary>Rows that did not become what was hoped, with the reason, a page at a time.</summary>
public sealed partial class ImportProblems : IDisposable
{
    private readonly PageLife _life = new();
    private List<ImportProblem> _rows = [];
    private ImportState? _shown;
    private bool _hasMore;

    /// <summary>The import.</summary>
    [Parameter, EditorRequired]
    public ImportView View { get; set; } = null!;

    /// <summary>Who looks.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Which rows.</summary>
    [Parameter]
    public ProblemKind Kind { get; set; }

    [Inject]
    private LeadImports Imports { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose()
    {
        _life.Cancel();
        _life.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != View.Import.State)
        {
            (_shown, _rows) = (View.Import.State, []);
            await MoreAsync();
        }
    }

    private async Task MoreAsync()
    {
        try
        {
            var after = _rows.Count == 0 ? 0 : _rows[^1].Number;
            var more =
                Kind is ProblemKind.LeftAlone
                    ? await Imports.LeftAloneAsync(Actor, View.Import.Id, after, _life.Token)
                    : await Imports.ProblemsAsync(Actor, View.Import.Id, refusedOnly: false, after, _life.Token);
            _rows = [.. _rows, .. more];
            _hasMore = more.Count == LeadImports.ProblemsSize;
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or NotFoundException or ForbiddenException
                || DatabaseOutage.Is(exception)
            )
        {
            // The page is gone or says so itself; what is shown stays.
        }
    }

    // The client as the file names it; where no column is the name, the first cell says most.
    private string Who(ImportProblem row)
    {
        var place = View.Import.Mapping.ToList().IndexOf(ImportField.ClientName);
        return row.Cells.ElementAtOrDefault(Math.Max(0, place)) is { Length: > 0 } cell ? cell : "—";
    }
}
