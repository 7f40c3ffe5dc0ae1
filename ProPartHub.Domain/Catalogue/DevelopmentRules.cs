using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.Catalogue;

/// <summary>What a development must be.</summary>
public static class DevelopmentRules
{
    /// <summary>Code for an upper end that lies below the lower one.</summary>
    public const string Reversed = nameof(Reversed);

    /// <summary>How a fault names a field of a unit.</summary>
    /// <param name="place">Place of the unit, from 0.</param>
    /// <param name="field">Name of the property of <see cref="UnitInput"/>.</param>
    public static string UnitField(int place, string field) => $"{nameof(DevelopmentInput.Units)}.{place}.{field}";

    /// <summary>A copy as it is stored: trimmed, empty text as null, amounts to the hundredth.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="before">What is stored: an option that HubSpot has withdrawn since does not stand in the way.</param>
    /// <param name="options">What may be chosen.</param>
    /// <exception cref="InvalidInputException">Something is missing, too long, unreadable, unknown or out of range.</exception>
    internal static DevelopmentInput Checked(DevelopmentInput typed, DevelopmentInput? before, LeadOptionBook options)
    {
        var errors = new List<FieldError>();
        var values = Normalised(typed);
        Text(values.Name, CatalogueLimits.Name, nameof(values.Name), isRequired: true);
        Text(values.City, CatalogueLimits.Place, nameof(values.City));
        Text(values.District, CatalogueLimits.Place, nameof(values.District));
        Text(values.Description, CatalogueLimits.Description, nameof(values.Description));
        Text(values.PaymentTerms, CatalogueLimits.PaymentTerms, nameof(values.PaymentTerms));
        Option(values.Country, before?.Country, LeadField.Country, nameof(values.Country), isRequired: true);
        Option(values.Kind, before?.Kind, LeadField.PropertyType, nameof(values.Kind));
        if (values.Goals.FirstOrDefault(goal => !IsOffered(goal, LeadField.PurchaseGoal, before?.Goals)) is not null)
        {
            errors.Add(new(nameof(values.Goals), FieldErrorCode.UnknownOption));
        }

        Range(
            values.PriceFrom,
            values.PriceTo,
            CatalogueLimits.Price,
            nameof(values.PriceFrom),
            nameof(values.PriceTo)
        );
        errors.AddRange(PaymentRules.Faults(values.PaymentPlan));
        Units(values.Units);
        return errors.Count > 0 ? throw new InvalidInputException(errors) : values;

        void Text(string? text, int most, string field, bool isRequired = false)
        {
            if (text is null && isRequired)
            {
                errors.Add(new(field, FieldErrorCode.Required));
            }
            else if (text?.Length > most)
            {
                errors.Add(new(field, FieldErrorCode.TooLong, most));
            }
            else if (!ReadableText.Is(text))
            {
                errors.Add(new(field, FieldErrorCode.UnreadableText));
            }
        }

        void Option(string? value, string? stored, LeadField list, string field, bool isRequired = false)
        {
            if (value is null && isRequired)
            {
                errors.Add(new(field, FieldErrorCode.Required));
            }
            else if (value is not null && !IsOffered(value, list, stored is null ? null : [stored]))
            {
                errors.Add(new(field, FieldErrorCode.UnknownOption));
            }
        }

        bool IsOffered(string value, LeadField list, IReadOnlyList<string>? stored) =>
            options.For(list)!.Contains(value) || stored?.Contains(value) is true;

        void Range(decimal? from, decimal? to, decimal most, string fromField, string toField)
        {
            Amount(from, most, fromField, isRequired: true);
            Amount(to, most, toField);
            if (to < from && IsAmount(to.Value, most))
            {
                errors.Add(new(toField, Reversed));
            }
        }

        void Amount(decimal? amount, decimal most, string field, bool isRequired = false)
        {
            if (amount is null && isRequired)
            {
                errors.Add(new(field, FieldErrorCode.Required));
            }
            else if (amount is { } value && !IsAmount(value, most))
            {
                errors.Add(new(field, FieldErrorCode.OutOfRange));
            }
        }

        void Units(IReadOnlyList<UnitInput> units)
        {
            if (units.Count > CatalogueLimits.Units)
            {
                errors.Add(new(nameof(DevelopmentInput.Units), FieldErrorCode.TooMany, CatalogueLimits.Units));
                return;
            }

            if (units.DistinctBy(unit => unit.Id).Count() < units.Count || units.Any(unit => unit.Id == Guid.Empty))
            {
                errors.Add(new(nameof(DevelopmentInput.Units), FieldErrorCode.UnknownOption));
            }

            foreach (var (place, unit) in units.Index())
            {
                if (!Enum.IsDefined(unit.Type))
                {
                    errors.Add(new(UnitField(place, nameof(unit.Type)), FieldErrorCode.UnknownOption));
                }

                Range(
                    unit.SizeFrom,
                    unit.SizeTo,
                    CatalogueLimits.Size,
                    UnitField(place, nameof(unit.SizeFrom)),
                    UnitField(place, nameof(unit.SizeTo))
                );
                Amount(unit.Price, CatalogueLimits.Price, UnitField(place, nameof(unit.Price)), isRequired: true);
            }
        }
    }

    // Nothing is given away, and nothing has no size.
    private static bool IsAmount(decimal amount, decimal most) => amount > 0 && amount <= most;

    private static DevelopmentInput Normalised(DevelopmentInput typed) =>
        typed with
        {
            Name = Line(typed.Name),
            Country = Line(typed.Country),
            City = Line(typed.City),
            District = Line(typed.District),
            Kind = Line(typed.Kind),
            Goals = [.. typed.Goals.Distinct()],
            Description = Text(typed.Description),
            PaymentTerms = Text(typed.PaymentTerms),
            PaymentPlan = [.. typed.PaymentPlan.Select(PaymentRules.Normalised)],
            PriceFrom = Rounded(typed.PriceFrom),
            PriceTo = Rounded(typed.PriceTo),
            Units =
            [
                .. typed.Units.Select(unit =>
                    unit with
                    {
                        SizeFrom = Rounded(unit.SizeFrom),
                        SizeTo = Rounded(unit.SizeTo),
                        Price = Rounded(unit.Price),
                    }
                ),
            ],
        };

    private static decimal? Rounded(decimal? amount) => amount is { } value ? Math.Round(value, 2) : null;

    private static string? Line(string? text) =>
        text?.ReplaceLineEndings(" ").Trim() is { Length: > 0 } line ? line : null;

    private static string? Text(string? text) =>
        text?.ReplaceLineEndings("\n").Trim() is { Length: > 0 } clean ? clean : null;
}
