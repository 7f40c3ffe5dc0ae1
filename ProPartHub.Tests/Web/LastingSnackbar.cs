using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ProPartHub.Tests.Web;

/// <summary>
/// Messages that stand until somebody clicks. The library counts their seconds on the machine's own clock, so on a busy
/// machine an offer to undo would be gone before a test came to click it.
/// </summary>
internal sealed class LastingSnackbar(SnackbarService messages) : ISnackbar
{
    public IEnumerable<Snackbar> ShownSnackbars => messages.ShownSnackbars;

    public SnackbarConfiguration Configuration => messages.Configuration;

    public event Action? OnSnackbarsUpdated
    {
        add => messages.OnSnackbarsUpdated += value;
        remove => messages.OnSnackbarsUpdated -= value;
    }

    public Snackbar? Add(
        string message,
        Severity severity = Severity.Normal,
        Action<SnackbarOptions>? configure = null,
        string? key = null
    ) => messages.Add(message, severity, Lasting(configure), key);

    public Snackbar? Add(
        MarkupString message,
        Severity severity = Severity.Normal,
        Action<SnackbarOptions>? configure = null,
        string? key = null
    ) => messages.Add(message, severity, Lasting(configure), key);

    public Snackbar? Add(
        RenderFragment message,
        Severity severity = Severity.Normal,
        Action<SnackbarOptions>? configure = null,
        string? key = null
    ) => messages.Add(message, severity, Lasting(configure), key);

    public Snackbar? Add<T>(
        Dictionary<string, object>? componentParameters = null,
        Severity severity = Severity.Normal,
        Action<SnackbarOptions>? configure = null,
        string? key = null
    )
        where T : IComponent => messages.Add<T>(componentParameters, severity, Lasting(configure), key);

    public void Clear() => messages.Clear();

    public void Remove(Snackbar snackbar) => messages.Remove(snackbar);

    public void RemoveByKey(string key) => messages.RemoveByKey(key);

    public void Dispose() => messages.Dispose();

    private static Action<SnackbarOptions> Lasting(Action<SnackbarOptions>? configure) =>
        options =>
        {
            configure?.Invoke(options);
            options.RequireInteraction = true;
        };
}
