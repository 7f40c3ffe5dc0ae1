using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProPartHub.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class AgencySignal : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Whoever writes, and however: pages that show it hear of it once it is committed.
            migrationBuilder.Sql(
                """
                CREATE FUNCTION note_agency_change() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM pg_notify('propart_agency', TG_ARGV[0]);
                    RETURN NULL;
                END
                $$;

                CREATE TRIGGER note_agency_change AFTER INSERT OR UPDATE OR DELETE ON claim_requests
                FOR EACH STATEMENT EXECUTE FUNCTION note_agency_change('Claims');
                CREATE TRIGGER note_agency_change AFTER INSERT OR UPDATE OR DELETE ON service_levels
                FOR EACH STATEMENT EXECUTE FUNCTION note_agency_change('ServiceLevels');
                CREATE TRIGGER note_agency_change AFTER INSERT OR UPDATE OR DELETE ON assignment_rules
                FOR EACH STATEMENT EXECUTE FUNCTION note_agency_change('Assignment');
                CREATE TRIGGER note_agency_change AFTER INSERT OR UPDATE OR DELETE ON absences
                FOR EACH STATEMENT EXECUTE FUNCTION note_agency_change('Availability');
                CREATE TRIGGER note_agency_change AFTER INSERT OR UPDATE OR DELETE ON lead_capacities
                FOR EACH STATEMENT EXECUTE FUNCTION note_agency_change('Availability');
                CREATE TRIGGER note_agency_change AFTER INSERT OR UPDATE OR DELETE ON message_templates
                FOR EACH STATEMENT EXECUTE FUNCTION note_agency_change('Templates');
                CREATE TRIGGER note_agency_change AFTER INSERT OR UPDATE OR DELETE ON agency_settings
                FOR EACH STATEMENT EXECUTE FUNCTION note_agency_change('Settings');
                """
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // The triggers go with their function.
            migrationBuilder.Sql("DROP FUNCTION note_agency_change() CASCADE;");
        }
    }
}
