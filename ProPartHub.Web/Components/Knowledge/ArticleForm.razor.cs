using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using ProPartHub.Domain.Knowledge;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Knowledge;

/// <summary>
/// Writes an article, with a preview that follows the typing (<c>js/article-editor.js</c>). What is typed is kept by the
/// browser until it is stored.
/// </summary>
public sealed partial class ArticleForm : ActingComponent, IAsyncDisposable
{
    private static readonly (string Mark, string Icon)[] Marks =
    [
        ("bold", Icons.Material.Outlined.FormatBold),
        ("italic", Icons.Material.Outlined.FormatItalic),
        ("heading", Icons.Material.Outlined.Title),
        ("list", Icons.Material.Outlined.FormatListBulleted),
        ("link", Icons.Material.Outlined.Link),
    ];

    private ArticleDraft _draft = new();
    private ArticleInput? _shown;
    private ArticleInput _opened = new();
    private IReadOnlyDictionary<string, string?> _values = new Dictionary<string, string?>();
    private ShownText? _preview;
    private IReadOnlyDictionary<Guid, PictureSize> _pictures = new Dictionary<Guid, PictureSize>();
    private DraftScope? _scope;
    private ArticlePictureAdder? _adder;
    private ElementReference _tools;
    private PageScript<ArticleForm>? _script;
    private string? _told;
    private bool _isPreview;
    private bool _isSaving;

    /// <summary>What is being written, the same at each visit.</summary>
    [Parameter, EditorRequired]
    public string Place { get; set; } = "";

    /// <summary>What is stored; null for a new one.</summary>
    [Parameter]
    public ArticleInput? Opened { get; set; }

    /// <summary>Whether readers see a version already.</summary>
    [Parameter]
    public bool IsPublished { get; set; }

    /// <summary>The sections to choose from.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<SectionItem> Sections { get; set; } = [];

    /// <summary>Stores it; answers false where somebody else has changed it meanwhile.</summary>
    [Parameter, EditorRequired]
    public Func<ArticleEdit, Task<bool>> Store { get; set; } = null!;

    /// <summary>Called with what was stored, or null when somebody else was faster.</summary>
    [Parameter]
    public EventCallback<ArticleEdit?> OnSaved { get; set; }

    /// <summary>Called when nothing is to be stored.</summary>
    [Parameter]
    public EventCallback OnCancelled { get; set; }

    [Inject]
    private ArticlePictures Pictures { get; set; } = null!;

    [Inject]
    private IJSRuntime JS { get; set; } = null!;

    /// <summary>Shows what is being typed; called by the script when the typing pauses.</summary>
    [JSInvokable]
    public async Task Preview(string? text)
    {
        // Asked for only when one is named that was not named before.
        if (Who is not null && text is not null && ArticleText.PicturesOf(text).Any(id => !_pictures.ContainsKey(id)))
        {
            await ActAsync(async () =>
            {
                _pictures = await Pictures.SizesAsync(Who, text, Life);
                return Said;
            });
        }

        Show(text);
        StateHasChanged();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Dispose();
        if (_script is not null)
        {
            await _script.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    protected override Task ReadAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _draft = ArticleDraft.Of(Opened);
        (_shown, _opened, _values) = (Opened, Opened ?? new(), _draft.Values());
        Show(_draft.Body);
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        // It was stored, or somebody was faster and theirs was read: what is typed stays and would come in its place.
        if (!ReferenceEquals(_shown, Opened))
        {
            (_shown, _opened, _values) = (Opened, Opened ?? new(), ArticleDraft.Of(Opened).Values());
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _script = new(this);
            await _script.StartAsync(
                JS,
                Assets["js/article-editor.js"],
                "edit",
                "article-Body",
                ArticlePictureAdder.InputId,
                _tools
            );
        }
    }

    private void Show(string? text)
    {
        var body = text ?? "";
        _preview =
            body.Length <= ArticleLimits.Body && ArticleText.TryShow(body, "", _pictures, out var shown) ? shown : null;
    }

    private async Task InsertAsync((Guid Id, PictureSize Size, string Markdown) picture)
    {
        _pictures = new Dictionary<Guid, PictureSize>(_pictures) { [picture.Id] = picture.Size };
        await _script!.CallAsync("insert", picture.Markdown);
    }

    private void Restore(RestoredDraft draft)
    {
        _draft.Write(draft.Values);
        // As it was when that was typed: who has changed the same since is noticed on saving.
        var then = ArticleDraft.Of(Opened);
        then.Write(draft.Opened);
        _opened = then.Input();
        Show(_draft.Body);
    }

    private void Abandon()
    {
        Hush();
        _told = null;
        _draft = ArticleDraft.Of(Opened);
        _opened = Opened ?? new();
        Show(_draft.Body);
    }

    private Task PublishAsync() => SaveAsync(isPublished: true);

    private Task SaveDraftAsync() => SaveAsync(isPublished: false);

    private async Task SaveAsync(bool isPublished)
    {
        if (_isSaving)
        {
            return;
        }

        (_isSaving, _told) = (true, null);
        var edit = new ArticleEdit(_opened, _draft.Input(), isPublished, _draft.Note, _draft.IsSmall);
        await ActAsync(async () =>
        {
            var isStored = await Store(edit);
            if (isStored)
            {
                await _scope!.ForgetAsync();
            }

            await OnSaved.InvokeAsync(isStored ? edit : null);
            _told = isStored && !isPublished ? T["Draft_Saved"].Value : null;
            return isStored ? null : SayKept();
        });
        _isSaving = false;
    }

    private async Task CancelAsync()
    {
        await _scope!.ForgetAsync();
        await OnCancelled.InvokeAsync();
    }

    private string? Invalid(string field) => FaultOf(field) is null ? null : "true";

    private string? Described(string field) => FaultOf(field) is null ? null : $"article-{field}-fault";
}
