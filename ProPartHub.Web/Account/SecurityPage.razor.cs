using FluentValidation.Results;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Domain.People.SecondFactors;
using ProPartHub.Domain.People.Sessions;
using ProPartHub.Web.Hosting;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Account;

/// <summary>What guards the own account: password, second factor, and the devices on which it is open.</summary>
public sealed partial class SecurityPage
{
    private const string RenewCodes = "codes";
    private const string TurnOff = "off";

    private OwnProfile _present = new("", "", "", Languages.Default.Code, false);
    private SecondFactorState _factor = new(null, 0);
    private IReadOnlyList<SessionItem> _sessions = [];
    private IReadOnlyList<PasskeyItem> _passkeys = [];
    private IReadOnlyList<string>? _codes;
    private string? _passkeyError;
    private ValidationResult? _passwordFaults;
    private string? _codeError;
    private string? _message;
    private string? _error;

    [CascadingParameter]
    public required HttpContext Http { get; set; }

    /// <summary>What was just done, after the redirect that keeps a reload from doing it again.</summary>
    [SupplyParameterFromQuery]
    private string? Done { get; set; }

    /// <summary>Present after the identity provider did not confirm anew who the person is.</summary>
    [SupplyParameterFromQuery]
    private string? Unproved { get; set; }

    [SupplyParameterFromForm(FormName = "password")]
    private PasswordForm? Password { get; set; }

    [SupplyParameterFromForm(FormName = "factor")]
    private FactorForm? Factor { get; set; }

    [SupplyParameterFromForm(FormName = "passkey")]
    private NewPasskeyForm? Passkey { get; set; }

    [Inject]
    private Passkeys Keys { get; set; } = null!;

    [Inject]
    private OwnAccount Account { get; set; } = null!;

    [Inject]
    private SecondFactor SecondFactor { get; set; } = null!;

    [Inject]
    private UserSessions Sessions { get; set; } = null!;

    [Inject]
    private HubSignIn SignIn { get; set; } = null!;

    [Inject]
    private LogInLimit Limit { get; set; } = null!;

    [Inject]
    private CurrentActor Actor { get; set; } = null!;

    [Inject]
    private AgencyTime Time { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Now { get; set; } = null!;

    [Inject]
    private IOptions<SingleSignOnOptions> Provider { get; set; } = null!;

    // Demo people have nothing to prove it by.
    private bool IsRecent => Http.User.Method() is SessionMethod.Demo || Http.User.IsRecent(Now);

    private string AgainPath => SingleSignOn.AgainPath(Http.User, Provider.Value);

    protected override async Task OnInitializedAsync()
    {
        var actor = await Actor.GetAsync();
        if (actor.ViewerId is not null)
        {
            Navigation.NavigateTo("/");
            return;
        }

        _present = await Account.ReadAsync(actor, Http.RequestAborted) ?? _present;
        _factor = await SecondFactor.StateAsync(actor.UserId, Http.RequestAborted);
        _sessions = await Sessions.ListAsync(actor, actor.UserId, Http.RequestAborted);
        _passkeys = await Keys.ListAsync(actor.UserId);
        _error = Unproved is null ? null : T["Sso_Unproved"].Value;
        _message = Done switch
        {
            "password" => T["Password_Changed"].Value,
            "off" => T["Factor_IsOff"].Value,
            "passkey" => T["Passkey_Added"].Value,
            "session" => T["Session_Ended"].Value,
            _ => null,
        };
    }

    private async Task ChangePasswordAsync()
    {
        if (await IsTooOftenAsync())
        {
            return;
        }

        var input = new PasswordInput(Password?.Present ?? "", Password?.Fresh ?? "", Password?.Repeated ?? "");
        (var user, _passwordFaults) = await Account.ChangePasswordAsync(
            await Actor.GetAsync(),
            input,
            Http.User.SessionId(),
            CancellationToken.None
        );
        if (user is not null)
        {
            await SignIn.ContinueAsync(user, Http.User);
            Finish("password");
        }
    }

    private async Task ChangeFactorAsync()
    {
        if (MustProveAgain() || await IsTooOftenAsync())
        {
            return;
        }

        var actor = await Actor.GetAsync();
        var code = Factor?.Code ?? "";
        if (Factor?.Act == RenewCodes)
        {
            _codes = await SecondFactor.RenewCodesAsync(actor, code, CancellationToken.None);
            _codeError = _codes is null ? T["Fault_CodeWrong"].Value : null;
        }
        else if (await SecondFactor.TurnOffAsync(actor, code, CancellationToken.None))
        {
            Finish("off");
        }
        else
        {
            _codeError = T["Fault_CodeWrong"];
        }
    }

    private async Task AddPasskeyAsync()
    {
        if (MustProveAgain())
        {
            return;
        }

        if (await Keys.AddAsync(await Actor.GetAsync(), Passkey?.Credential, Passkey?.Name))
        {
            Finish("passkey");
        }
        else
        {
            _passkeyError = T["Passkey_Refused"];
        }
    }

    private async Task RemovePasskeyAsync(string id)
    {
        if (MustProveAgain())
        {
            return;
        }

        await Keys.RemoveAsync(await Actor.GetAsync(), id);
        Navigation.NavigateTo(AccountPaths.Security);
    }

    private async Task EndAsync(Guid sessionId)
    {
        var actor = await Actor.GetAsync();
        await Sessions.EndAsync(actor, actor.UserId, sessionId, CancellationToken.None);
        Finish("session");
    }

    private async Task EndOthersAsync()
    {
        if (Http.User.SessionId() is { } present)
        {
            await Sessions.EndOthersAsync(await Actor.GetAsync(), present, CancellationToken.None);
        }

        Finish("session");
    }

    private bool MustProveAgain()
    {
        if (!IsRecent)
        {
            Navigation.NavigateTo(AgainPath);
        }

        return !IsRecent;
    }

    private async Task<bool> IsTooOftenAsync()
    {
        if (await Limit.EnterAsync(Http, _present.UserName) is not { } wait)
        {
            return false;
        }

        _error = T["LogIn_TooMany", Http.RefuseUntil(wait)];
        return true;
    }

    private void Finish(string done) => Navigation.NavigateTo($"{AccountPaths.Security}?done={done}");

    /// <summary>What the password form posts.</summary>
    public sealed class PasswordForm
    {
        public string? Present { get; set; }

        public string? Fresh { get; set; }

        public string? Repeated { get; set; }
    }

    /// <summary>What the form of a new passkey posts.</summary>
    public sealed class NewPasskeyForm
    {
        public string? Credential { get; set; }

        public string? Name { get; set; }
    }

    /// <summary>What the form of the second factor posts.</summary>
    public sealed class FactorForm
    {
        public string? Code { get; set; }

        public string? Act { get; set; }
    }
}
