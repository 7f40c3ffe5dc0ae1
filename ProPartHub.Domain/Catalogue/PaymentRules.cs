using ProPartHub.Domain.Errors;

namespace ProPartHub.Domain.Catalogue;

/// <summary>What a payment plan must be.</summary>
public static class PaymentRules
{
    /// <summary>Code for shares that do not make up the whole; its limit is what they make up.</summary>
    public const string NotWhole = nameof(NotWhole);

    /// <summary>Code for a stage with both a share and an amount.</summary>
    public const string ShareAndAmount = nameof(ShareAndAmount);

    /// <summary>How a fault names a field of a stage.</summary>
    /// <param name="place">Place of the stage, from 0.</param>
    /// <param name="field">Name of the property of <see cref="PaymentStage"/>.</param>
    public static string StageField(int place, string field) =>
        $"{nameof(DevelopmentInput.PaymentPlan)}.{place}.{field}";

    /// <summary>A copy as it is stored: trimmed, amounts to the hundredth, without what the moment does not need.</summary>
    internal static PaymentStage Normalised(PaymentStage stage) =>
        stage with
        {
            Label = stage.Label?.ReplaceLineEndings(" ").Trim() is { Length: > 0 } label ? label : null,
            Percent = Rounded(stage.Percent),
            Amount = Rounded(stage.Amount),
            Day = stage.Due is PaymentDue.Day ? stage.Day : null,
            Months = PaymentStage.IsInMonths(stage.Due) ? stage.Months : null,
        };

    /// <summary>What is wrong with a plan.</summary>
    internal static IEnumerable<FieldError> Faults(IReadOnlyList<PaymentStage> plan)
    {
        if (plan.Count > PaymentStage.Most)
        {
            return [new(nameof(DevelopmentInput.PaymentPlan), FieldErrorCode.TooMany, PaymentStage.Most)];
        }

        var faults = plan.Index().SelectMany(pair => Faults(pair.Item, pair.Index)).ToList();
        // Where amounts stand beside shares, the rest of the price is in them.
        var sum = plan.Sum(stage => stage.Percent ?? 0);
        var isMixed = plan.Any(stage => stage.Amount is not null);
        if (faults.Count == 0 && sum > 0 && (sum > 100 || (sum < 100 && !isMixed)))
        {
            faults.Add(new(nameof(DevelopmentInput.PaymentPlan), NotWhole, decimal.Round(sum, 2)));
        }

        return faults;
    }

    private static IEnumerable<FieldError> Faults(PaymentStage stage, int place)
    {
        if (stage.Label?.Length > PaymentStage.LongestLabel)
        {
            yield return new(Of(nameof(stage.Label)), FieldErrorCode.TooLong, PaymentStage.LongestLabel);
        }
        else if (!ReadableText.Is(stage.Label))
        {
            yield return new(Of(nameof(stage.Label)), FieldErrorCode.UnreadableText);
        }

        if (stage is { Percent: null, Amount: null })
        {
            yield return new(Of(nameof(stage.Percent)), FieldErrorCode.Required);
        }
        else if (stage is { Percent: not null, Amount: not null })
        {
            yield return new(Of(nameof(stage.Amount)), ShareAndAmount);
        }
        else if (stage.Percent is <= 0 or > 100)
        {
            yield return new(Of(nameof(stage.Percent)), FieldErrorCode.OutOfRange);
        }
        else if (stage.Amount is <= 0 or > CatalogueLimits.Price)
        {
            yield return new(Of(nameof(stage.Amount)), FieldErrorCode.OutOfRange);
        }

        if (!Enum.IsDefined(stage.Due))
        {
            yield return new(Of(nameof(stage.Due)), FieldErrorCode.UnknownOption);
        }
        else if (stage is { Due: PaymentDue.Day, Day: null })
        {
            yield return new(Of(nameof(stage.Day)), FieldErrorCode.Required);
        }
        else if (PaymentStage.IsInMonths(stage.Due) && stage.Months is not (> 0 and <= PaymentStage.MostMonths))
        {
            yield return new(
                Of(nameof(stage.Months)),
                stage.Months is null ? FieldErrorCode.Required : FieldErrorCode.OutOfRange
            );
        }

        string Of(string field) => StageField(place, field);
    }

    private static decimal? Rounded(decimal? amount) => amount is { } value ? Math.Round(value, 2) : null;
}
