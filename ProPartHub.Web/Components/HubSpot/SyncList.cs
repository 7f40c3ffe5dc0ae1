using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.HubSpot;

/// <summary>A list of the sync page: reads one page, reads it again when told, and carries out what an admin decides.</summary>
public abstract class SyncList<T> : ComponentBase, IDisposable
{
    private readonly PageLife _closed = new();
    private (int Number, int Tick)? _read;
    private bool _isActing;

    /// <summary>Who looks.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Which page, from 1.</summary>
    [Parameter, EditorRequired]
    public int Number { get; set; }

    /// <summary>Changes when the list may have.</summary>
    [Parameter, EditorRequired]
    public int Tick { get; set; }

    /// <summary>Called after something was decided.</summary>
    [Parameter]
    public EventCallback OnActed { get; set; }

    [Inject]
    protected IStringLocalizer<SyncTexts> Texts { get; set; } = null!;

    [Inject]
    protected IDialogService Dialogs { get; set; } = null!;

    /// <summary>What is shown; null before the first read.</summary>
    protected NumberedPage<T>? Page { get; private set; }

    /// <summary>What to say about the last decision.</summary>
    protected string? Message { get; private set; }

    /// <summary>True while a decision is carried out: nothing else can be decided.</summary>
    protected bool IsActing => _isActing;

    /// <summary>True when it went wrong.</summary>
    protected bool IsFault { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads a page.</summary>
    protected abstract Task<NumberedPage<T>> LoadAsync(int number, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_read == (Number, Tick))
        {
            return;
        }

        if (_read is { } last && last.Number != Number)
        {
            (Page, Message) = (null, null);
        }

        _read = (Number, Tick);
        try
        {
            Page = await LoadAsync(Number, _closed.Token);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // Another list is shown now.
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            Say("Failed_Text", isFault: true);
        }
    }

    /// <summary>Carries out a decision; a second click while one is under way counts for nothing.</summary>
    /// <param name="act">Does it, and gives what to say about it, if anything.</param>
    protected async Task ActAsync(Func<CancellationToken, Task<string?>> act)
    {
        if (_isActing)
        {
            return;
        }

        (_isActing, Message) = (true, null);
        try
        {
            Message = await act(_closed.Token);
            IsFault = false;
            await OnActed.InvokeAsync();
        }
        catch (NotFoundException)
        {
            Say("Act_Gone", isFault: false);
            await OnActed.InvokeAsync();
        }
        catch (Exception exception) when (RefusedAct.KeyOf(exception) is not null)
        {
            Say(RefusedAct.KeyOf(exception)!, isFault: true);
        }
        finally
        {
            _isActing = false;
        }
    }

    private void Say(string key, bool isFault) => (Message, IsFault) = (Texts[key], isFault);
}
