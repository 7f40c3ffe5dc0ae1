using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Domain.People.SecondFactors;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Web.Account;

/// <summary>
/// Ties an authenticator app to the account, of somebody logged in or of somebody who may not be logged in without one.
/// </summary>
public sealed partial class SecondFactorSetUpPage
{
    private AuthenticatorOffer? _offer;
    private IReadOnlyList<string>? _codes;
    private Guid? _userId;
    private string? _codeError;
    private bool _isOwed;

    [CascadingParameter]
    public required HttpContext Http { get; set; }

    [SupplyParameterFromQuery(Name = AccountPaths.ReturnUrl)]
    private string? ReturnUrl { get; set; }

    [SupplyParameterFromForm(FormName = "confirm")]
    private SecondFactorPage.CodeForm Form { get; set; } = null!;

    [Inject]
    private SecondFactor Factor { get; set; } = null!;

    [Inject]
    private PendingLogIn Pending { get; set; } = null!;

    [Inject]
    private LogIn LogIn { get; set; } = null!;

    [Inject]
    private LogInLimit Limit { get; set; } = null!;

    [Inject]
    private LogInSteps Steps { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private IOptions<SingleSignOnOptions> Provider { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        Form ??= new();
        var pending = await Pending.ReadAsync();
        _isOwed = pending is not null && Http.User.UserId() is null;
        _userId = Http.User.UserId() ?? pending?.UserId;
        if (_userId is not { } userId || Http.User.ViewerId() is not null)
        {
            Navigation.NavigateTo(AccountPaths.LogIn);
            return;
        }

        if (!_isOwed && !Http.User.IsRecent(Time))
        {
            Navigation.NavigateTo(SingleSignOn.AgainPath(Http.User, Provider.Value));
            return;
        }

        _offer = await Factor.OfferAsync(userId, Http.RequestAborted);
        if (_offer is null && HttpMethods.IsGet(Http.Request.Method))
        {
            Navigation.NavigateTo(_isOwed ? AccountPaths.LogIn : AccountPaths.Security);
        }
    }

    private async Task ConfirmAsync()
    {
        if (await Limit.EnterAsync(Http, _userId!.Value.ToString()) is { } wait)
        {
            _codeError = T["LogIn_TooMany", Http.RefuseUntil(wait)];
            return;
        }

        _codes = await Factor.ConfirmAsync(
            _userId.Value,
            Form.Code ?? "",
            Http.ClientAddress(),
            CancellationToken.None
        );
        _codeError = _codes is null ? T["Fault_CodeWrong"].Value : null;
    }

    private async Task FinishAsync()
    {
        if (!_isOwed)
        {
            Navigation.NavigateTo(AccountPaths.Security);
        }
        else if (await Pending.ReadAsync() is var (userId, stamp))
        {
            var result = await LogIn.FinishSetUpAsync(userId, stamp, Http.ClientAddress(), CancellationToken.None);
            Navigation.NavigateTo(await Steps.GoOnAsync(result, ReturnUrl) ?? AccountPaths.LogIn);
        }
    }

    private static string Grouped(string secret) => string.Join(' ', secret.Chunk(4).Select(part => new string(part)));
}
