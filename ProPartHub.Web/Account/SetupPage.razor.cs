using FluentValidation.Results;
using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.People.Accounts;

namespace ProPartHub.Web.Account;

/// <summary>What a one-time link opens: the first admin's account, or the password of an admin already named.</summary>
public sealed partial class SetupPage
{
    private bool _isDead;
    private bool _isFirst;
    private ValidationResult? _faults;

    [CascadingParameter]
    public required HttpContext Http { get; set; }

    [SupplyParameterFromQuery]
    private string? Token { get; set; }

    [SupplyParameterFromForm(FormName = "setup")]
    private SetupForm? Form { get; set; }

    [Inject]
    private AccountSetup Setup { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        var posted = Form;
        Form ??= new();
        var offer = await Setup.OpenAsync(Token, Http.RequestAborted);
        _isFirst = offer?.UserName.Length == 0;
        Form = posted ?? new() { DisplayName = offer?.DisplayName };
        if (offer is null)
        {
            // A form on its way must still find itself on the page; its submission says that the link is dead.
            if (posted is null)
            {
                Die();
            }
        }
        else if (!_isFirst)
        {
            Form.UserName = offer.UserName;
            Form.Email = offer.Email;
        }
    }

    private async Task SubmitAsync()
    {
        var input = new AdminInput(
            Form!.UserName ?? "",
            Form.DisplayName ?? "",
            Form.Email ?? "",
            Form.Password ?? "",
            Form.Repeated ?? ""
        );
        (var user, _faults) = await Setup.CompleteAsync(Token, input, Http.ClientAddress(), CancellationToken.None);
        if (user is not null)
        {
            Navigation.NavigateTo($"{AccountPaths.LogIn}?ready=1");
        }
        else if (_faults.Errors.Exists(fault => fault.ErrorCode == nameof(AccountFault.LinkDead)))
        {
            Die();
        }
    }

    // The first field to mend; on a fresh form the first to fill in.
    private bool HasFocus(string field) =>
        field == (_faults?.Errors.FirstOrDefault()?.PropertyName ?? nameof(AdminInput.DisplayName));

    private void Die()
    {
        _isDead = true;
        Http.Response.StatusCode = StatusCodes.Status410Gone;
    }

    /// <summary>What the form posts.</summary>
    public sealed class SetupForm
    {
        public string? UserName { get; set; }

        public string? DisplayName { get; set; }

        public string? Email { get; set; }

        public string? Password { get; set; }

        public string? Repeated { get; set; }
    }
}
