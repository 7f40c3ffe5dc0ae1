using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Web.Account;

/// <summary>The second step of a log-in: a code of the authenticator app, or a recovery code.</summary>
public sealed partial class SecondFactorPage
{
    private string? _error;
    private string? _codeError;

    [CascadingParameter]
    public required HttpContext Http { get; set; }

    [SupplyParameterFromQuery(Name = AccountPaths.ReturnUrl)]
    private string? ReturnUrl { get; set; }

    /// <summary>Present where a recovery code is to be typed.</summary>
    [SupplyParameterFromQuery]
    private string? Recovery { get; set; }

    [SupplyParameterFromForm(FormName = "second-factor")]
    private CodeForm Form { get; set; } = null!;

    [Inject]
    private PendingLogIn Pending { get; set; } = null!;

    [Inject]
    private LogIn LogIn { get; set; } = null!;

    [Inject]
    private LogInLimit Limit { get; set; } = null!;

    [Inject]
    private LogInSteps Steps { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private bool IsRecovery => Recovery is not null;

    private string Other
    {
        get
        {
            var path = AccountPaths.WithReturn(AccountPaths.SecondFactor, ReturnUrl);
            return IsRecovery ? path : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}recovery=1";
        }
    }

    protected override async Task OnInitializedAsync()
    {
        Form ??= new();
        if (await Pending.ReadAsync() is null)
        {
            Navigation.NavigateTo(AccountPaths.WithReturn(AccountPaths.LogIn, ReturnUrl));
        }
    }

    private async Task SubmitAsync()
    {
        if (await Pending.ReadAsync() is not var (userId, stamp))
        {
            return;
        }

        if (string.IsNullOrWhiteSpace(Form.Code))
        {
            _codeError = T["Fault_Missing"];
        }
        else if (await Limit.EnterAsync(Http, userId.ToString()) is { } wait)
        {
            _error = T["LogIn_TooMany", Http.RefuseUntil(wait)];
        }
        else
        {
            // Not cancelled with the request: a guesser must not escape the record by hanging up.
            var result = await LogIn.TryCodeAsync(
                userId,
                stamp,
                Form.Code,
                Http.ClientAddress(),
                CancellationToken.None
            );
            if (await Steps.GoOnAsync(result, ReturnUrl) is { } next)
            {
                Navigation.NavigateTo(next);
            }

            _codeError = T["Fault_CodeWrong"];
        }
    }

    /// <summary>What the form posts.</summary>
    public sealed class CodeForm
    {
        public string? Code { get; set; }
    }
}
