namespace ProPartHub.Domain.Catalogue;

/// <summary>What makes a stage of payment due.</summary>
public enum PaymentDue
{
    /// <summary>When the unit is booked.</summary>
    Booking = 0,

    /// <summary>When the contract is signed.</summary>
    Contract = 1,

    /// <summary>On a day.</summary>
    Day = 2,

    /// <summary>Some months after the booking.</summary>
    MonthsAfterBooking = 3,

    /// <summary>When the building is handed over.</summary>
    Handover = 4,

    /// <summary>Some months after the handover.</summary>
    MonthsAfterHandover = 5,
}

/// <summary>A stage of a payment plan: a share of the price or an amount in USD, never both.</summary>
public sealed record PaymentStage
{
    /// <summary>Most stages of a plan.</summary>
    public const int Most = 24;

    /// <summary>Longest label, in characters.</summary>
    public const int LongestLabel = 100;

    /// <summary>Most months after an event.</summary>
    public const int MostMonths = 360;

    /// <summary>What it is called; null where the moment says enough.</summary>
    public string? Label { get; init; }

    /// <summary>Share of the price, in percent.</summary>
    public decimal? Percent { get; init; }

    /// <summary>Amount in USD.</summary>
    public decimal? Amount { get; init; }

    /// <summary>When it is due.</summary>
    public PaymentDue Due { get; init; }

    /// <summary>The day, with <see cref="PaymentDue.Day"/>.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>How many months, with those that count months.</summary>
    public int? Months { get; init; }

    /// <summary>True for moments that are counted in months.</summary>
    public static bool IsInMonths(PaymentDue due) =>
        due is PaymentDue.MonthsAfterBooking or PaymentDue.MonthsAfterHandover;
}
