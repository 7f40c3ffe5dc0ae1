using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProPartHub.Domain.Dashboards;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Timeline;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Dashboard;

/// <summary>
/// What others did since the reader was last here, by lead. It counts as seen once its end has stood before the reader's
/// eyes for a while (<c>js/seen.js</c>); opening the page in a background window does not count.
/// </summary>
public sealed partial class NewsPanel : IAsyncDisposable
{
    private const int PerPage = 6;
    private const int PerLead = 3;
    private const int TextLength = 140;

    private PageScript<NewsPanel>? _script;
    private ElementReference _end;
    private News? _armed;
    private News? _seen;
    private int _shown = PerPage;

    /// <summary>What it shows; null until it is read.</summary>
    [Parameter, EditorRequired]
    public News? News { get; set; }

    /// <summary>The stages, for names in changes.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<StageLine> Stages { get; set; } = [];

    /// <summary>Called with what the reader has really seen.</summary>
    [Parameter]
    public EventCallback<News> OnSeen { get; set; }

    /// <summary>Called when the reader comes back to a window that stood in the background for longer than a visit.</summary>
    [Parameter]
    public EventCallback OnReturned { get; set; }

    [Inject]
    private IJSRuntime JS { get; set; } = null!;

    private string? Count =>
        News is { Leads.Count: > 0 } ? News.Leads.Count.ToString("N0", CultureInfo.CurrentCulture) : null;

    private IEnumerable<NewsLead> Shown => News?.Leads.Take(_shown) ?? [];

    /// <summary>Called by the script when the end of the list has been in view for a while.</summary>
    [JSInvokable]
    public async Task Seen()
    {
        if (News is { } news && !ReferenceEquals(_seen, news))
        {
            _seen = news;
            await OnSeen.InvokeAsync(news);
        }
    }

    /// <summary>Called by the script when the window is looked at again after a long while.</summary>
    [JSInvokable]
    public Task Returned() => OnReturned.InvokeAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _script?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (News is null || ReferenceEquals(_armed, News))
        {
            return;
        }

        _armed = News;
        if (_script is null)
        {
            _script = new PageScript<NewsPanel>(this);
            await _script.StartAsync(
                JS,
                Assets["js/seen.js"],
                "watch",
                _end,
                (int)SeenMarks.VisitGap.TotalMilliseconds
            );
        }
        else
        {
            await _script.CallAsync("again");
        }
    }

    private string Text(NewsItem item) =>
        item.Kind switch
        {
            LeadEventKind.CommentAdded => Value(item, FieldChange.Comment) is { } words
                ? T["News_Comment", Cut(words)]
                : T["News_CommentAdded"],
            LeadEventKind.StageChanged => Value(item, nameof(LeadField.Stage)) is { } id
            && Stages.FirstOrDefault(stage => stage.StageId.ToString() == id) is { } stage
                ? T["News_StageChanged", stage.Label]
                : Leads["Event_StageChanged"],
            LeadEventKind.Edited or LeadEventKind.ConflictKept => T[
                "News_Edited",
                string.Join(", ", item.Changes.Select(change => Leads.Field(change.Field)).Distinct())
            ],
            LeadEventKind.CommentEdited or LeadEventKind.ActivityAdded => T[$"News_{item.Kind}"],
            _ => Value(item, Domain.FollowUps.FollowUpFields.Title) is { } title
                ? $"{Leads[$"Event_{item.Kind}"]}: {Cut(title)}"
                : Leads[$"Event_{item.Kind}"],
        };

    private static string? Value(NewsItem item, string field) =>
        item.Changes.FirstOrDefault(change => change.Field == field)?.After;

    private static string Cut(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= TextLength ? line : Domain.Errors.ReadableText.Cut(line, TextLength) + "…";
    }
}
