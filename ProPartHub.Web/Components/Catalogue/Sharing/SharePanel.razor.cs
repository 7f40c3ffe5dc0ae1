using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Catalogue;
using ProPartHub.Domain.Catalogue.Sharing;
using ProPartHub.Domain.Leads;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Web.Components.Catalogue.Sharing;

/// <summary>Makes links of a property for clients and lists those that the reader may see. An address is shown once: it is not kept.</summary>
public sealed partial class SharePanel : ActingComponent
{
    private IReadOnlyList<LinkView> _links = [];
    private IReadOnlyList<LeadRow>? _found;
    private bool _mayShare;
    private string? _made;
    private Guid _asked;

    private string? _unit;
    private string? _lead;
    private int _days = 30;
    private bool _withPrices = true;
    private bool _withContacts;

    /// <summary>The development.</summary>
    [Parameter, EditorRequired]
    public Guid DevelopmentId { get; set; }

    /// <summary>Its units.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<UnitInput> Units { get; set; } = [];

    /// <summary>False once it is archived: its links open nothing.</summary>
    [Parameter]
    public bool IsOffered { get; set; } = true;

    [Inject]
    private PropertyLinks Links { get; set; } = null!;

    [Inject]
    private ActLimits Limits { get; set; } = null!;

    [Inject]
    private LeadQueries LeadsOf { get; set; } = null!;

    [Inject]
    private CatalogueWords Words { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        if (Who is null || _asked == DevelopmentId)
        {
            return Task.CompletedTask;
        }

        (_asked, _made) = (DevelopmentId, null);
        return RefreshAsync();
    }

    /// <inheritdoc/>
    protected override async Task ReadAsync()
    {
        _mayShare = await Links.MayShareAsync(Who!, Life) && Who!.ViewerId is null;
        _links = await Links.ListAsync(Who!, DevelopmentId, Life);
    }

    private async Task FindAsync(ChangeEventArgs change)
    {
        _lead = null;
        var typed = change.Value as string;
        await ActAsync(async () =>
        {
            _found = string.IsNullOrWhiteSpace(typed) ? null : await LeadsOf.FindAsync(Who!, typed, Life);
            // Whoever typed a whole name wants that one.
            _lead = _found is [var only] ? only.Id.ToString() : null;
            return null;
        });
    }

    private async Task CreateAsync()
    {
        var order = new LinkOrder(DevelopmentId, Id(_unit), Id(_lead), _days, _withPrices, _withContacts);
        await ActAsync(async () =>
        {
            if (await Limits.EnterAsync(Who!, CostlyAct.Share, CancellationToken.None) is not null)
            {
                return T["Share_TooOften"];
            }

            var token = await Links.CreateAsync(Who!, order, CancellationToken.None);
            _made = Navigation.ToAbsoluteUri(SharedPaths.Of(token)).ToString();
            return null;
        });
        await RefreshAsync();
    }

    private async Task RevokeAsync(Guid linkId)
    {
        await ActAsync(async () =>
        {
            await Links.RevokeAsync(Who!, linkId, CancellationToken.None);
            return T["Share_Revoked"];
        });
        _made = null;
        await RefreshAsync();
    }

    private bool IsOpen(SharedLink link) => link.RevokedAt is null && link.ExpiresAt > Time.Now;

    private string StateOf(SharedLink link) =>
        link.RevokedAt is { } revoked ? T["Share_RevokedOn", Time.Day(revoked)]
        : link.ExpiresAt <= Time.Now ? T["Share_Expired"]
        : T["Share_OpenUntil", Time.Day(link.ExpiresAt)];

    private static Guid? Id(string? text) => Guid.TryParse(text, out var id) ? id : null;
}
