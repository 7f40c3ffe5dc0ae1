using System.Globalization;
using ProPartHub.Domain.Transfer.Import;

namespace ProPartHub.Web.Components.Import;

/// <summary>A step of an import, as the page and its address name it.</summary>
public enum ImportStep
{
    /// <summary>A file is chosen.</summary>
    File,

    /// <summary>Columns are understood.</summary>
    Columns,

    /// <summary>What would happen is shown.</summary>
    Check,

    /// <summary>Leads are brought in.</summary>
    Run,

    /// <summary>What happened is shown.</summary>
    Result,
}

/// <summary>Addresses of imports.</summary>
internal static class ImportAddress
{
    public const string Path = "/leads/import";
    public const string List = "/leads/imports";
    public const string Template = Path + "/template";
    public const string ErrorsRoute = Path + "/{importId:guid}/errors";

    /// <summary>An import at its step.</summary>
    public static string Of(LeadImport import) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Path}?id={import.Id}&step={StepOf(import).ToString().ToLowerInvariant()}"
        );

    /// <summary>Its rows that were refused or left out, as a file.</summary>
    public static string Errors(Guid importId) => $"{Path}/{importId}/errors";

    /// <summary>The step at which an import stands; what is stored decides, whatever the address says.</summary>
    public static ImportStep StepOf(LeadImport? import) =>
        import?.State switch
        {
            null => ImportStep.File,
            ImportState.Draft => ImportStep.Columns,
            ImportState.Checking or ImportState.Checked => ImportStep.Check,
            ImportState.Running => ImportStep.Run,
            _ => ImportStep.Result,
        };
}
