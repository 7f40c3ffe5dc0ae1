namespace ProPartHub.Tests.Reference;

/// <summary>One setting as <c>docs/configuration.md</c> lists it.</summary>
/// <param name="Name">As the configuration calls it, such as <c>Hub:PublicUrl</c>.</param>
/// <param name="Value">What may stand there, as Markdown.</param>
/// <param name="Default">What counts when it is left out, as Markdown.</param>
/// <param name="Meaning">What it does, as Markdown.</param>
internal sealed record Setting(string Name, string Value, string Default, string Meaning)
{
    /// <summary>Whether several values stand there, numbered from 0.</summary>
    public bool IsList { get; init; }

    /// <summary>The environment variable that sets it.</summary>
    public string Variable => Name.Replace(":", "__", StringComparison.Ordinal) + (IsList ? "__0" : "");
}

/// <summary>A part of the page: settings under one heading.</summary>
/// <param name="Title">Heading.</param>
/// <param name="About">What they have in common, as Markdown.</param>
/// <param name="Settings">The settings, in their order.</param>
internal sealed record SettingGroup(string Title, string About, IReadOnlyList<Setting> Settings);
