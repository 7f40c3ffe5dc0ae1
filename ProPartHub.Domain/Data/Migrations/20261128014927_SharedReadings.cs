using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProPartHub.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class SharedReadings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "shared_readings",
                columns: table => new
                {
                    topic = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    generation = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_shared_readings", x => x.topic);
                });

            // A topic's name changes in the transaction of the change and is told at its commit, before pages are told to read
            // again. Log-ins and the like change rows of people all day and leave the name as it is.
            migrationBuilder.Sql(
                """
                INSERT INTO shared_readings (topic, generation)
                SELECT topic, gen_random_uuid() FROM unnest(ARRAY['Stages', 'Tags', 'People', 'Settings']) AS topic;

                CREATE FUNCTION note_shared_change() RETURNS trigger LANGUAGE plpgsql AS $$
                DECLARE
                    fresh uuid := gen_random_uuid();
                BEGIN
                    UPDATE shared_readings SET generation = fresh WHERE topic = TG_ARGV[0];
                    PERFORM pg_notify('propart_shared', TG_ARGV[0] || ' ' || fresh);
                    PERFORM pg_notify('propart_agency', TG_ARGV[0]);
                    RETURN NULL;
                END
                $$;

                CREATE TRIGGER note_shared_change AFTER INSERT OR UPDATE OR DELETE ON pipelines
                FOR EACH STATEMENT EXECUTE FUNCTION note_shared_change('Stages');
                CREATE TRIGGER note_shared_change AFTER INSERT OR UPDATE OR DELETE ON stages
                FOR EACH STATEMENT EXECUTE FUNCTION note_shared_change('Stages');
                CREATE TRIGGER note_shared_change AFTER INSERT OR UPDATE OR DELETE ON tags
                FOR EACH STATEMENT EXECUTE FUNCTION note_shared_change('Tags');
                CREATE TRIGGER note_shared_change AFTER INSERT OR UPDATE OR DELETE ON teams
                FOR EACH STATEMENT EXECUTE FUNCTION note_shared_change('People');
                CREATE TRIGGER note_shared_change
                AFTER INSERT OR DELETE OR UPDATE OF display_name, role, team_id, is_active ON users
                FOR EACH STATEMENT EXECUTE FUNCTION note_shared_change('People');

                DROP TRIGGER note_agency_change ON agency_settings;
                CREATE TRIGGER note_shared_change AFTER INSERT OR UPDATE OR DELETE ON agency_settings
                FOR EACH STATEMENT EXECUTE FUNCTION note_shared_change('Settings');
                """
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                DROP FUNCTION note_shared_change() CASCADE;
                CREATE TRIGGER note_agency_change AFTER INSERT OR UPDATE OR DELETE ON agency_settings
                FOR EACH STATEMENT EXECUTE FUNCTION note_agency_change('Settings');
                """
            );

            migrationBuilder.DropTable(
                name: "shared_readings");
        }
    }
}
