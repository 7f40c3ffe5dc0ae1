using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;
using ProPartHub.Web.Account;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Shared;

/// <summary>
/// A page or part that reads something as the person who looks, lets that person change it and says in words what came of it.
/// </summary>
public abstract class ActingComponent : ComponentBase, IDisposable
{
    private readonly PageLife _life = new();
    private readonly List<ReaderSubscription> _changes = [];
    private bool _isActing;

    [Inject]
    private AgencySignal Signal { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private CurrentActor Current { get; set; } = null!;

    [Inject]
    private IStringLocalizer<RulesTexts> Words { get; set; } = null!;

    /// <summary>Who looks; null before the circuit is there.</summary>
    protected Actor? Who { get; private set; }

    /// <summary>What came of the last act, in words.</summary>
    protected string? Said { get; private set; }

    /// <summary>True where that was a refusal.</summary>
    protected bool IsFault { get; private set; }

    /// <summary>What is wrong with what was typed.</summary>
    protected IReadOnlyList<FieldError> Faults { get; private set; } = [];

    /// <summary>True where nothing could be read at all.</summary>
    protected bool HasFailed { get; private set; }

    /// <summary>
    /// What others may change of what is shown: it is read again soon after they did. What a form was opened with must not
    /// come from there, or somebody else's change would be written over unseen.
    /// </summary>
    protected virtual IReadOnlyList<AgencyTopic> Topics => [];

    /// <summary>Ends with the component.</summary>
    protected CancellationToken Life => _life.Token;

    /// <summary>Reads what is shown.</summary>
    protected abstract Task ReadAsync();

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
        {
            return;
        }

        Who = await Current.GetAsync();
        var later = new LateRefresh(Clock, ReadAgainAsync, Life);
        foreach (var topic in Topics)
        {
            _changes.Add(
                new ReaderSubscription(
                    listener => Signal.Join(topic, listener),
                    listener => Signal.Leave(topic, listener),
                    () => _ = InvokeAsync(later.AskAsync)
                )
            );
        }
    }

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync() => Who is null ? Task.CompletedTask : RefreshAsync();

    /// <summary>Reads anew; what is shown stays where the database does not answer.</summary>
    protected async Task RefreshAsync()
    {
        try
        {
            await ReadAsync();
            HasFailed = false;
        }
        catch (OperationCanceledException) when (Life.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            HasFailed = true;
        }
    }

    private async Task ReadAgainAsync()
    {
        await RefreshAsync();
        StateHasChanged();
    }

    /// <summary>Carries out a command, one at a time, and says what came of it.</summary>
    /// <param name="act">The command; gives what to say, or null for nothing.</param>
    /// <returns>True when it was carried out.</returns>
    protected async Task<bool> ActAsync(Func<Task<string?>> act)
    {
        // A second click comes in before the first is answered.
        if (_isActing)
        {
            return false;
        }

        (_isActing, Said, IsFault, Faults) = (true, null, false, []);
        try
        {
            Said = await act();
            return true;
        }
        catch (InvalidInputException refused)
        {
            (Faults, Said, IsFault) = (refused.Errors, Words["Act_Refused"], true);
        }
        catch (Exception gone) when (gone is NotFoundException or ForbiddenException)
        {
            (Said, IsFault) = (Words["Act_Forbidden"], true);
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            (Said, IsFault) = (Words["Act_Failed"], true);
        }
        finally
        {
            _isActing = false;
        }

        return false;
    }

    /// <summary>Stores a form; where somebody was faster it says so, with what was typed kept.</summary>
    /// <param name="store">Answers false where somebody else has changed it meanwhile.</param>
    /// <param name="answered">
    /// Hears what <paramref name="store"/> answered, before it is said: who reads that somebody was faster can store over it
    /// at once, as what is there by then has been read.
    /// </param>
    protected Task StoreAsync(Func<Task<bool>> store, EventCallback<bool> answered) =>
        ActAsync(async () =>
        {
            var isStored = await store();
            await answered.InvokeAsync(isStored);
            return isStored ? null : SayKept();
        });

    /// <summary>
    /// Takes in what a row's form answered (<see cref="StoreAsync"/>): closes it and says so where it was stored, and reads
    /// again. Where somebody was faster the form says so, keeps what was typed and stays open, over what is there by then: it
    /// would put that in place of theirs.
    /// </summary>
    /// <param name="isStored">What the form answered.</param>
    /// <param name="said">What is said of a row that was stored.</param>
    /// <param name="close">Closes the form.</param>
    /// <param name="openOver">Opens it over what was read.</param>
    protected async Task AnsweredAsync(bool isStored, string said, Action close, Action openOver)
    {
        if (isStored)
        {
            close();
            await ActAsync(() => Task.FromResult<string?>(said));
        }

        await RefreshAsync();
        if (!isStored)
        {
            openOver();
        }
    }

    /// <summary>Says that somebody else changed what was to be stored.</summary>
    protected void SayOutdated() => (Said, IsFault) = (Words["Act_Outdated"], true);

    /// <summary>The same of a form that keeps what was typed, and would store it next time: what its act says.</summary>
    protected string SayKept()
    {
        IsFault = true;
        return Words["Act_Kept"];
    }

    /// <summary>Forgets what was said.</summary>
    protected void Hush() => (Said, IsFault, Faults) = (null, false, []);

    /// <summary>What is wrong with a field; null for nothing.</summary>
    protected string? FaultOf(string field) =>
        Faults.FirstOrDefault(fault => fault.Field == field) is { } error
            ? error.Limit is null
                ? Words[$"Fault_{error.Code}"].Value
                : Words[$"Fault_{error.Code}", error.Limit].Value
            : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends what is under way.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _changes.ForEach(change => change.Dispose());
            _life.Cancel();
            _life.Dispose();
        }
    }
}
