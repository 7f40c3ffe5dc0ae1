using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Knowledge;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Knowledge;

/// <summary>
/// The knowledge base, live: its sections, a section or what was found. What is chosen stands in the address.
/// </summary>
public sealed partial class KnowledgePage : ActingComponent
{
    private ArticleQuery _query = new();
    private ArticleQuery? _shown;
    private IReadOnlyList<SectionItem>? _sections;
    private IReadOnlyList<SectionShelf>? _shelves;
    private ArticleListPage? _page;
    private IReadOnlyList<string> _words = [];
    private (int Drafts, int Archived) _counts;

    // Read from the address at each change of it; the router passes these, and so the page is asked to look again.
    [SupplyParameterFromQuery(Name = "q")]
    private string? Search { get; set; }

    [SupplyParameterFromQuery]
    private string? Section { get; set; }

    [SupplyParameterFromQuery]
    private string? View { get; set; }

    [SupplyParameterFromQuery]
    private string? After { get; set; }

    [SupplyParameterFromQuery]
    private string? Before { get; set; }

    [Inject]
    private ArticleQueries Articles { get; set; } = null!;

    [Inject]
    private KnowledgeSections Parts { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private bool MayWrite => Who is { ViewerId: null } who && KnowledgeRights.MayWrite(who);

    private string Heading =>
        _query.Shelf is not ArticleShelf.Published ? T[$"Shelf_{_query.Shelf}"]
        : _query.SectionId is { } id && _sections?.FirstOrDefault(section => section.Id == id) is { } chosen
            ? chosen.Name
        : T["Title"];

    /// <inheritdoc/>
    protected override IReadOnlyList<AgencyTopic> Topics => [AgencyTopic.Knowledge];

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        _query = KnowledgeAddress.Read(new Uri(Navigation.Uri));
        return base.OnParametersSetAsync();
    }

    /// <inheritdoc/>
    protected override async Task ReadAsync()
    {
        // Searches may follow faster than the database answers: only the answer to the latest question shows.
        var asked = _query;
        var sections = await Parts.ListAsync(Who!, Life);
        var counts = await Articles.CountsAsync(Who!, Life);
        var shelves = asked.IsOverview ? await Articles.OverviewAsync(Who!, Life) : null;
        var page = asked.IsOverview ? null : await Articles.PageAsync(Who!, asked, Life);
        if (asked == _query)
        {
            (_sections, _counts, _shelves, _page, _shown) = (sections, counts, shelves, page, asked);
            _words = ArticleQueries.WordsOf(asked.Search);
        }
    }

    private int CountOf(ArticleShelf shelf) =>
        shelf switch
        {
            ArticleShelf.Drafts => _counts.Drafts,
            ArticleShelf.Archive => _counts.Archived,
            _ => 0,
        };

    private string LinkOf(ArticleRow row) =>
        _query.Shelf is ArticleShelf.Drafts ? KnowledgeAddress.Edit(row.Number) : KnowledgeAddress.Of(row.Number);

    private void Show(ArticleQuery query) =>
        Navigation.NavigateTo(KnowledgeAddress.Write(query with { Cursor = null, Backward = false }));

    private string? PageAddress(string? cursor, bool backward) =>
        cursor is null ? null : KnowledgeAddress.Write(_query with { Cursor = cursor, Backward = backward });
}
