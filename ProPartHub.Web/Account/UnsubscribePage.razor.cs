using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Notifications;

namespace ProPartHub.Web.Account;

/// <summary>What the link at the foot of a mail opens: ends mails of that kind, without a log-in.</summary>
public sealed partial class UnsubscribePage
{
    private UnsubscriptionOffer? _offer;
    private bool _isDone;

    [CascadingParameter]
    public required HttpContext Http { get; set; }

    [SupplyParameterFromQuery]
    private string? Token { get; set; }

    [Inject]
    private Unsubscription Unsubscription { get; set; } = null!;

    private string What => T[_offer!.Kind is { } kind ? $"Kind_{kind}" : "Stop_Digest"];

    protected override void OnInitialized()
    {
        _offer = Unsubscription.Open(Token);
        if (_offer is null && HttpMethods.IsGet(Http.Request.Method))
        {
            Http.Response.StatusCode = StatusCodes.Status410Gone;
        }
    }

    private async Task SubmitAsync()
    {
        _offer = await Unsubscription.EndAsync(Token, Http.ClientAddress(), CancellationToken.None);
        _isDone = _offer is not null;
    }
}
