using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Timeline;

/// <summary>
/// Offers names while somebody types an @ into a comment: of the others who may see the lead, and of nobody else. They are read
/// at the first @; which of them fit is decided in the browser (<c>js/mentions.js</c>), so that typing asks nothing.
/// </summary>
public sealed partial class MentionList : IAsyncDisposable
{
    private readonly PageLife _closed = new();
    private IReadOnlyList<PersonItem> _people = [];
    private PageScript<MentionList>? _script;
    private ElementReference _list;

    /// <summary>Id of the text's input; the list's own id is made of it.</summary>
    [Parameter, EditorRequired]
    public string For { get; set; } = "";

    /// <summary>The lead.</summary>
    [Parameter, EditorRequired]
    public Guid LeadId { get; set; }

    /// <summary>Who writes.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    [Inject]
    private LeadQueries Queries { get; set; } = null!;

    [Inject]
    private IJSRuntime JS { get; set; } = null!;

    private string Id => $"{For}-people";

    /// <summary>The script's word for the first @: reads the people.</summary>
    [JSInvokable]
    public async Task WantAsync()
    {
        try
        {
            var people = await Queries.PeopleAsync(Actor, LeadId, _closed.Token);
            _people = [.. people.Where(person => person.Id != Actor.UserId)];
            StateHasChanged();
        }
        catch (Exception exception)
            when (exception is NotFoundException or OperationCanceledException || DatabaseOutage.Is(exception))
        {
            // Without an offer a name can still be typed; the page itself says what is wrong.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        _closed.Dispose();
        if (_script is not null)
        {
            await _script.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _script = new PageScript<MentionList>(this);
            await _script.StartAsync(JS, Assets["js/mentions.js"], "offer", For, _list);
        }
    }
}
