using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Templates;
using ProPartHub.Web.Components.Rules;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Templates;

/// <summary>Writes a template in one language or both, and shows it as a lead of one's own would get it.</summary>
public sealed partial class TemplateForm : ActingComponent
{
    private const string Uk = nameof(Uk);
    private const string En = nameof(En);
    private static readonly string[] Languages = [Uk, En];

    private readonly Dictionary<string, string?> _subjects = [];
    private readonly Dictionary<string, string?> _bodies = [];
    private List<(string Language, PreparedMessage Message)> _previews = [];
    private string? _name;
    private MessageChannel _channel = MessageChannel.WhatsApp;
    private TemplateSharing _sharing = TemplateSharing.Nobody;
    private string? _number;
    private string? _leadFault;

    /// <summary>Who writes.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Its key.</summary>
    [Parameter, EditorRequired]
    public Guid TemplateId { get; set; }

    /// <summary>What is stored; null for a new one.</summary>
    [Parameter]
    public TemplateInput? Opened { get; set; }

    /// <summary>Called when it was stored, or false when somebody else was faster.</summary>
    [Parameter]
    public EventCallback<bool> OnSaved { get; set; }

    /// <summary>Called when nothing is to be stored.</summary>
    [Parameter]
    public EventCallback OnCancelled { get; set; }

    [Inject]
    private MessageTemplates Templates { get; set; } = null!;

    [Inject]
    private LeadQueries Leads { get; set; } = null!;

    [Inject]
    private MessageValues Values { get; set; } = null!;

    // What is shared with others by somebody else stays as it is shared.
    private IReadOnlyList<TemplateSharing> Offered =>
        [.. MessageTemplates.Offered(Actor).Append(Opened?.SharedWith ?? TemplateSharing.Nobody).Distinct().Order()];

    /// <inheritdoc/>
    protected override Task ReadAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        var start = Opened ?? new TemplateInput();
        (_name, _channel, _sharing) = (start.Name, start.Channel, start.SharedWith);
        (_subjects[Uk], _subjects[En]) = (start.SubjectUk, start.SubjectEn);
        (_bodies[Uk], _bodies[En]) = (start.BodyUk, start.BodyEn);
    }

    private TemplateInput Input =>
        new()
        {
            Name = _name,
            Channel = _channel,
            SubjectUk = _subjects[Uk],
            BodyUk = _bodies[Uk],
            SubjectEn = _subjects[En],
            BodyEn = _bodies[En],
            SharedWith = _sharing,
        };

    private Task SaveAsync() =>
        StoreAsync(() => Templates.SaveAsync(Actor, TemplateId, Opened, Input, CancellationToken.None), OnSaved);

    private Task<bool> PreviewAsync() =>
        ActAsync(async () =>
        {
            (_previews, _leadFault) = ([], null);
            var digits = string.Concat((_number ?? "").Where(char.IsAsciiDigit));
            var found = long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? await Leads.FindByNumberAsync(Actor, number, Life)
                : null;
            if (found is null)
            {
                _leadFault = T["Preview_NoLead"];
                return null;
            }

            var lead = await Leads.DetailsAsync(Actor, found.Value, Life);
            _previews =
            [
                .. Languages
                    .Where(language => !string.IsNullOrWhiteSpace(_bodies[language]))
                    .Select(language =>
                        (language, Values.Prepare(Input, language == Uk ? "uk" : "en", lead, Actor.Name))
                    ),
            ];
            return null;
        });

    private string Id(string part) => $"{part}-{TemplateId:N}";

    private string? Invalid(string field) => FaultOf(field) is null ? null : "true";
}
