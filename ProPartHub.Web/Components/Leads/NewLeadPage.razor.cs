using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Web.Components.Leads;

/// <summary>Registers a lead; tells while typing whether the client is already taken.</summary>
public sealed partial class NewLeadPage
{
    private const string AgentName = nameof(LeadField.Agent);

    private IReadOnlyDictionary<string, string?> _opened = new Dictionary<string, string?>();
    private LeadInput _input = new();
    private DraftScope? _draft;
    private IReadOnlyList<FieldError> _errors = [];
    private IReadOnlyList<PersonItem> _people = [];
    private DuplicateFindings? _duplicates;
    private Actor? _actor;
    private Guid? _agentId;
    private bool _isSaving;
    private bool _hasFailed;

    [Inject]
    private LeadService Leads { get; set; } = null!;

    [Inject]
    private DuplicateCheck Duplicates { get; set; } = null!;

    [Inject]
    private ActLimits Limits { get; set; } = null!;

    [Inject]
    private PeopleQueries People { get; set; } = null!;

    [Inject]
    private CurrentActor Actor { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
        {
            return;
        }

        var actor = await Actor.GetAsync();
        _agentId = actor.UserId;
        _opened = LeadDraft
            .Of(_input)
            .Concat(ConsentField.Draft(_input))
            .Append(new(AgentName, _agentId.ToString()))
            .ToDictionary();
        _people = await People.AssignableAsync(actor, CancellationToken.None);
        _actor = actor;
    }

    private async Task RestoreAsync(RestoredDraft draft)
    {
        LeadDraft.Write(_input, draft.Values);
        ConsentField.Restore(_input, draft.Values);
        if (draft.Values.TryGetValue(AgentName, out var agent))
        {
            _agentId = Guid.TryParse(agent, out var id) && _people.Any(person => person.Id == id) ? id : null;
        }

        await CheckDuplicatesAsync();
    }

    private void Clear()
    {
        (_input, _errors, _duplicates) = (new(), [], null);
        _agentId = _actor!.UserId;
    }

    private async Task CancelAsync()
    {
        await _draft!.ForgetAsync();
        Navigation.NavigateTo(LeadListAddress.Path);
    }

    private async Task EditedAsync(LeadField field)
    {
        _errors = [.. _errors.Where(error => error.Field != field.ToString())];
        if (field is LeadField.Phone or LeadField.Email)
        {
            await CheckDuplicatesAsync();
        }
    }

    private async Task CheckDuplicatesAsync()
    {
        try
        {
            // Nobody types sixty clients a minute; whoever tries numbers to learn who is registered is not told.
            var isTooOften =
                await Limits.EnterAsync(_actor!, CostlyAct.DuplicateCheck, CancellationToken.None) is not null;
            _duplicates = isTooOften
                ? null
                : await Duplicates.FindAsync(_actor!, _input.Phone, _input.Email, null, CancellationToken.None);
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            // A hint that cannot be had now; saving checks again.
            _duplicates = null;
        }
    }

    private async Task SaveAsync()
    {
        // A second click comes in before the button is seen disabled.
        if (_isSaving || _actor is null)
        {
            return;
        }

        (_isSaving, _hasFailed) = (true, false);
        try
        {
            var created = await Leads.CreateAsync(_actor, _input, _agentId, CancellationToken.None);
            await _draft!.ForgetAsync();
            Navigation.NavigateTo($"/leads/{created.Id}");
        }
        catch (InvalidInputException exception)
        {
            _errors = exception.Errors;
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            _hasFailed = true;
        }
        finally
        {
            _isSaving = false;
        }
    }
}
