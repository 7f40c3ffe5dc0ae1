using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Web.Account;

/// <summary>Log-in by user name or mail address.</summary>
public sealed partial class LogInPage
{
    private string? _error;
    private string? _nameError;
    private string? _passwordError;

    [CascadingParameter]
    public required HttpContext Http { get; set; }

    [SupplyParameterFromQuery(Name = AccountPaths.ReturnUrl)]
    private string? ReturnUrl { get; set; }

    /// <summary>Present after an account was completed behind a one-time link.</summary>
    [SupplyParameterFromQuery]
    private string? Ready { get; set; }

    /// <summary>Present where somebody who is logged in has to prove again who they are.</summary>
    [SupplyParameterFromQuery]
    private string? Again { get; set; }

    /// <summary>Present after single sign-on did not lead in.</summary>
    [SupplyParameterFromQuery]
    private string? Sso { get; set; }

    /// <summary>Present after a mail address was confirmed.</summary>
    [SupplyParameterFromQuery]
    private string? Confirmed { get; set; }

    [SupplyParameterFromForm(FormName = "log-in")]
    private LogInForm Form { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "passkey")]
    private PasskeyForm? Passkey { get; set; }

    [Inject]
    private LogIn LogIn { get; set; } = null!;

    [Inject]
    private IOptions<SingleSignOnOptions> SingleSignOn { get; set; } = null!;

    [Inject]
    private Passkeys Passkeys { get; set; } = null!;

    [Inject]
    private LogInLimit Limit { get; set; } = null!;

    [Inject]
    private LogInSteps Steps { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IHostEnvironment Environment { get; set; } = null!;

    protected override void OnInitialized()
    {
        Form ??= new();
        if (Again is null && !HttpMethods.IsPost(Http.Request.Method) && Http.User.Identity?.IsAuthenticated == true)
        {
            Navigation.NavigateTo(AccountPaths.Local(ReturnUrl));
        }
    }

    private async Task SubmitAsync()
    {
        var name = AccountName.Clean(Form.Name);
        _nameError = name.Length == 0 ? T["Fault_Missing"].Value : null;
        _passwordError = string.IsNullOrEmpty(Form.Password) ? T["Fault_Missing"].Value : null;
        if (_nameError is not null || _passwordError is not null)
        {
            return;
        }

        if (await Limit.EnterAsync(Http, name) is { } wait)
        {
            _error = T["LogIn_TooMany", Http.RefuseUntil(wait)];
            return;
        }

        // Not cancelled with the request: a guesser must not escape the record by hanging up.
        var result = await LogIn.TryAsync(name, Form.Password!, Http.ClientAddress(), CancellationToken.None);
        if (await Steps.GoOnAsync(result, ReturnUrl) is { } next)
        {
            Navigation.NavigateTo(next);
        }
        else
        {
            _error = T["LogIn_Refused"];
        }
    }

    private async Task EnterByPasskeyAsync()
    {
        if (await Limit.EnterAsync(Http, "passkey") is { } wait)
        {
            _error = T["LogIn_TooMany", Http.RefuseUntil(wait)];
            return;
        }

        var result = await Passkeys.LogInAsync(Passkey?.Credential);
        if (await Steps.GoOnAsync(result, ReturnUrl) is { } next)
        {
            Navigation.NavigateTo(next);
        }
        else
        {
            _error = T["Passkey_Refused"];
        }
    }

    /// <summary>What the browser answered with.</summary>
    public sealed class PasskeyForm
    {
        public string? Credential { get; set; }
    }

    /// <summary>What the form posts.</summary>
    public sealed class LogInForm
    {
        public string? Name { get; set; }

        public string? Password { get; set; }
    }
}
