using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProPartHub.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class ClientPrivacy : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "consent_at",
                table: "leads",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "consent_note",
                table: "leads",
                type: "character varying(300)",
                maxLength: 300,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "erased_at",
                table: "leads",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "erased_records",
                columns: table => new
                {
                    object_type = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    hub_spot_id = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    lead_id = table.Column<Guid>(type: "uuid", nullable: false),
                    erased_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_erased_records", x => new { x.object_type, x.hub_spot_id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_leads_archived_at",
                table: "leads",
                column: "archived_at",
                filter: "archived_at IS NOT NULL AND erased_at IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "erased_records");

            migrationBuilder.DropIndex(
                name: "ix_leads_archived_at",
                table: "leads");

            migrationBuilder.DropColumn(
                name: "consent_at",
                table: "leads");

            migrationBuilder.DropColumn(
                name: "consent_note",
                table: "leads");

            migrationBuilder.DropColumn(
                name: "erased_at",
                table: "leads");
        }
    }
}
