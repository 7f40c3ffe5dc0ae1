using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.People;

/// <summary>Who cannot get in, or does not, and why; locks are ended for many at once.</summary>
public sealed partial class LogInHealthPage : IDisposable
{
    private readonly PageLife _closed = new();
    private readonly HashSet<Guid> _chosen = [];
    private IReadOnlyDictionary<HealthGroup, int>? _counts;
    private NumberedPage<HealthRow>? _page;
    private (HealthGroup, int)? _read;
    private Actor? _actor;
    private string? _message;
    private bool _hasFailed;
    private bool _isActing;

    [SupplyParameterFromQuery(Name = PeopleAddress.GroupKey)]
    private string? Group { get; set; }

    [SupplyParameterFromQuery(Name = PeopleAddress.PageKey)]
    private string? PageText { get; set; }

    [Inject]
    private LogInHealth Health { get; set; } = null!;

    [Inject]
    private AccountGuards Guards { get; set; } = null!;

    [Inject]
    private CurrentActor Actor { get; set; } = null!;

    [Inject]
    private AgencyTime Clock { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private HealthGroup Shown => PeopleAddress.ReadGroup(Group);

    private int Number => PageNumber.Read(PageText);

    /// <inheritdoc/>
    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || _read == (Shown, Number))
        {
            return;
        }

        (_read, _message, _page) = ((Shown, Number), null, null);
        _chosen.Clear();
        _actor ??= await Actor.GetAsync();
        await ReadAsync();
    }

    // Filters may be set faster than the database answers: only the answer to the latest question shows.
    private async Task ReadAsync()
    {
        var asked = _read;
        try
        {
            _counts = await Health.CountsAsync(_actor!, _closed.Token);
            var page = await Health.PageAsync(_actor!, Shown, Number, _closed.Token);
            if (asked == _read)
            {
                (_page, _hasFailed) = (page, false);
                _chosen.IntersectWith(page.Rows.Select(row => row.Id));
            }
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page is closed.
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            _hasFailed = true;
        }
    }

    private void Choose(Guid id, bool isChosen)
    {
        if (isChosen)
        {
            _chosen.Add(id);
        }
        else
        {
            _chosen.Remove(id);
        }
    }

    private async Task UnlockAsync()
    {
        _isActing = true;
        try
        {
            var unlocked = await Guards.UnlockAsync(_actor!, [.. _chosen], CancellationToken.None);
            _message = T.Plural("Health_Unlocked", unlocked);
            _chosen.Clear();
            await ReadAsync();
        }
        catch (Exception exception) when (RefusedAct.KeyOf(exception) is { } key)
        {
            _message = T[key];
        }
        finally
        {
            _isActing = false;
        }
    }

    private string Reason(string? reason)
    {
        var text = T[$"Reason_{reason?.Replace(' ', '_')}"];
        return text.ResourceNotFound ? reason ?? "—" : text;
    }
}
