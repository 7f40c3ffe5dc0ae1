using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.People.Verification;

namespace ProPartHub.Web.Account;

/// <summary>An agent's own verification: how it stands, what was said, and the documents to hand in.</summary>
public sealed partial class VerificationPage
{
    // All documents, and room for what is around them.
    private const int LargestRequest =
        (VerificationService.MostDocuments * VerificationService.LargestDocument) + (1024 * 1024);

    private OwnVerification _own = new(true, null, []);
    private VerificationFault? _fault;

    [CascadingParameter]
    public required HttpContext Http { get; set; }

    /// <summary>Present after documents were handed in; a reload must not do it again.</summary>
    [SupplyParameterFromQuery]
    private string? Done { get; set; }

    [SupplyParameterFromForm(FormName = "verification")]
    private string? Message { get; set; }

    [Inject]
    private VerificationService Verification { get; set; } = null!;

    [Inject]
    private VerificationQueries Queries { get; set; } = null!;

    [Inject]
    private FileStore Store { get; set; } = null!;

    [Inject]
    private IOptions<VerificationOptions> Options { get; set; } = null!;

    [Inject]
    private CurrentActor Actor { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private bool IsWaiting => _own.Requests is [{ State: VerificationState.Waiting }, ..];

    protected override async Task OnInitializedAsync() =>
        _own = await Queries.OwnAsync(await Actor.GetAsync(), Http.RequestAborted);

    private async Task SubmitAsync()
    {
        var form = await Http.Request.ReadFormAsync(Http.RequestAborted);
        var files = form
            .Files.Where(file => file.Length > 0)
            .Select(file => new HandedIn(file.FileName, file.ContentType, file.Length, file.OpenReadStream))
            .ToList();
        _fault = await Verification.AskAsync(await Actor.GetAsync(), Message, files, CancellationToken.None);
        if (_fault is null)
        {
            Navigation.NavigateTo($"{AccountPaths.Verification}?done=1");
        }
    }
}
