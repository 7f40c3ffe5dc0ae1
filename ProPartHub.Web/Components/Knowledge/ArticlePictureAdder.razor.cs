using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.Knowledge;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Knowledge;

/// <summary>
/// Takes pictures for the article that is being written, and asks of each what it shows before it stands in the text: those
/// who do not see it read that.
/// </summary>
public sealed partial class ArticlePictureAdder : ActingComponent
{
    /// <summary>Id of the input that chosen, pasted and dropped files come to.</summary>
    public const string InputId = "article-pictures";

    /// <summary>Id of the form that its fields belong to: it stands in the article's own, where no other may stand.</summary>
    public const string FormId = "article-picture";

    private const int MostAtOnce = 10;
    private const int MostWords = 300;

    private readonly List<string> _refused = [];
    private readonly Queue<(Guid Id, PictureSize Size)> _waiting = new();
    private ElementReference _input;
    private string? _uploading;
    private string? _words;
    private bool _isWordless;
    private bool _isAsked;
    private int _percent;

    // The same file chosen once more is a change only for a new input; what was chosen is read from the old one, to the end.
    private int _round;

    /// <summary>Called with a picture and the Markdown that shows it.</summary>
    [Parameter, EditorRequired]
    public EventCallback<(Guid Id, PictureSize Size, string Markdown)> OnInsert { get; set; }

    [Inject]
    private ArticlePictures Pictures { get; set; } = null!;

    private bool IsReady => Pictures.IsReady && Who is { ViewerId: null };

    private bool IsBusy => _uploading is not null;

    /// <summary>Puts the picture that is asked about into the text; called by its form.</summary>
    public async Task InsertAsync()
    {
        // Brackets would end the words, and line breaks the picture.
        var words = _words?.ReplaceLineEndings(" ").Trim();
        _isWordless = string.IsNullOrEmpty(words);
        if (_isWordless || !_waiting.TryDequeue(out var picture))
        {
            StateHasChanged();
            return;
        }

        var safe = words!
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("[", "\\[", StringComparison.Ordinal)
            .Replace("]", "\\]", StringComparison.Ordinal);
        Ask();
        StateHasChanged();
        await OnInsert.InvokeAsync((picture.Id, picture.Size, $"![{safe}]({ArticlePictureAddress.Of(picture.Id)})"));
    }

    /// <inheritdoc/>
    protected override Task ReadAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_isAsked && _waiting.Count > 0)
        {
            _isAsked = false;
            await _input.FocusAsync();
        }
    }

    private async Task TakeAsync(InputFileChangeEventArgs chosen)
    {
        _refused.Clear();
        Hush();
        if (chosen.FileCount > MostAtOnce)
        {
            _refused.Add(T["Picture_TooManyAtOnce", MostAtOnce]);
        }

        var isAsking = _waiting.Count > 0;
        foreach (var file in chosen.GetMultipleFiles(int.MaxValue).Take(MostAtOnce))
        {
            await UploadAsync(file);
        }

        (_uploading, _round) = (null, _round + 1);
        if (!isAsking)
        {
            Ask();
        }
    }

    private async Task UploadAsync(IBrowserFile file)
    {
        (_uploading, _percent) = (file.Name, 0);
        StateHasChanged();
        var upload = new HandedIn(
            file.Name,
            file.ContentType,
            file.Size,
            () => new UploadStream(file.OpenReadStream(FileRule.Pictures.LargestSize, Life), file.Size, Progress)
        );
        try
        {
            await ActAsync(async () =>
            {
                var added = await Pictures.AddAsync(Who!, upload, Life);
                if (added.Id is { } id)
                {
                    _waiting.Enqueue((id, added.Size));
                }
                else
                {
                    _refused.Add(
                        T[$"Picture_Fault_{added.Fault}", file.Name, FileRule.Pictures.LargestSize / 1024 / 1024]
                    );
                }

                return null;
            });
        }
        catch (Exception exception)
            when (exception is IOException or JSException or TimeoutException || IsInterrupted(exception))
        {
            // It was moved or changed while it was read, or the connection broke.
            _refused.Add(T["Picture_Fault_Interrupted", file.Name]);
        }
    }

    private bool IsInterrupted(Exception exception) =>
        exception is OperationCanceledException && !Life.IsCancellationRequested;

    private void Progress(int percent) =>
        _ = InvokeAsync(() =>
        {
            _percent = percent;
            StateHasChanged();
        });

    private void Drop()
    {
        _waiting.Dequeue();
        Ask();
    }

    private void Ask() => (_words, _isWordless, _isAsked) = (null, false, true);
}
