using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Boards;

/// <content>When a lead has gone quiet: read with the board, and again soon after admins have said it anew.</content>
public sealed partial class BoardPage
{
    private QuietRule _quiet = QuietRule.Key.Default;
    private ReaderSubscription? _settingsChanged;

    [Inject]
    private QuietRules Quiet { get; set; } = null!;

    [Inject]
    private AgencySignal Agency { get; set; } = null!;

    private void WatchQuiet()
    {
        var later = new LateRefresh(Clock, ReadQuietAsync, _closed.Token);
        _settingsChanged = new ReaderSubscription(
            listener => Agency.Join(AgencyTopic.Settings, listener),
            listener => Agency.Leave(AgencyTopic.Settings, listener),
            () => _ = InvokeAsync(later.AskAsync)
        );
    }

    private async Task ReadQuietAsync()
    {
        try
        {
            _quiet = await Quiet.RuleAsync(_actor!, _closed.Token);
            StateHasChanged();
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            // The banner tells; when the database is back the feed asks every page to read again.
        }
    }
}
