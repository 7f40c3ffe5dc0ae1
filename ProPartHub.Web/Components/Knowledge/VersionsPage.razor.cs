using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Knowledge;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Knowledge;

/// <summary>
/// An article's versions, live: one to look at, or two compared by line, as the address says; any can be published once more.
/// </summary>
public sealed partial class VersionsPage : ActingComponent
{
    private VersionList? _list;
    private VersionText? _version;
    private IReadOnlyList<ComparedLine>? _lines;
    private string _html = "";
    private bool _isMissing;
    private int? _shown;
    private int _from;
    private int _to;

    /// <summary>Number of the article.</summary>
    [Parameter]
    public long Number { get; set; }

    [SupplyParameterFromQuery(Name = "v")]
    private string? VersionInAddress { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    private string? FromInAddress { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    private string? ToInAddress { get; set; }

    [SupplyParameterFromQuery(Name = "before")]
    private string? BeforeInAddress { get; set; }

    [Inject]
    private ArticleVersionQueries Versions { get; set; } = null!;

    [Inject]
    private ArticlePictures Pictures { get; set; } = null!;

    [Inject]
    private ArticleService Service { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private int? Version => NumberIn(VersionInAddress);

    private int? From => NumberIn(FromInAddress);

    private int? To => NumberIn(ToInAddress);

    private int? Before => NumberIn(BeforeInAddress);

    private bool MayRestore =>
        Who is { ViewerId: null }
        && _list is { IsArchived: false }
        && _list.Rows.All(row => row.Number != _version?.Number || !row.IsShown);

    private RenderFragment Choices => Options;

    /// <inheritdoc/>
    protected override IReadOnlyList<AgencyTopic> Topics => [AgencyTopic.Knowledge];

    /// <inheritdoc/>
    protected override async Task ReadAsync()
    {
        try
        {
            var list = await Versions.PageAsync(Who!, Number, Before, Life);
            var isComparison = From is not null && To is not null;
            var shown = Version ?? list.Rows.Select(row => (int?)row.Number).FirstOrDefault();
            int[] asked =
                isComparison ? [From!.Value, To!.Value]
                : shown is { } one ? [one]
                : [];
            var texts = await Versions.TextsAsync(Who!, list.ArticleId, asked, Life);
            (_list, _isMissing, _version, _lines) = (list, false, null, null);
            if (
                isComparison
                && texts.TryGetValue(From!.Value, out var before)
                && texts.TryGetValue(To!.Value, out var after)
            )
            {
                (_lines, _shown, _from, _to) = (
                    LineDifference.Of(Whole(before), Whole(after)),
                    null,
                    From.Value,
                    To.Value
                );
            }
            else if (!isComparison && shown is { } number && texts.TryGetValue(number, out var version))
            {
                var pictures = await Pictures.SizesAsync(Who!, version.Body, Life);
                (_version, _shown) = (version, number);
                _html = ArticleText.Show(version.Body, KnowledgeAddress.Version(Number, number), pictures).Html;
            }
        }
        catch (NotFoundException)
        {
            (_list, _isMissing) = (null, true);
        }
    }

    // What is no number in an address is as good as nothing.
    private static int? NumberIn(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // Title and section are compared as the first lines.
    private static string Whole(VersionText version) => $"{version.SectionName}\n{version.Title}\n\n{version.Body}";

    private void Compare() => Navigation.NavigateTo(KnowledgeAddress.Comparison(Number, _from, _to));

    private async Task RestoreAsync()
    {
        var isDone = await ActAsync(async () =>
        {
            await Service.RestoreAsync(Who!, _list!.ArticleId, _version!.Number, CancellationToken.None);
            return T["Restore_Done", _version.Number];
        });
        await RefreshAsync();
        if (isDone)
        {
            Navigation.NavigateTo(KnowledgeAddress.Versions(Number));
        }
    }

    private void Options(RenderTreeBuilder builder)
    {
        foreach (var row in _list!.Rows)
        {
            builder.OpenElement(0, "option");
            builder.AddAttribute(1, "value", row.Number.ToString(CultureInfo.InvariantCulture));
            builder.AddContent(2, T["Version", row.Number]);
            builder.CloseElement();
        }
    }
}
