namespace ProPartHub.Benchmarks.Live;

/// <summary>
/// What everything is held against: the SDK's own Blazor template, made at the time of the run, with one interactive page that shows a
/// table from memory.
/// </summary>
internal static class TemplateApp
{
    /// <summary>The page with the table.</summary>
    public const string Page = "/rows";

    /// <summary>Its rows: as many as a page of the lead list.</summary>
    public const int Rows = 50;

    /// <summary>Makes and publishes it.</summary>
    /// <param name="folder">A folder of its own.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The assembly to start.</returns>
    public static async Task<string> PublishAsync(string folder, CancellationToken cancellationToken)
    {
        var project = Path.Combine(folder, "Template");
        await PublishedApp.DotnetAsync(
            // It would send a visitor on to TLS or not, by whether that address was bound when the first request came.
            ["new", "blazor", "--interactivity", "Server", "--no-https", "--name", "Template", "--output", project],
            cancellationToken
        );
        await File.WriteAllTextAsync(
            Path.Combine(project, "Components", "Pages", "Rows.razor"),
            $$"""
            @page "{{Page}}"
            @rendermode InteractiveServer
            <table id="rows" data-interactive="@RendererInfo.IsInteractive">
                @foreach (var number in Enumerable.Range(1, {{Rows}}))
                {
                    <tr @key="number">
                        <td>@number</td><td>Client @number</td><td>+380501@(number)</td><td>client@(number)@@example.com</td>
                        <td>Agent @(number % 7)</td><td>Stage @(number % 9)</td><td>@(number * 1000) USD</td><td>@_shown</td>
                        <td><button @onclick="() => _shown = number">Open</button></td>
                    </tr>
                }
            </table>
            @code { private int _shown; }
            """,
            cancellationToken
        );
        return await PublishedApp.PublishAsync(
            Path.Combine(project, "Template.csproj"),
            Path.Combine(folder, "published"),
            cancellationToken
        );
    }
}
