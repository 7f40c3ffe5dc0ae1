using FluentValidation.Results;
using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.People.Accounts;

namespace ProPartHub.Web.Account;

/// <summary>Asks for another mail address of the own account.</summary>
public sealed partial class EmailPage
{
    private OwnProfile? _present;
    private ValidationResult? _faults;
    private string? _error;
    private string? _sentTo;

    [CascadingParameter]
    public required HttpContext Http { get; set; }

    [SupplyParameterFromForm(FormName = "email")]
    private EmailForm? Form { get; set; }

    [Inject]
    private OwnAccount Account { get; set; } = null!;

    [Inject]
    private AddressChange Change { get; set; } = null!;

    [Inject]
    private LogInLimit Limit { get; set; } = null!;

    [Inject]
    private CurrentActor Actor { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        Form ??= new();
        _present = await Account.ReadAsync(await Actor.GetAsync(), Http.RequestAborted);
    }

    private async Task SubmitAsync()
    {
        if (await Limit.EnterAsync(Http, _present?.UserName ?? "") is { } wait)
        {
            _error = T["LogIn_TooMany", Http.RefuseUntil(wait)];
            return;
        }

        var input = new AddressInput(Form!.Present ?? "", Form.Email ?? "");
        _faults = await Change.AskAsync(await Actor.GetAsync(), input, CancellationToken.None);
        if (_faults.IsValid)
        {
            (_sentTo, Form) = (AccountName.Clean(input.Email), new());
        }
    }

    /// <summary>What the form posts.</summary>
    public sealed class EmailForm
    {
        public string? Email { get; set; }

        public string? Present { get; set; }
    }
}
