using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Catalogue.Sharing;
using ProPartHub.Web.Account;

namespace ProPartHub.Web.Components.Catalogue.Sharing;

/// <summary>
/// What a client sees behind a link: a plain document without a circuit, which no search engine keeps. Seeing it is counted,
/// but not when it is only fetched ahead.
/// </summary>
public sealed partial class SharedPage
{
    private SharedProperty? _property;
    private bool _isTooOften;

    /// <summary>The secret part of the address.</summary>
    [Parameter]
    public string Token { get; set; } = "";

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [Inject]
    private SharedPages Pages { get; set; } = null!;

    [Inject]
    private SharedLimit Limit { get; set; } = null!;

    // What a messenger shows of the link: the name alone, and nothing where the link opens nothing.
    private string Title => _property?.Values.Name ?? T["Shared_Gone"];

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Http.Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        Http.Response.Headers.CacheControl = "private, no-store";
        if (Limit.EnterPage(Http) is { } wait)
        {
            Http.RefuseUntil(wait);
            _isTooOften = true;
            return;
        }

        _property = await Pages.OpenAsync(Token, Http.RequestAborted);
        if (_property is null)
        {
            Http.Response.StatusCode = StatusCodes.Status410Gone;
            return;
        }

        if (!Http.Request.Headers["Sec-Purpose"].ToString().Contains("prefetch", StringComparison.Ordinal))
        {
            var visitor = new SharedVisitor(
                Http.ClientAddress(),
                Http.Request.Headers.UserAgent,
                Http.User.Identity?.IsAuthenticated == true
            );
            await Pages.CountAsync(Token, visitor, CancellationToken.None);
        }
    }
}
