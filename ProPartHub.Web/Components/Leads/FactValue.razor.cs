using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Leads;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Leads;

/// <summary>One fact as it is read, with the way to edit it. What somebody changed glows.</summary>
public sealed partial class FactValue
{
    // From so many days before a birthday it is told.
    private const int BirthdayNear = 30;

    private ElementReference _button;
    private Guid _lead;
    private string? _shown;
    private int _changes;

    /// <summary>What it shows.</summary>
    [Parameter, EditorRequired]
    public Fact Fact { get; set; } = null!;

    /// <summary>The lead as it is now.</summary>
    [Parameter, EditorRequired]
    public LeadDetails Lead { get; set; } = null!;

    /// <summary>True where it comes back after an edit: the keyboard stays where it was.</summary>
    [Parameter]
    public bool TakesFocus { get; set; }

    /// <summary>Called when it is to be edited.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnOpen { get; set; }

    /// <summary>The id of a fact's name on the page.</summary>
    internal static string NameId(Fact fact) => $"fact-{fact.TextKey}";

    private string ValueId => $"{NameId(Fact)}-value";

    private string? Value => Fact.Field is { } one ? LeadFields.Read(Lead.Values, one) : null;

    private string Words => Value is { } value ? T.Value(Book, Fact.Field!.Value, value) : "—";

    private int? Birthday =>
        Fact.Field is LeadField.BirthDate && Lead.Values.BirthDate is { } born
            ? Domain.Leads.Birthday.DaysUntil(born, DateOnly.FromDateTime(Time.Now.DateTime))
            : null;

    // A number or address that one can press is no place to begin an edit.
    private RenderFragment? Contact =>
        Value is not { } value
            ? null
            : Fact.Field switch
            {
                LeadField.Phone or LeadField.SecondPhone => PhoneOf(value),
                LeadField.Email => MailOf(value),
                _ => null,
            };

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        var now = string.Join('\n', Fact.Fields.Select(field => LeadFields.Read(Lead.Values, field)));
        if (_lead == Lead.Id && _shown != now)
        {
            _changes++;
        }

        (_lead, _shown) = (Lead.Id, now);
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && TakesFocus)
        {
            await _button.FocusAsync();
        }
    }

    private static RenderFragment PhoneOf(string number) =>
        builder =>
        {
            builder.OpenComponent<PhoneLink>(0);
            builder.AddComponentParameter(1, nameof(PhoneLink.Number), number);
            builder.CloseComponent();
        };

    // Where it does not fit a line it goes on after the "at", and not in the middle of a name.
    private static RenderFragment MailOf(string address) =>
        builder =>
        {
            builder.OpenElement(0, "a");
            builder.AddAttribute(1, "href", $"mailto:{Uri.EscapeDataString(address)}");
            var at = address.IndexOf('@', StringComparison.Ordinal) + 1;
            builder.AddContent(2, address[..at]);
            builder.AddMarkupContent(3, "<wbr>");
            builder.AddContent(4, address[at..]);
            builder.CloseElement();
        };
}
