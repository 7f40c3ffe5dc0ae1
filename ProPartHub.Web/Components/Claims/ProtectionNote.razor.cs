using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Claims;
using ProPartHub.Domain.Errors;
using ProPartHub.Web.Components.Rules;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Claims;

/// <summary>Until when a lead's client is protected.</summary>
public sealed partial class ProtectionNote : ActingComponent
{
    private LeadProtection? _protection;
    private (Guid Lead, int Tick) _read = (Guid.Empty, -1);

    /// <summary>The lead.</summary>
    [Parameter, EditorRequired]
    public Guid LeadId { get; set; }

    /// <summary>Another number whenever the lead may have changed.</summary>
    [Parameter]
    public int Tick { get; set; }

    [Inject]
    private Protection Protection { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task ReadAsync()
    {
        if (_read == (LeadId, Tick))
        {
            return;
        }

        _read = (LeadId, Tick);
        try
        {
            _protection = await Protection.OfLeadAsync(Who!, LeadId, Life);
        }
        catch (NotFoundException)
        {
            // Gone out of sight meanwhile; the page says so.
            _protection = null;
        }
    }
}
