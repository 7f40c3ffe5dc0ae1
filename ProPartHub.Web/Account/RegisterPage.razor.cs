using FluentValidation.Results;
using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Account;

/// <summary>Registration of agents. Its answer is the same whether or not name and address are taken.</summary>
public sealed partial class RegisterPage
{
    private IReadOnlyList<ManagerItem> _managers = [];
    private ValidationResult? _faults;
    private string? _error;

    [CascadingParameter]
    public required HttpContext Http { get; set; }

    /// <summary>Present after the form was sent; a reload must not send it again.</summary>
    [SupplyParameterFromQuery]
    private string? Done { get; set; }

    [SupplyParameterFromForm(FormName = "register")]
    private RegisterForm? Form { get; set; }

    [Inject]
    private AgentRegistration Registration { get; set; } = null!;

    [Inject]
    private LogInLimit Limit { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        Form ??= new() { Culture = Languages.Current.Code };
        _managers = await Registration.ManagersAsync(Http.RequestAborted);
    }

    private async Task SubmitAsync()
    {
        if (!Registration.IsOpen)
        {
            return;
        }

        if (await Limit.EnterAsync(Http, AccountName.Clean(Form!.Email)) is { } wait)
        {
            _error = T["LogIn_TooMany", Http.RefuseUntil(wait)];
            return;
        }

        var input = new RegistrationInput(
            Form.UserName ?? "",
            Form.DisplayName ?? "",
            Form.Email ?? "",
            Form.ManagerId,
            Form.Password ?? "",
            Form.Repeated ?? "",
            Form.Culture ?? ""
        );
        _faults = await Registration.RegisterAsync(input, Http.ClientAddress(), CancellationToken.None);
        if (_faults.IsValid)
        {
            Navigation.NavigateTo($"{AccountPaths.Register}?done=1");
        }
    }

    private string? Fault(string field) => T.For(_faults, field);

    /// <summary>What the form posts.</summary>
    public sealed class RegisterForm
    {
        public string? DisplayName { get; set; }

        public string? UserName { get; set; }

        public string? Email { get; set; }

        public Guid? ManagerId { get; set; }

        public string? Password { get; set; }

        public string? Repeated { get; set; }

        public string? Culture { get; set; }
    }
}
