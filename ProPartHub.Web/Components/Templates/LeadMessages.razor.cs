using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Templates;
using ProPartHub.Web.Components.Rules;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Templates;

/// <summary>
/// Writes to a lead's client by a template: shows the message, opens the program with it and notes in the timeline that it was
/// sent. Templates are read when it is opened, so that a lead's page pays nothing for it.
/// </summary>
public sealed partial class LeadMessages : ActingComponent
{
    private const string English = "английский";

    private IReadOnlyList<TemplateItem>? _templates;
    private PreparedMessage? _message;
    private LeadDetails? _shown;
    private Guid _chosen;
    private string _language = "uk";
    private bool _isOpen;
    private bool _isOpened;

    /// <summary>The lead.</summary>
    [Parameter, EditorRequired]
    public LeadDetails Lead { get; set; } = null!;

    /// <summary>Who writes.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    [Inject]
    private MessageTemplates Templates { get; set; } = null!;

    [Inject]
    private MessageValues Values { get; set; } = null!;

    private TemplateItem? Chosen => _templates?.FirstOrDefault(template => template.Id == _chosen);

    /// <inheritdoc/>
    protected override Task ReadAsync()
    {
        // The lead was read anew: what is shown follows it.
        if (_isOpen && _shown != Lead)
        {
            Prepare();
        }

        return Task.CompletedTask;
    }

    private async Task ToggleAsync()
    {
        _isOpen = !_isOpen;
        if (_isOpen)
        {
            await ActAsync(async () =>
            {
                _templates = await Templates.ListAsync(Actor, Life);
                _language = Lead.Values.Language == English ? "en" : "uk";
                _chosen = Chosen?.Id ?? (_templates.Count > 0 ? _templates[0].Id : Guid.Empty);
                Prepare();
                return null;
            });
        }
    }

    private void Choose(ChangeEventArgs change)
    {
        _chosen = Guid.TryParse(change.Value as string, out var id) ? id : _chosen;
        Prepare();
    }

    private void SetLanguage(string language)
    {
        _language = language;
        Prepare();
    }

    private void Prepare()
    {
        (_shown, _isOpened) = (Lead, false);
        Hush();
        _message = Chosen is { } template ? Values.Prepare(template.Values, _language, Lead, Actor.Name) : null;
    }

    private async Task NoteAsync()
    {
        if (Chosen is not { } template || _message is not { } message)
        {
            return;
        }

        var text = message.Subject is { Length: > 0 } subject ? $"{subject}\n\n{message.Text}" : message.Text;
        await ActAsync(async () =>
        {
            await Templates.NoteSentAsync(Actor, Lead.Id, template.Values.Channel, text, CancellationToken.None);
            _isOpened = false;
            return T["Noted"];
        });
    }
}
