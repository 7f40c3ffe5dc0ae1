namespace ProPartHub.Domain.Transfer.Import;

/// <summary>
/// SQL of the migration that EF Core does not write by itself: call <c>migrationBuilder.Sql(ImportTriggers.Create)</c> after
/// the tables are made. Dropping the tables drops it.
/// </summary>
internal static class ImportTriggers
{
    /// <summary>Whoever writes, open pages hear of imports once it is committed.</summary>
    public const string Create = """
        CREATE TRIGGER note_agency_change AFTER INSERT OR UPDATE OR DELETE ON lead_imports
        FOR EACH STATEMENT EXECUTE FUNCTION note_agency_change('Imports');
        """;
}
