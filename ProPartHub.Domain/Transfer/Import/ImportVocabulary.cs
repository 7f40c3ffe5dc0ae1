using System.Collections.Frozen;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.Transfer.Import;

/// <summary>
/// The words by which files name fields and options, in every language of the interface. One for the process; the web fills
/// it from its own texts, so that what it exports it also understands. Safe to read from any thread.
/// </summary>
public sealed class ImportVocabulary
{
    private readonly FrozenDictionary<string, ImportField> _headings;
    private readonly FrozenDictionary<(LeadField, string), string> _labels;
    private readonly FrozenDictionary<string, int> _bands;
    private readonly FrozenSet<string> _pool;

    /// <summary>Takes the interface's words beside those that the domain knows.</summary>
    /// <param name="headings">Headings of the interface and its exports.</param>
    /// <param name="labels">Labels of options, with what is stored for each.</param>
    /// <param name="bands">Names of budget presets, by their place in <see cref="LeadOptions.BudgetBands"/>.</param>
    /// <param name="pool">How a lead of nobody is called.</param>
    public ImportVocabulary(
        IEnumerable<(string Text, ImportField Field)> headings,
        IEnumerable<(LeadField Field, string Label, string Value)> labels,
        IEnumerable<(string Text, int Band)> bands,
        IEnumerable<string> pool
    )
    {
        var known = HeadingWords.All.SelectMany(field => field.Value.Select(text => (Text: text, Field: field.Key)));
        // The interface's own words come first: what it exports must mean what it meant.
        _headings = headings
            .Concat(known)
            .Select(heading => (Word: ImportWord.Of(heading.Text), heading.Field))
            .DistinctBy(heading => heading.Word)
            .ToFrozenDictionary(heading => heading.Word, heading => heading.Field);
        _labels = labels
            .Select(label => (Key: (label.Field, ImportWord.Of(label.Label)), label.Value))
            .DistinctBy(label => label.Key)
            .ToFrozenDictionary(label => label.Key, label => label.Value);
        _bands = bands
            .Select(band => (Word: BandWord(band.Text), band.Band))
            .DistinctBy(band => band.Word)
            .ToFrozenDictionary(band => band.Word, band => band.Band);
        _pool = pool.Select(ImportWord.Of).ToFrozenSet();
    }

    /// <summary>The domain's own words alone.</summary>
    public static ImportVocabulary Plain { get; } = new([], [], [], []);

    /// <summary>What each column is, by its heading; a field is given to its first column only.</summary>
    public IReadOnlyList<ImportField> Map(IReadOnlyList<string> headings)
    {
        var taken = new HashSet<ImportField>();
        return
        [
            .. headings.Select(heading =>
                _headings.GetValueOrDefault(ImportWord.Of(heading)) is not ImportField.None and var field
                && taken.Add(field)
                    ? field
                    : ImportField.None
            ),
        ];
    }

    /// <summary>What is stored for a label of an option; null where none is called so.</summary>
    public string? ValueOf(LeadField field, string label) => _labels.GetValueOrDefault((field, ImportWord.Of(label)));

    /// <summary>The ends of a budget preset; null where none is called so.</summary>
    public (decimal? From, decimal? To)? BandOf(string text) =>
        _bands.TryGetValue(BandWord(text), out var band) ? LeadOptions.BudgetBands[band] : null;

    /// <summary>True for the words that say that a lead is nobody's.</summary>
    public bool IsPool(string text) => _pool.Contains(ImportWord.Of(text));

    // The plus of "1M+" is what tells it from an amount.
    private static string BandWord(string text) =>
        text.Trim().ToLowerInvariant().Replace('–', '-').Replace('\u00A0', ' ');
}
