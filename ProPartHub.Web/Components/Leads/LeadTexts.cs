using System.Globalization;
using Microsoft.Extensions.Localization;
using ProPartHub.Domain.Catalogue.Sharing;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.ServiceLevels;
using ProPartHub.Domain.Templates;
using ProPartHub.Domain.Timeline;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Leads;

/// <summary>Names of fields, labels of options and words for faults, in the reader's language.</summary>
internal static class LeadTexts
{
    private static readonly string[] OtherFields =
    [
        FieldChange.Reason,
        FieldChange.Tag,
        FieldChange.OtherLead,
        FieldChange.Comment,
        FieldChange.Attachments,
        FieldChange.Budget,
        FieldChange.Attention,
        FieldChange.Consent,
        FieldChange.ConsentNote,
        .. FollowUpFields.All,
        FollowUpFields.Repeat,
        FollowUpFields.Rhythm,
        ServiceRound.StepField,
        MessageTemplates.ChannelField,
        MessageTemplates.TextField,
        SharedPages.PropertyField,
    ];

    /// <summary>The field's name.</summary>
    public static string Field(this IStringLocalizer<LeadsTexts> texts, LeadField field) => texts[$"Field_{field}"];

    /// <summary>The name of what a history entry calls a field; one that the hub does not know is shown as it is.</summary>
    public static string Field(this IStringLocalizer<LeadsTexts> texts, string field) =>
        Enum.TryParse<LeadField>(field, out _) || OtherFields.Contains(field) ? texts[$"Field_{field}"] : field;

    /// <summary>
    /// The label of a stored option: ours in the reader's language, HubSpot's for an option that came to be there, and for
    /// any other value itself.
    /// </summary>
    public static string Option(
        this IStringLocalizer<LeadsTexts> texts,
        LeadOptionBook book,
        LeadField field,
        string value
    )
    {
        var place = LeadOptions.For(field) is { } options ? options.ToList().IndexOf(value) : -1;
        return field is LeadField.Currency ? value
            : place >= 0 ? texts[$"Option_{field}_{place}"]
            : book.LabelOf(field, value) ?? value;
    }

    /// <summary>Every option of a field, to choose one from.</summary>
    public static IReadOnlyList<FilterSelect.Choice> Choices(
        this IStringLocalizer<LeadsTexts> texts,
        LeadOptionBook book,
        LeadField field
    ) => [.. book.For(field)!.Select(value => new FilterSelect.Choice(value, texts.Option(book, field, value)))];

    /// <summary>A stored value as people read it: labels for options, dates, amounts and phones as written here.</summary>
    public static string Value(
        this IStringLocalizer<LeadsTexts> texts,
        LeadOptionBook book,
        LeadField field,
        string value
    ) =>
        field switch
        {
            LeadField.BudgetFrom or LeadField.BudgetTo => Amount(value),
            LeadField.Phone or LeadField.SecondPhone => PhoneNumber.Display(value),
            LeadField.BirthDate when DateOnly.TryParseExact(value, "yyyy-MM-dd", out var date) => WrittenDay.Of(date),
            _ => texts.Option(book, field, value),
        };

    /// <summary>A value in a history: as <see cref="Value"/>, and names for ids of stages and people.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="book">What fields offer.</param>
    /// <param name="time">For moments.</param>
    /// <param name="field">What the history calls the field.</param>
    /// <param name="value">The value as it is stored.</param>
    /// <param name="nameOf">The name of a stage or person; null when not known.</param>
    public static string Change(
        this IStringLocalizer<LeadsTexts> texts,
        LeadOptionBook book,
        AgencyTime time,
        string field,
        string? value,
        Func<Guid, string?> nameOf
    )
    {
        if (value is null)
        {
            return field == nameof(LeadField.Agent) ? texts["Row_Pool"] : "—";
        }

        return field switch
        {
            nameof(LeadField.Stage) or nameof(LeadField.Agent) => Guid.TryParse(value, out var id)
                ? nameOf(id) ?? "—"
                : "—",
            FieldChange.Budget => texts.Budget(value),
            FieldChange.Attention => Enum.TryParse<Attention>(value, out var attention)
                ? texts.Attention(attention)
                : value,
            FieldChange.Consent when value is nameof(ConsentState.Given) or nameof(ConsentState.Withdrawn) => texts[
                $"Consent_{value}"
            ],
            ServiceRound.StepField => texts[$"Step_{value}"],
            MessageTemplates.ChannelField when value == nameof(MessageChannel.Mail) => texts.Field(LeadField.Email),
            FollowUpFields.Repeat => texts[$"Repeat_{FollowUpFields.ToRepeat(value)}"],
            FollowUpFields.Due or FollowUpFields.Rhythm => FollowUpFields.ToMoment(value) is { } moment
                ? time.Moment(moment)
                : value,
            _ => Enum.TryParse<LeadField>(field, out var known) ? texts.Value(book, known, value) : value,
        };
    }

    /// <summary>Both ends of a budget from <see cref="FieldChange.Budget"/>'s text.</summary>
    public static string Budget(this IStringLocalizer<LeadsTexts> texts, string value)
    {
        var ends = value.Split("..");
        return ends switch
        {
            [var from, var to] when from == to => Amount(from),
            [var from, ""] => texts["Range_From", Amount(from)],
            ["", var to] => texts["Range_UpTo", Amount(to)],
            [var from, var to] => $"{Amount(from)} – {Amount(to)}",
            _ => value,
        };
    }

    /// <summary>What needs attention, in words.</summary>
    public static string Attention(this IStringLocalizer<LeadsTexts> texts, Attention attention) =>
        attention is Domain.Leads.Attention.None
            ? "—"
            : string.Join(
                ", ",
                Enum.GetValues<Attention>()
                    .Where(flag => flag is not Domain.Leads.Attention.None && attention.HasFlag(flag))
                    .Select(flag => texts[$"Attention_{flag}"].Value)
            );

    /// <summary>Why HubSpot does not get a change: in our words where the hub holds it back itself.</summary>
    public static string Parked(this IStringLocalizer<LeadsTexts> texts, string? reason) =>
        ParkedReason.IsOwn(reason) ? texts[$"Parked_{reason}"] : texts["Sync_Parked", reason ?? "—"];

    /// <summary>Why somebody may not do something to a lead.</summary>
    public static string Refusal(this IStringLocalizer<LeadsTexts> texts, Exception exception) =>
        texts[
            exception switch
            {
                ClientErasedException => "Erased_Refused",
                LeadMergedException => "Merged_Refused",
                _ => "Lead_Forbidden",
            }
        ];

    /// <summary>What is wrong, for showing at the field.</summary>
    public static string Fault(this IStringLocalizer<LeadsTexts> texts, FieldError error) =>
        error.Limit is null ? texts[$"Fault_{error.Code}"] : texts[$"Fault_{error.Code}", error.Limit];

    private static string Amount(string value) =>
        decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out var amount)
            ? amount.ToString(decimal.IsInteger(amount) ? "N0" : "N2", CultureInfo.CurrentCulture)
            : value;
}
