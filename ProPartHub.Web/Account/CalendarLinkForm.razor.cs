using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.People;
using ProPartHub.Web.Hosting;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Account;

/// <summary>The secret link by which a calendar program reads the person's follow-ups; shown in the answer that makes it.</summary>
public sealed partial class CalendarLinkForm
{
    private CalendarLink? _link;
    private string? _address;
    private bool _mayIncludeTeam;

    [CascadingParameter]
    public required HttpContext Http { get; set; }

    [SupplyParameterFromForm(FormName = "calendar")]
    private CalendarForm? Form { get; set; }

    [Inject]
    private CalendarFeeds Feeds { get; set; } = null!;

    [Inject]
    private CurrentActor Actor { get; set; } = null!;

    [Inject]
    private PortalAddress Portal { get; set; } = null!;

    [Inject]
    private AgencyTime Time { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        Form ??= new();
        var actor = await Actor.GetAsync();
        _mayIncludeTeam = actor is { Role: Role.Manager, TeamId: not null };
        _link = await Feeds.ReadAsync(actor, Http.RequestAborted);
    }

    private async Task CreateAsync()
    {
        var actor = await Actor.GetAsync();
        var token = await Feeds.CreateAsync(actor, Form!.IncludesTeam, Http.RequestAborted);
        _address = Portal.Value + NotificationHosting.CalendarPath(token);
        _link = await Feeds.ReadAsync(actor, Http.RequestAborted);
    }

    private async Task RevokeAsync()
    {
        await Feeds.RevokeAsync(await Actor.GetAsync(), Http.RequestAborted);
        Navigation.NavigateTo($"{AccountPaths.Notifications}?done=revoked");
    }

    /// <summary>What the form posts.</summary>
    public sealed class CalendarForm
    {
        public bool IncludesTeam { get; set; }
    }
}
