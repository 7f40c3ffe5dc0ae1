using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Knowledge;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Knowledge;

/// <summary>
/// An article to read, live: what is published while it is open comes in its place. Who opens a version has seen it; who
/// writes finds the draft beside it and an archived one too.
/// </summary>
public sealed partial class ArticlePage : ActingComponent
{
    private ArticleDetails? _article;
    private ShownText? _text;
    private bool _isMissing;
    private bool _isSought;

    /// <summary>Its number.</summary>
    [Parameter]
    public long Number { get; set; }

    [Inject]
    private ArticleQueries Articles { get; set; } = null!;

    [Inject]
    private ArticleService Service { get; set; } = null!;

    [Inject]
    private ArticleReadings Readings { get; set; } = null!;

    [Inject]
    private ArticlePictures Pictures { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    [Inject]
    private IJSRuntime JS { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private bool MayWrite => Who is { ViewerId: null } who && KnowledgeRights.MayWrite(who);

    private string? Subtitle =>
        _article is { PublishedAt: { } published, PublishedBy: { } by }
            ? T["Published", Time.DayAndHour(published), by].Value
            : null;

    /// <inheritdoc/>
    protected override IReadOnlyList<AgencyTopic> Topics => [AgencyTopic.Knowledge];

    /// <inheritdoc/>
    protected override async Task ReadAsync()
    {
        var number = Number;
        try
        {
            var article = await Articles.DetailsAsync(Who!, number, Life);
            var pictures = await Pictures.SizesAsync(Who!, article.Body, Life);
            await SeeAsync(article);
            if (number == Number)
            {
                (_article, _isMissing) = (article, false);
                _text = ArticleText.Show(article.Body, KnowledgeAddress.Of(number), pictures);
            }
        }
        catch (NotFoundException)
        {
            (_article, _isMissing) = (null, true);
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // The browser looked for the heading that the address names before the article was there.
        if (_text is null || _isSought)
        {
            return;
        }

        _isSought = true;
        if (Navigation.Uri.Contains('#', StringComparison.Ordinal))
        {
            try
            {
                await using var script = await JS.InvokeAsync<IJSObjectReference>(
                    "import",
                    "./" + Assets["js/heading.js"]
                );
                await script.InvokeVoidAsync("seek");
            }
            catch (JSDisconnectedException)
            {
                // The page was left meanwhile.
            }
        }
    }

    // Whoever publishes anew at this moment has its page read again at once, and that version seen.
    private async Task SeeAsync(ArticleDetails article)
    {
        if (article.Version == 0 || article.SeenVersion == article.Version || article.ArchivedAt is not null)
        {
            return;
        }

        try
        {
            await Readings.SeeAsync(Who!, article.Id, article.Version, Life);
        }
        catch (NotFoundException)
        {
            // Published anew or archived since it was read.
        }
    }

    private async Task ConfirmAsync()
    {
        await ActAsync(async () =>
        {
            await Readings.ConfirmAsync(Who!, _article!.Id, _article.Version, CancellationToken.None);
            return null;
        });
        await RefreshAsync();
    }

    private async Task DiscardAsync()
    {
        var article = _article!;
        var isSure = await ConfirmDialog.AskAsync(
            Dialogs,
            T["Discard_Title"],
            T[article.Version == 0 ? "Discard_All" : "Discard_Text"],
            T["Draft_Discard"],
            isDestructive: true
        );
        if (!isSure)
        {
            return;
        }

        var isGone = false;
        await ActAsync(async () =>
        {
            isGone = await Service.DiscardDraftAsync(Who!, article.Id, CancellationToken.None);
            return T["Discard_Done"];
        });
        if (isGone)
        {
            Navigation.NavigateTo(KnowledgeAddress.Path);
            return;
        }

        await RefreshAsync();
    }

    private async Task ToggleArchiveAsync()
    {
        var (id, title, isArchived) = (_article!.Id, _article.Title, _article.ArchivedAt is not null);
        var isDone = await SetArchivedAsync(id, !isArchived);
        if (isDone && !isArchived)
        {
            Snackbar.OfferUndo(
                Leads,
                T["Archive_Done", title],
                () =>
                    InvokeAsync(async () =>
                    {
                        await SetArchivedAsync(id, isArchived: false);
                        StateHasChanged();
                    })
            );
        }
    }

    private async Task<bool> SetArchivedAsync(Guid id, bool isArchived)
    {
        var isDone = await ActAsync(async () =>
        {
            await (
                isArchived
                    ? Service.ArchiveAsync(Who!, id, CancellationToken.None)
                    : Service.BringBackAsync(Who!, id, CancellationToken.None)
            );
            return isArchived ? null : T["BringBack_Done"].Value;
        });
        await RefreshAsync();
        return isDone;
    }
}
