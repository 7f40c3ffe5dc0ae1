using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProPartHub.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class Notifications : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "calendar_feeds",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    token_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    includes_team = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_calendar_feeds", x => x.user_id);
                    table.ForeignKey(
                        name: "fk_calendar_feeds_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "notification_cursor",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    read_below = table.Column<ulong>(type: "xid8", nullable: false),
                    swept_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notification_cursor", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "notifications",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    occasion = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    lead_id = table.Column<Guid>(type: "uuid", nullable: true),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: true),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: true),
                    actor_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    facts = table.Column<string>(type: "jsonb", nullable: false),
                    is_in_portal = table.Column<bool>(type: "boolean", nullable: false),
                    is_for_browser = table.Column<bool>(type: "boolean", nullable: false),
                    mail_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    digest_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notifications", x => x.id);
                    table.ForeignKey(
                        name: "fk_notifications_asp_net_users_actor_id",
                        column: x => x.actor_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_notifications_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_notifications_leads_lead_id",
                        column: x => x.lead_id,
                        principalTable: "leads",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "person_settings",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    value = table.Column<string>(type: "jsonb", nullable: false),
                    set_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_person_settings", x => new { x.user_id, x.key });
                    table.ForeignKey(
                        name: "fk_person_settings_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_calendar_feeds_token_hash",
                table: "calendar_feeds",
                column: "token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_notifications_actor_id",
                table: "notifications",
                column: "actor_id");

            migrationBuilder.CreateIndex(
                name: "ix_notifications_created_at",
                table: "notifications",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_notifications_digest_at",
                table: "notifications",
                column: "digest_at",
                filter: "digest_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_notifications_lead_id",
                table: "notifications",
                column: "lead_id");

            migrationBuilder.CreateIndex(
                name: "ix_notifications_mail_at",
                table: "notifications",
                column: "mail_at",
                filter: "mail_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_notifications_subject_id_kind",
                table: "notifications",
                columns: new[] { "subject_id", "kind" },
                filter: "subject_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_notifications_user_id_created_at_id",
                table: "notifications",
                columns: new[] { "user_id", "created_at", "id" },
                filter: "is_in_portal");

            migrationBuilder.CreateIndex(
                name: "ix_notifications_user_id_created_at_id1",
                table: "notifications",
                columns: new[] { "user_id", "created_at", "id" },
                filter: "is_in_portal AND read_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_notifications_user_id_kind_created_at_id",
                table: "notifications",
                columns: new[] { "user_id", "kind", "created_at", "id" },
                filter: "is_in_portal");

            migrationBuilder.CreateIndex(
                name: "ix_notifications_user_id_occasion_kind_at",
                table: "notifications",
                columns: new[] { "user_id", "occasion", "kind", "at" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "calendar_feeds");

            migrationBuilder.DropTable(
                name: "notification_cursor");

            migrationBuilder.DropTable(
                name: "notifications");

            migrationBuilder.DropTable(
                name: "person_settings");

        }
    }
}
