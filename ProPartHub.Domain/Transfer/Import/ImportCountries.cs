namespace ProPartHub.Domain.Transfer.Import;

/// <summary>Countries whose phones may stand without a country code (ISO 3166).</summary>
public static class ImportCountries
{
    /// <summary>Where the agency's clients live and buy; the home country first.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "UA",
        "PL",
        "DE",
        "CZ",
        "SK",
        "RO",
        "MD",
        "BG",
        "LT",
        "LV",
        "EE",
        "GB",
        "US",
        "CA",
        "IL",
        "TR",
        "AE",
        "OM",
        "GE",
        "KZ",
        "ES",
        "IT",
        "FR",
        "PT",
        "GR",
        "CY",
        "ME",
        "TH",
        "ID",
        "KH",
        "MV",
    ];
}
