using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProPartHub.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class MovingIn : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "legacy_files",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    old_id = table.Column<long>(type: "bigint", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    mime_type = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    description = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    size = table.Column<long>(type: "bigint", nullable: true),
                    is_main = table.Column<bool>(type: "boolean", nullable: false),
                    uploaded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    uploaded_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    path = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    stored_file_id = table.Column<Guid>(type: "uuid", nullable: true),
                    problem = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_legacy_files", x => x.id);
                    table.ForeignKey(
                        name: "fk_legacy_files_stored_files_stored_file_id",
                        column: x => x.stored_file_id,
                        principalTable: "stored_files",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_legacy_files_users_uploaded_by_id",
                        column: x => x.uploaded_by_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "legacy_ids",
                columns: table => new
                {
                    kind = table.Column<int>(type: "integer", nullable: false),
                    old_id = table.Column<long>(type: "bigint", nullable: false),
                    new_id = table.Column<Guid>(type: "uuid", nullable: false),
                    hash = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    fields = table.Column<string>(type: "jsonb", nullable: false),
                    brought_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_legacy_ids", x => new { x.kind, x.old_id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_legacy_files_kind_old_id",
                table: "legacy_files",
                columns: new[] { "kind", "old_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_legacy_files_owner_id_kind",
                table: "legacy_files",
                columns: new[] { "owner_id", "kind" });

            migrationBuilder.CreateIndex(
                name: "ix_legacy_files_stored_file_id",
                table: "legacy_files",
                column: "stored_file_id");

            migrationBuilder.CreateIndex(
                name: "ix_legacy_files_uploaded_by_id",
                table: "legacy_files",
                column: "uploaded_by_id");

            migrationBuilder.CreateIndex(
                name: "ix_legacy_ids_new_id_kind",
                table: "legacy_ids",
                columns: new[] { "new_id", "kind" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "legacy_files");

            migrationBuilder.DropTable(
                name: "legacy_ids");
        }
    }
}
