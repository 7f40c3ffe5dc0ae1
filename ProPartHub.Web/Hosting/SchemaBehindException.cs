namespace ProPartHub.Web.Hosting;

/// <summary>The database lacks part of the schema, and this process may not bring it up to date by itself.</summary>
internal sealed class SchemaBehindException(IReadOnlyList<string> pending)
    : Exception(
        $"ProPart Hub cannot start: the database lacks {pending.Count} migration(s), {pending[0]} first; "
            + "run the portal once with the command 'migrate'."
    );
