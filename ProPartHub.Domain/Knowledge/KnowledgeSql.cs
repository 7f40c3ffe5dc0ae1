namespace ProPartHub.Domain.Knowledge;

/// <summary>What the migration of the knowledge base does in SQL of its own: a migration that is made anew runs it again.</summary>
internal static class KnowledgeSql
{
    /// <summary>Has open pages told of changes (<see cref="Agency.AgencyTopic"/>).</summary>
    public const string Triggers = """
        CREATE TRIGGER note_agency_change AFTER INSERT OR UPDATE OR DELETE ON knowledge_sections
        FOR EACH STATEMENT EXECUTE FUNCTION note_agency_change('Knowledge');
        CREATE TRIGGER note_agency_change AFTER INSERT OR UPDATE OR DELETE ON articles
        FOR EACH STATEMENT EXECUTE FUNCTION note_agency_change('Knowledge');
        CREATE TRIGGER note_agency_change AFTER INSERT OR UPDATE OR DELETE ON article_readings
        FOR EACH STATEMENT EXECUTE FUNCTION note_agency_change('Readings');
        """;
}
