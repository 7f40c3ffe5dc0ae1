using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using ProPartHub.Domain.Boards;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Web.Components.Boards;
using ProPartHub.Web.Components.Notifications;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Leads;

/// <summary>
/// The list, board, list of the start page or notifications from which a lead was opened, as the lead's own address says it
/// (<c>js/places.js</c> puts it there): its order is that of the next and the previous lead.
/// </summary>
/// <param name="Address">Path and query of the list or board.</param>
/// <param name="IsBoard">True for the board.</param>
public sealed record LeadOrigin(string Address, bool IsBoard)
{
    /// <summary>Name of the leads of a list of the start page, or of notifications, in its address, in their order there.</summary>
    public const string Listed = "leads";

    // Such a list is short; anything longer was not written by it.
    private const int MostListed = 60;

    /// <summary>True for a list of the start page.</summary>
    public bool IsStart => Back == StartPath;

    /// <summary>True for notifications.</summary>
    public bool IsNotices => Back == NotificationsAddress.Path;

    /// <summary>Where it leads back to.</summary>
    public string Back => Ids.Count > 0 ? Address.Split('?')[0] : Address;

    /// <summary>The leads of a list of the start page or of notifications, in its order; else none.</summary>
    public IReadOnlyList<Guid> Ids { get; init; } = [];

    private const string StartPath = "/";

    /// <summary>Its name in a lead's address.</summary>
    public const string Name = "from";

    // What was opened, as it was then: nobody's edit moves the reader within the list.
    private LeadDetails? _seen;
    private BoardCard? _card;

    /// <summary>Reads what an address says; anything but a list or board of this portal is nothing.</summary>
    public static LeadOrigin? Parse(string? from, NavigationManager navigation)
    {
        if (from is null || !from.StartsWith('/') || from.StartsWith("//", StringComparison.Ordinal))
        {
            return null;
        }

        var address = navigation.ToAbsoluteUri(from);
        if (address.AbsolutePath is StartPath or NotificationsAddress.Path)
        {
            var ids = IdsOf(address);
            return ids.Count == 0 ? null : new LeadOrigin(address.PathAndQuery, IsBoard: false) { Ids = ids };
        }

        return
            address.AbsolutePath is LeadListAddress.Path or BoardAddress.Path
            && address.Authority == new Uri(navigation.BaseUri).Authority
            ? new LeadOrigin(address.PathAndQuery, address.AbsolutePath == BoardAddress.Path)
            : null;
    }

    // They are shown by their own pages, which say where one is no longer to be seen.
    private LeadNeighbours ListedNeighbours(Guid leadId)
    {
        var place = Ids.ToList().IndexOf(leadId);
        return place < 0
            ? LeadNeighbours.None
            : new LeadNeighbours(place == 0 ? null : Ids[place - 1], place == Ids.Count - 1 ? null : Ids[place + 1]);
    }

    private static IReadOnlyList<Guid> IdsOf(Uri address) =>
        [
            .. QueryHelpers
                .ParseQuery(address.Query)
                .GetValueOrDefault(Listed)
                .ToString()
                .Split(',')
                .Take(MostListed)
                .Select(text => Guid.TryParse(text, out var id) ? id : Guid.Empty)
                .Where(id => id != Guid.Empty)
                .Distinct(),
        ];

    /// <summary>The address of another lead of the same list or board.</summary>
    public string Of(Guid leadId) => QueryHelpers.AddQueryString($"/leads/{leadId}", Name, Address);

    /// <summary>The leads beside one in the list or board.</summary>
    public async Task<LeadNeighbours> NeighboursAsync(
        Actor actor,
        LeadDetails lead,
        IReadOnlyList<StageItem> stages,
        LeadQueries leads,
        BoardQueries boards,
        AgencyTime time,
        CancellationToken cancellationToken
    )
    {
        if (Ids.Count > 0)
        {
            return ListedNeighbours(lead.Id);
        }

        var address = new Uri(new Uri("https://portal"), Address);
        if (!IsBoard)
        {
            _seen ??= lead;
            var query = LeadListAddress.Read(address, time);
            return await leads.NeighboursAsync(actor, _seen, query, cancellationToken);
        }

        _card ??= await boards.CardAsync(actor, lead.Id, cancellationToken);
        var asked = BoardAddress.Read(address, time);
        var grouping =
            actor.Role is Role.Agent && asked.Grouping is BoardGrouping.Agent ? BoardGrouping.Stage : asked.Grouping;
        var board = new BoardQuery(
            [.. stages.Where(stage => stage.PipelineId == lead.PipelineId)],
            grouping,
            BoardDays.From(time),
            asked.Filter
        );
        return await boards.NeighboursAsync(actor, board, _card, cancellationToken);
    }
}
