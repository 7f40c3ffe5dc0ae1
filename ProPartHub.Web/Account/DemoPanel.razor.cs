using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.People.Accounts;

namespace ProPartHub.Web.Account;

/// <summary>Buttons that log in as a made-up person; in Development only.</summary>
public sealed partial class DemoPanel
{
    private IReadOnlyList<DemoPerson> _people = [];

    [Parameter]
    public string? ReturnUrl { get; set; }

    [CascadingParameter]
    public required HttpContext Http { get; set; }

    [Inject]
    private DemoPeople Demo { get; set; } = null!;

    protected override async Task OnInitializedAsync() => _people = await Demo.ListAsync(Http.RequestAborted);
}
