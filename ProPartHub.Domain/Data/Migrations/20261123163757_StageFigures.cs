using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace ProPartHub.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class StageFigures : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "EmailIndex",
                table: "users");

            migrationBuilder.CreateTable(
                name: "stage_figures",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    stage_id = table.Column<Guid>(type: "uuid", nullable: false),
                    agent_id = table.Column<Guid>(type: "uuid", nullable: true),
                    team_id = table.Column<Guid>(type: "uuid", nullable: true),
                    leads = table.Column<int>(type: "integer", nullable: false),
                    budget_sum = table.Column<decimal>(type: "numeric(20,2)", precision: 20, scale: 2, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stage_figures", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "EmailIndex",
                table: "users",
                column: "normalized_email",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_outbox_parked_at_subject_id",
                table: "outbox",
                columns: new[] { "parked_at", "subject_id" },
                filter: "parked_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_leads_archived_number",
                table: "leads",
                column: "number",
                filter: "archived_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_leads_budget_from",
                table: "leads",
                column: "budget_from",
                filter: "currency = 'USD' AND archived_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_leads_budget_to",
                table: "leads",
                column: "budget_to",
                filter: "currency = 'USD' AND archived_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_stage_figures_agent_id",
                table: "stage_figures",
                column: "agent_id");

            migrationBuilder.CreateIndex(
                name: "ix_stage_figures_team_id",
                table: "stage_figures",
                column: "team_id");

            // Statement triggers: one change of ten thousand leads appends one row for each stage and agent, not ten
            // thousand. Appending never waits for another transaction, as adding to a shared row would.
            migrationBuilder.Sql(
                """
                CREATE FUNCTION note_stage_figures() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF TG_OP = 'INSERT' THEN
                        INSERT INTO stage_figures (stage_id, agent_id, team_id, leads, budget_sum)
                        SELECT stage_id, agent_id, team_id, count(*), sum(usd_budget(currency, budget_from, budget_to))
                        FROM new_leads WHERE archived_at IS NULL
                        GROUP BY stage_id, agent_id, team_id;
                    ELSIF TG_OP = 'DELETE' THEN
                        INSERT INTO stage_figures (stage_id, agent_id, team_id, leads, budget_sum)
                        SELECT stage_id, agent_id, team_id, -count(*), -sum(usd_budget(currency, budget_from, budget_to))
                        FROM old_leads WHERE archived_at IS NULL
                        GROUP BY stage_id, agent_id, team_id;
                    ELSE
                        INSERT INTO stage_figures (stage_id, agent_id, team_id, leads, budget_sum)
                        SELECT stage_id, agent_id, team_id, sum(leads), sum(budget)
                        FROM (
                            SELECT stage_id, agent_id, team_id, 1 AS leads,
                                usd_budget(currency, budget_from, budget_to) AS budget
                            FROM new_leads WHERE archived_at IS NULL
                            UNION ALL
                            SELECT stage_id, agent_id, team_id, -1, -usd_budget(currency, budget_from, budget_to)
                            FROM old_leads WHERE archived_at IS NULL
                        ) AS changes
                        GROUP BY stage_id, agent_id, team_id
                        HAVING sum(leads) <> 0 OR sum(budget) <> 0;
                    END IF;
                    RETURN NULL;
                END
                $$;

                CREATE FUNCTION usd_budget(currency text, budget_from numeric, budget_to numeric) RETURNS numeric
                LANGUAGE sql IMMUTABLE PARALLEL SAFE
                RETURN CASE WHEN currency = 'USD' THEN coalesce(budget_to, budget_from, 0) ELSE 0 END;

                CREATE TRIGGER note_stage_figures_insert AFTER INSERT ON leads
                REFERENCING NEW TABLE AS new_leads FOR EACH STATEMENT EXECUTE FUNCTION note_stage_figures();
                CREATE TRIGGER note_stage_figures_update AFTER UPDATE ON leads
                REFERENCING OLD TABLE AS old_leads NEW TABLE AS new_leads
                FOR EACH STATEMENT EXECUTE FUNCTION note_stage_figures();
                CREATE TRIGGER note_stage_figures_delete AFTER DELETE ON leads
                REFERENCING OLD TABLE AS old_leads FOR EACH STATEMENT EXECUTE FUNCTION note_stage_figures();

                INSERT INTO stage_figures (stage_id, agent_id, team_id, leads, budget_sum)
                SELECT stage_id, agent_id, team_id, count(*), sum(usd_budget(currency, budget_from, budget_to))
                FROM leads WHERE archived_at IS NULL
                GROUP BY stage_id, agent_id, team_id;
                """
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                DROP TRIGGER note_stage_figures_insert ON leads;
                DROP TRIGGER note_stage_figures_update ON leads;
                DROP TRIGGER note_stage_figures_delete ON leads;
                DROP FUNCTION note_stage_figures();
                DROP FUNCTION usd_budget(text, numeric, numeric);
                """
            );

            migrationBuilder.DropTable(
                name: "stage_figures");

            migrationBuilder.DropIndex(
                name: "EmailIndex",
                table: "users");

            migrationBuilder.DropIndex(
                name: "ix_outbox_parked_at_subject_id",
                table: "outbox");

            migrationBuilder.DropIndex(
                name: "ix_leads_archived_number",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_leads_budget_from",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_leads_budget_to",
                table: "leads");

            migrationBuilder.CreateIndex(
                name: "EmailIndex",
                table: "users",
                column: "normalized_email");
        }
    }
}
