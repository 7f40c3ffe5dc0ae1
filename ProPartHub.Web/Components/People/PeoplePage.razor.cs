using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.People;

/// <summary>Everybody with an account, for admins; the own team, to look at, for managers.</summary>
public sealed partial class PeoplePage : IDisposable
{
    private readonly PageLife _closed = new();
    private IReadOnlyDictionary<string, string> _owners = new Dictionary<string, string>();
    private NumberedPage<PersonRow>? _page;
    private PeopleQuery? _read;
    private Actor? _actor;
    private bool _isManager;
    private bool _hasFailed;

    [CascadingParameter]
    private Task<AuthenticationState>? Session { get; set; }

    [SupplyParameterFromQuery(Name = PeopleAddress.SearchKey)]
    private string? Search { get; set; }

    [SupplyParameterFromQuery(Name = PeopleAddress.RoleKey)]
    private string? RoleName { get; set; }

    [SupplyParameterFromQuery(Name = PeopleAddress.PageKey)]
    private string? PageNumber { get; set; }

    [Inject]
    private PeopleDirectory People { get; set; } = null!;

    [Inject]
    private OwnerLinking Owners { get; set; } = null!;

    [Inject]
    private CurrentActor Actor { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private bool IsAdmin => _actor?.Role is Role.Admin;

    private PeopleQuery Query => PeopleAddress.Read(Search, RoleName, PageNumber);

    /// <inheritdoc/>
    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        // The heading is right at once, and not only when the circuit stands.
        _isManager = Session is not null && (await Session).User.IsInRole(nameof(Role.Manager));
        if (!RendererInfo.IsInteractive || _read == Query)
        {
            return;
        }

        _read = Query;
        _actor ??= await Actor.GetAsync();
        await ReadAsync();
    }

    // Filters may be set faster than the database answers: only the answer to the latest question shows.
    private async Task ReadAsync()
    {
        var asked = _read;
        try
        {
            var page = await People.PageAsync(_actor!, Query, _closed.Token);
            var linked = page.Rows.Select(row => row.HubSpotOwnerId).OfType<string>().ToList();
            var owners = IsAdmin ? await Owners.NamesAsync(_actor!, linked, _closed.Token) : _owners;
            if (asked == _read)
            {
                (_page, _owners, _hasFailed) = (page, owners, false);
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

    private void Show(PeopleQuery query) => Navigation.NavigateTo(PeopleAddress.Write(query with { Page = 1 }));
}
