using Microsoft.AspNetCore.Components;
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

    /// <summary>Present after a mail address was confirmed.</summary>
    [SupplyParameterFromQuery]
    private string? Confirmed { get; set; }

    [SupplyParameterFromForm(FormName = "log-in")]
    private LogInForm Form { get; set; } = null!;

    [Inject]
    private LogIn LogIn { get; set; } = null!;

    [Inject]
    private LogInLimit Limit { get; set; } = null!;

    [Inject]
    private HubSignIn SignIn { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IHostEnvironment Environment { get; set; } = null!;

    protected override void OnInitialized()
    {
        Form ??= new();
        if (!HttpMethods.IsPost(Http.Request.Method) && Http.User.Identity?.IsAuthenticated == true)
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
        var user = await LogIn.TryAsync(name, Form.Password!, Http.ClientAddress(), CancellationToken.None);
        if (user is null)
        {
            _error = T["LogIn_Refused"];
            return;
        }

        await SignIn.StartAsync(user);
        Http.RememberLanguage(user.Culture);
        Navigation.NavigateTo(AccountPaths.Local(ReturnUrl));
    }

    /// <summary>What the form posts.</summary>
    public sealed class LogInForm
    {
        public string? Name { get; set; }

        public string? Password { get; set; }
    }
}
