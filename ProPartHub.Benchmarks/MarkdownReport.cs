using System.Runtime.InteropServices;
using System.Text;

namespace ProPartHub.Benchmarks;

/// <summary>Collects the figures as Markdown.</summary>
internal sealed class MarkdownReport
{
    private readonly StringBuilder _text = new();

    public void Machine()
    {
        Heading("Measurements");
        Line(
            $"{DateTimeOffset.UtcNow:yyyy-MM-dd HH:mm} UTC, {RuntimeInformation.FrameworkDescription}, "
                + $"{Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}. Client, portal and PostgreSQL "
                + "share the machine; PostgreSQL is a throw-away one without fsync."
        );
    }

    public void Heading(string text) => Line($"## {text}");

    public void Line(string text) => _text.AppendLine(text).AppendLine();

    public void Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        Row(head);
        Row([.. head.Select(_ => "---")]);
        foreach (var row in rows)
        {
            Row(row);
        }

        _text.AppendLine();
    }

    public override string ToString() => _text.ToString();

    private void Row(IReadOnlyList<string> cells) => _text.Append("| ").AppendJoin(" | ", cells).AppendLine(" |");
}
