using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProPartHub.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class PointTopic : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Points are told of like everything else of the agency's, no longer by whoever writes them.
            migrationBuilder.Sql(
                """
                CREATE TRIGGER note_agency_change AFTER INSERT OR UPDATE OR DELETE ON point_entries
                FOR EACH STATEMENT EXECUTE FUNCTION note_agency_change('Points');
                CREATE TRIGGER note_agency_change AFTER INSERT OR UPDATE OR DELETE ON point_rules
                FOR EACH STATEMENT EXECUTE FUNCTION note_agency_change('Points');
                """
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                DROP TRIGGER note_agency_change ON point_rules;
                DROP TRIGGER note_agency_change ON point_entries;
                """
            );
        }
    }
}
