using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.People.Accounts;

namespace ProPartHub.Web.Account;

/// <summary>Asks for the mail address of a lost password. Every address gets the same answer.</summary>
public sealed partial class ForgottenPage
{
    private string? _error;
    private string? _emailError;

    [CascadingParameter]
    public required HttpContext Http { get; set; }

    /// <summary>Present after the form was sent; a reload must not send it again.</summary>
    [SupplyParameterFromQuery]
    private string? Done { get; set; }

    [SupplyParameterFromForm(FormName = "forgotten")]
    private ForgottenForm Form { get; set; } = null!;

    [Inject]
    private PasswordResets Resets { get; set; } = null!;

    [Inject]
    private LogInLimit Limit { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override void OnInitialized() => Form ??= new();

    private async Task SubmitAsync()
    {
        var mail = AccountName.Clean(Form.Email);
        if (!AccountName.IsMail(mail))
        {
            _emailError = T[mail.Length == 0 ? "Fault_Missing" : "Fault_EmailWrong"];
            return;
        }

        if (await Limit.EnterAsync(Http, mail) is { } wait)
        {
            _error = T["LogIn_TooMany", Http.RefuseUntil(wait)];
            return;
        }

        Resets.Ask(mail, Http.ClientAddress());
        Navigation.NavigateTo($"{AccountPaths.Forgotten}?done=1");
    }

    /// <summary>What the form posts.</summary>
    public sealed class ForgottenForm
    {
        public string? Email { get; set; }
    }
}
