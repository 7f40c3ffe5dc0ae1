namespace ProPartHub.Benchmarks.Drills;

/// <summary>What a drill expected and what it saw.</summary>
internal sealed class DrillVerdict
{
    private readonly List<IReadOnlyList<string>> _rows = [];

    /// <summary>True while everything was as expected.</summary>
    public bool IsPassed { get; private set; } = true;

    /// <summary>Something that has to be so.</summary>
    public void Expect(string what, string seen, bool isSo)
    {
        IsPassed &= isSo;
        _rows.Add([what, seen, isSo ? "as expected" : "**not as expected**"]);
    }

    /// <summary>A figure of which nothing is expected.</summary>
    public void Note(string what, string seen) => _rows.Add([what, seen, ""]);

    public void WriteTo(MarkdownReport report) => report.Table(["What", "Seen", ""], _rows);
}
