namespace ProPartHub.Web.Hosting;

/// <summary>A newer version has changed the schema, and what this one would write into it nobody has tried.</summary>
internal sealed class SchemaAheadException(IReadOnlyList<string> unknown)
    : Exception(
        $"ProPart Hub cannot start: the database knows {unknown.Count} migration(s) that this version does not, {unknown[0]} first; "
            + "start the newer version, or restore a backup made before it."
    );
