using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Knowledge;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Knowledge;

/// <summary>
/// Changes an article by its draft. What is open here is not read again by itself: who was faster is noticed on saving.
/// </summary>
public sealed partial class EditArticlePage : ActingComponent
{
    private ArticleToEdit? _article;
    private IReadOnlyList<SectionItem> _sections = [];
    private bool _isMissing;
    private long? _asked;

    /// <summary>Its number.</summary>
    [Parameter]
    public long Number { get; set; }

    [Inject]
    private ArticleQueries Articles { get; set; } = null!;

    [Inject]
    private ArticleService Service { get; set; } = null!;

    [Inject]
    private KnowledgeSections Parts { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        // Once for each address: what the form was opened with must not change under it.
        if (Who is null || _asked == Number)
        {
            return Task.CompletedTask;
        }

        (_asked, _article) = (Number, null);
        return RefreshAsync();
    }

    /// <inheritdoc/>
    protected override async Task ReadAsync()
    {
        try
        {
            _sections = await Parts.ListAsync(Who!, Life);
            (_article, _isMissing) = (await Articles.ToEditAsync(Who!, Number, Life), false);
        }
        catch (NotFoundException)
        {
            (_article, _isMissing) = (null, true);
        }
    }

    private Task<bool> StoreAsync(ArticleEdit edit) =>
        edit.IsPublished
            ? Service.PublishAsync(
                Who!,
                _article!.Id,
                edit.Opened,
                edit.Typed,
                edit.Note,
                edit.IsSmall,
                CancellationToken.None
            )
            : Service.SaveDraftAsync(Who!, _article!.Id, edit.Opened, edit.Typed, CancellationToken.None);

    private Task SavedAsync(ArticleEdit? stored)
    {
        if (stored is not { IsPublished: true })
        {
            return RefreshAsync();
        }

        Open();
        return Task.CompletedTask;
    }

    private void Open() => Navigation.NavigateTo(KnowledgeAddress.Of(Number));
}
