using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ProPartHub.Tests.Reference;

/// <summary>Summaries of types and members, as Markdown, from the documentation files that lie beside the assemblies.</summary>
internal sealed partial class CodeComments
{
    private readonly Dictionary<string, XElement> _summaries;

    /// <param name="assemblies">Assemblies built with a documentation file.</param>
    public CodeComments(IEnumerable<Assembly> assemblies) =>
        _summaries = assemblies
            .Select(assembly => Path.ChangeExtension(assembly.Location, ".xml"))
            .SelectMany(file => XDocument.Load(file, LoadOptions.PreserveWhitespace).Descendants("member"))
            .Where(member => member.Element("summary") is not null)
            // What generators write has the same names in every assembly.
            .DistinctBy(member => (string)member.Attribute("name")!)
            .ToDictionary(member => (string)member.Attribute("name")!, member => member.Element("summary")!);

    /// <summary>The summary of a type; null without one.</summary>
    public string? Of(Type type) => Find($"T:{NameOf(type)}");

    /// <summary>The summary of a property, or of a field such as an enum's value; null without one.</summary>
    public string? Of(MemberInfo member) =>
        Find($"{(member is PropertyInfo ? 'P' : 'F')}:{NameOf(member.DeclaringType!)}.{member.Name}");

    private string? Find(string key) =>
        _summaries.TryGetValue(key, out var summary) && Markdown(summary) is { Length: > 0 } text ? text : null;

    private static string NameOf(Type type) => type.FullName!.Replace('+', '.');

    private static string Markdown(XElement element)
    {
        var text = new StringBuilder();
        foreach (var node in element.Nodes())
        {
            text.Append(
                node switch
                {
                    XText words => words.Value,
                    XElement { Name.LocalName: "see" } link => $"`{Target(link)}`",
                    XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
                    XElement other => Markdown(other),
                    _ => "",
                }
            );
        }

        // One line, and safe inside a table.
        return Spaces().Replace(text.ToString(), " ").Trim().Replace("|", @"\|", StringComparison.Ordinal);
    }

    private static string Target(XElement link) =>
        (string?)link.Attribute("langword") ?? ((string)link.Attribute("cref")!).Split('(')[0].Split('.')[^1];

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
