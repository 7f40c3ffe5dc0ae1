using System.Globalization;
using ProPartHub.Domain.Catalogue;

namespace ProPartHub.Web.Components.Catalogue.Payment;

/// <summary>A stage of a payment plan as it is typed; see <see cref="PaymentStage"/>.</summary>
public sealed class PaymentStageDraft
{
    /// <summary>Key of the row, for as long as the form is open.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>What it is called.</summary>
    public string? Label { get; set; }

    /// <summary>Share, as it is typed.</summary>
    public string? Percent { get; set; }

    /// <summary>Amount, as it is typed.</summary>
    public string? Amount { get; set; }

    /// <summary>When it is due.</summary>
    public PaymentDue Due { get; set; }

    /// <summary>The day, as an input has it.</summary>
    public string? Day { get; set; }

    /// <summary>How many months, as they are typed.</summary>
    public string? Months { get; set; }

    /// <summary>The row of a stored stage; the same one at the same place, so that a draft finds it again.</summary>
    public static PaymentStageDraft Of(PaymentStage stage, int place) =>
        new()
        {
            Id = new Guid(place + 1, 0, 0, new byte[8]),
            Label = stage.Label,
            Percent = CatalogueAddress.Text(stage.Percent),
            Amount = CatalogueAddress.Text(stage.Amount),
            Due = stage.Due,
            Day = stage.Day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Months = stage.Months?.ToString(CultureInfo.InvariantCulture),
        };

    /// <summary>What it says.</summary>
    public PaymentStage Stage() =>
        new()
        {
            Label = Label,
            Percent = PropertyDraft.Number(Percent),
            Amount = PropertyDraft.Number(Amount),
            Due = Due,
            Day = DateOnly.TryParseExact(
                Day,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var day
            )
                ? day
                : null,
            Months =
                string.IsNullOrWhiteSpace(Months) ? null
                : int.TryParse(Months, NumberStyles.None, CultureInfo.InvariantCulture, out var months) ? months
                // What an input hands over that is no number is refused at its field.
                : -1,
        };

    /// <summary>The name of one of its inputs, whichever place the row has.</summary>
    public string NameOf(string field) => string.Create(CultureInfo.InvariantCulture, $"stage.{Id:N}.{field}");

    /// <summary>Adds its values by their inputs' names.</summary>
    public void Read(IDictionary<string, string?> values)
    {
        values[NameOf(nameof(Label))] = Label;
        values[NameOf(nameof(Percent))] = Percent;
        values[NameOf(nameof(Amount))] = Amount;
        values[NameOf(nameof(Due))] = Due.ToString();
        values[NameOf(nameof(Day))] = Day;
        values[NameOf(nameof(Months))] = Months;
    }

    /// <summary>Sets the values that are named.</summary>
    public void Write(IReadOnlyDictionary<string, string?> values)
    {
        Label = values.GetValueOrDefault(NameOf(nameof(Label)), Label);
        Percent = values.GetValueOrDefault(NameOf(nameof(Percent)), Percent);
        Amount = values.GetValueOrDefault(NameOf(nameof(Amount)), Amount);
        Due = Enum.TryParse<PaymentDue>(values.GetValueOrDefault(NameOf(nameof(Due))), out var due) ? due : Due;
        Day = values.GetValueOrDefault(NameOf(nameof(Day)), Day);
        Months = values.GetValueOrDefault(NameOf(nameof(Months)), Months);
    }
}
