using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProPartHub.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class Points : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "point_entries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    points = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    lead_id = table.Column<Guid>(type: "uuid", nullable: true),
                    sequence = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    by_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    reason = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_point_entries", x => x.id);
                    table.CheckConstraint("ck_point_entries_lead_or_reason", "(kind = 4) = (lead_id IS NULL) AND (kind = 4) = (reason IS NOT NULL)");
                    table.ForeignKey(
                        name: "fk_point_entries_leads_lead_id",
                        column: x => x.lead_id,
                        principalTable: "leads",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_point_entries_users_by_id",
                        column: x => x.by_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_point_entries_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "point_rules",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    is_on = table.Column<bool>(type: "boolean", nullable: false),
                    lead_created = table.Column<int>(type: "integer", nullable: false),
                    deal_won = table.Column<int>(type: "integer", nullable: false),
                    goal = table.Column<int>(type: "integer", nullable: false),
                    levels = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_point_rules", x => x.id);
                    table.CheckConstraint("ck_point_rules_one_row", "id = 1");
                });

            migrationBuilder.CreateTable(
                name: "seen_marks",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    visit_snapshot = table.Column<string>(type: "text", nullable: true),
                    visit_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    seen_snapshot = table.Column<string>(type: "text", nullable: true),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_seen_marks", x => x.user_id);
                    table.ForeignKey(
                        name: "fk_seen_marks_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_leads_created_at",
                table: "leads",
                column: "created_at",
                filter: "archived_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_leads_transferred",
                table: "leads",
                columns: new[] { "agent_id", "team_id" },
                filter: "transferred_at IS NOT NULL AND archived_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_lead_events_agent_id_transaction_id",
                table: "lead_events",
                columns: new[] { "agent_id", "transaction_id" });

            migrationBuilder.CreateIndex(
                name: "ix_lead_events_team_id_transaction_id",
                table: "lead_events",
                columns: new[] { "team_id", "transaction_id" });

            migrationBuilder.CreateIndex(
                name: "ix_follow_ups_due_at_id",
                table: "follow_ups",
                columns: new[] { "due_at", "id" },
                filter: "done_at IS NULL AND deleted_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_point_entries_at",
                table: "point_entries",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_point_entries_by_id",
                table: "point_entries",
                column: "by_id");

            migrationBuilder.CreateIndex(
                name: "ix_point_entries_lead_id",
                table: "point_entries",
                column: "lead_id");

            migrationBuilder.CreateIndex(
                name: "ix_point_entries_lead_id_kind_sequence",
                table: "point_entries",
                columns: new[] { "lead_id", "kind", "sequence" },
                unique: true,
                filter: "lead_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_point_entries_user_id_at_id",
                table: "point_entries",
                columns: new[] { "user_id", "at", "id" });

            migrationBuilder.Sql(ProPartHub.Domain.Points.PointBackfill.Sql);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "point_entries");

            migrationBuilder.DropTable(
                name: "point_rules");

            migrationBuilder.DropTable(
                name: "seen_marks");

            migrationBuilder.DropIndex(
                name: "ix_leads_created_at",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_leads_transferred",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_lead_events_agent_id_transaction_id",
                table: "lead_events");

            migrationBuilder.DropIndex(
                name: "ix_lead_events_team_id_transaction_id",
                table: "lead_events");

            migrationBuilder.DropIndex(
                name: "ix_follow_ups_due_at_id",
                table: "follow_ups");
        }
    }
}
