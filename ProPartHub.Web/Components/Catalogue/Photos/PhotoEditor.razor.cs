using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using MudBlazor;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Catalogue.Photos;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Files;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Catalogue.Photos;

/// <summary>
/// The photos of a property as managers keep them: chosen or dropped several at once, put in order by dragging or with
/// buttons, captioned, taken away and brought back. Each act is stored at once, apart from the form beside it.
/// </summary>
public sealed partial class PhotoEditor : ActingComponent
{
    private const int MegabytesOfOne = 20;

    private readonly List<string> _refused = [];
    private List<PhotoView>? _photos;
    private (int Done, int Count, string Name)? _sending;
    private Guid? _dragged;
    private Guid _asked;

    // The same file chosen once more is a change only for a new input.
    private int _round;

    /// <summary>The development.</summary>
    [Parameter, EditorRequired]
    public Guid DevelopmentId { get; set; }

    [Inject]
    private PhotoService Photos { get; set; } = null!;

    [Inject]
    private PhotoQueries Queries { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    /// <inheritdoc/>
    protected override IReadOnlyList<AgencyTopic> Topics => [AgencyTopic.Catalogue];

    /// <inheritdoc/>
    protected override async Task ReadAsync() => _photos = [.. await Queries.OfAsync(DevelopmentId, Life)];

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        if (Who is null || _asked == DevelopmentId)
        {
            return Task.CompletedTask;
        }

        _asked = DevelopmentId;
        return RefreshAsync();
    }

    private async Task TakeAsync(InputFileChangeEventArgs chosen)
    {
        Hush();
        _refused.Clear();
        var room = DevelopmentPhoto.Most - (_photos?.Count ?? 0);
        var files = chosen.GetMultipleFiles(Math.Max(chosen.FileCount, 1));
        _refused.AddRange(files.Skip(room).Select(file => T["Photo_TooMany", DevelopmentPhoto.Most, file.Name].Value));
        var taken = files.Take(room).ToList();
        var sent = 0;
        foreach (var (done, file) in taken.Index())
        {
            _sending = (done, taken.Count, file.Name);
            StateHasChanged();
            sent += await UploadAsync(file) ? 1 : 0;
        }

        (_sending, _round) = (null, _round + 1);
        await RefreshAsync();
        if (sent > 0)
        {
            await ActAsync(() => Task.FromResult<string?>(T.Plural("Photo_Sent", sent)));
        }
    }

    private async Task<bool> UploadAsync(IBrowserFile file)
    {
        var handed = new HandedIn(
            file.Name,
            file.ContentType,
            file.Size,
            () => file.OpenReadStream(FileRule.Pictures.LargestSize, Life)
        );
        try
        {
            if (await Photos.AddAsync(Who!, Guid.CreateVersion7(), DevelopmentId, handed, Life) is not { } fault)
            {
                return true;
            }

            _refused.Add(T[$"Photo_{fault}", file.Name, MegabytesOfOne]);
        }
        catch (InvalidInputException)
        {
            // Somebody else added some meanwhile.
            _refused.Add(T["Photo_TooMany", DevelopmentPhoto.Most, file.Name]);
        }
        catch (Exception exception)
            when (exception is ForbiddenException or NotFoundException or IOException or JSException or TimeoutException
                || DatabaseOutage.Is(exception)
            )
        {
            // It was moved or changed while it was read, the connection broke, or there is no right to it any more.
            _refused.Add(T["Photo_Failed", file.Name]);
        }

        return false;
    }

    private Task DropAsync(int place)
    {
        var from = _photos!.FindIndex(photo => photo.Id == _dragged);
        _dragged = null;
        return from < 0 || from == place ? Task.CompletedTask : MoveAsync(from, place);
    }

    private async Task MoveAsync(int from, int to)
    {
        var order = _photos!.ToList();
        var photo = order[from];
        order.RemoveAt(from);
        order.Insert(to, photo);
        _photos = order;
        await ActAsync(async () =>
        {
            await Photos.ArrangeAsync(Who!, DevelopmentId, [.. order.Select(row => row.Id)], CancellationToken.None);
            return T["Photo_Dropped", from + 1, to + 1];
        });
        await RefreshAsync();
    }

    private async Task CaptionAsync(PhotoView photo, string? caption)
    {
        await ActAsync(async () =>
        {
            await Photos.CaptionAsync(Who!, photo.Id, caption, CancellationToken.None);
            return null;
        });
        await RefreshAsync();
    }

    private async Task RemoveAsync(PhotoView photo)
    {
        var isDone = await ActAsync(async () =>
        {
            await Photos.RemoveAsync(Who!, photo.Id, CancellationToken.None);
            return null;
        });
        await RefreshAsync();
        if (isDone)
        {
            Snackbar.OfferUndo(Leads, T["Photo_Removed"], () => InvokeAsync(() => RestoreAsync(photo.Id)));
        }
    }

    private async Task RestoreAsync(Guid photoId)
    {
        await ActAsync(async () =>
        {
            await Photos.RestoreAsync(Who!, photoId, CancellationToken.None);
            return null;
        });
        await RefreshAsync();
        StateHasChanged();
    }
}
