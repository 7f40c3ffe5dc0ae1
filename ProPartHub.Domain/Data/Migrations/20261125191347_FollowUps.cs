using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProPartHub.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class FollowUps : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "follow_ups",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    lead_id = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    details = table.Column<string>(type: "text", nullable: true),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    done_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    author_id = table.Column<Guid>(type: "uuid", nullable: true),
                    author_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    owner_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    origin = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_follow_ups", x => x.id);
                    table.ForeignKey(
                        name: "fk_follow_ups_asp_net_users_author_id",
                        column: x => x.author_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_follow_ups_leads_lead_id",
                        column: x => x.lead_id,
                        principalTable: "leads",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "follow_up_sync",
                columns: table => new
                {
                    follow_up_id = table.Column<Guid>(type: "uuid", nullable: false),
                    task_id = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    agreed = table.Column<string>(type: "jsonb", nullable: false),
                    agent_id = table.Column<Guid>(type: "uuid", nullable: true),
                    stamp = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    archiving_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    synced_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_follow_up_sync", x => x.follow_up_id);
                    table.ForeignKey(
                        name: "fk_follow_up_sync_follow_ups_follow_up_id",
                        column: x => x.follow_up_id,
                        principalTable: "follow_ups",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_follow_up_sync_lost",
                table: "follow_up_sync",
                column: "follow_up_id",
                filter: "task_id IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_follow_up_sync_task_id",
                table: "follow_up_sync",
                column: "task_id");

            migrationBuilder.CreateIndex(
                name: "ix_follow_ups_author_id",
                table: "follow_ups",
                column: "author_id");

            migrationBuilder.CreateIndex(
                name: "ix_follow_ups_lead_id",
                table: "follow_ups",
                column: "lead_id");

            migrationBuilder.CreateIndex(
                name: "ix_follow_ups_lead_id_done_at_id",
                table: "follow_ups",
                columns: new[] { "lead_id", "done_at", "id" },
                filter: "done_at IS NOT NULL AND deleted_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_follow_ups_lead_id_due_at_id",
                table: "follow_ups",
                columns: new[] { "lead_id", "due_at", "id" },
                filter: "done_at IS NULL AND deleted_at IS NULL");

            // Tasks stood in timelines as activities, read only; they are imported once more, as follow-ups.
            migrationBuilder.Sql(
                """
                DELETE FROM activities WHERE kind = 4;
                DELETE FROM sync_cursors WHERE object_type IN ('tasks', 'compared/tasks');
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "follow_up_sync");

            migrationBuilder.DropTable(
                name: "follow_ups");
        }
    }
}
