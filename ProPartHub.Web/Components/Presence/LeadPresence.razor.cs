using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Live.Presence;
using ProPartHub.Domain.People;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Presence;

/// <summary>
/// Says that its person has the lead open, and shows who else has. Renders when somebody comes, goes or does something else,
/// never for a sign of life. Those who listen are told who is here and what is under edit, not of each comment being typed.
/// </summary>
public sealed partial class LeadPresence : IDisposable
{
    // The rest is a number: the header is for the lead.
    private const int Most = 4;

    private readonly PageLife _closed = new();
    private IReadOnlyList<PresentPerson> _people = [];
    private IDisposable? _visit;
    private IDisposable? _reader;
    private LateRefresh? _later;
    private string? _said;

    /// <summary>The lead; a page that goes on to another has another of these.</summary>
    [Parameter, EditorRequired]
    public Guid LeadId { get; set; }

    /// <summary>Who has it open.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    [Inject]
    private CircuitPresence Presence { get; set; } = null!;

    [Inject]
    private PresenceRoom Room { get; set; } = null!;

    [Inject]
    private PresentPeople People { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _later = new LateRefresh(Clock, SayAsync, _closed.Token);
        _reader = Room.Join(
            Actor,
            leadIds =>
            {
                if (leadIds.Contains(LeadId))
                {
                    _ = InvokeAsync(ShowAsync);
                }
            }
        );
        _visit = Presence.Enter(Actor, LeadId);
        await ShowAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader?.Dispose();
        _visit?.Dispose();
        _closed.Cancel();
        _closed.Dispose();
    }

    private async Task ShowAsync()
    {
        try
        {
            var all = await People.OfAsync(Actor, [LeadId], _closed.Token);
            var people = all.GetValueOrDefault(LeadId, []);
            if (!people.SequenceEqual(_people))
            {
                _people = people;
                _ = _later!.AskAsync();
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page was left.
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            // Without names nobody is shown; the next change asks again.
        }
    }

    private Task SayAsync()
    {
        var said = string.Join(
            " ",
            _people
                .Take(Most)
                .Select(person =>
                    person.Activity is PresenceActivity.Editing
                        ? T["Say_Editing", person.Name, Doing(person)!]
                        : T["Say_Here", person.Name].Value
                )
        );
        if (said != (_said ?? ""))
        {
            _said = said;
            StateHasChanged();
        }

        return Task.CompletedTask;
    }

    private string? Doing(PresentPerson person) =>
        person switch
        {
            { Activity: PresenceActivity.Commenting } => T["Doing_Commenting"].Value,
            { Activity: PresenceActivity.Editing, Field: { } field } => T["Doing_Field", Leads.Field(field)].Value,
            { Activity: PresenceActivity.Editing } => T["Doing_Editing"].Value,
            _ => null,
        };
}
