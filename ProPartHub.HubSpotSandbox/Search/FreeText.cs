namespace ProPartHub.HubSpotSandbox.Search;

/// <summary>The free-text part of a search: every word must begin a word of the default searchable properties.</summary>
internal static class FreeText
{
    private static readonly char[] Separators = [' ', '\t', '@', '.', ';', ',', '-', '(', ')', '+', '<', '>', '/'];

    public static bool Matches(IndexedRecord record, string? query)
    {
        if (string.IsNullOrWhiteSpace(query))
            return true;

        var values = record
            .Record.Type.SearchableProperties.Append("hs_object_id")
            .Select(name => record[name])
            .OfType<string>()
            .ToList();
        return values.Exists(value => value.Contains(query, StringComparison.OrdinalIgnoreCase))
            || Words(query)
                .All(word =>
                    values.SelectMany(Words).Any(own => own.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                );
    }

    private static string[] Words(string text) =>
        text.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
