using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProPartHub.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class FirstExchangePreview : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "lead_preview",
                columns: table => new
                {
                    lead_id = table.Column<Guid>(type: "uuid", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    switched_off = table.Column<int>(type: "integer", nullable: false),
                    outcome = table.Column<int>(type: "integer", nullable: false),
                    reason = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    contact_id = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    contact_name = table.Column<string>(type: "text", nullable: true),
                    found_by = table.Column<int>(type: "integer", nullable: true),
                    other_contacts = table.Column<int>(type: "integer", nullable: false),
                    maker_id = table.Column<Guid>(type: "uuid", nullable: true),
                    fields = table.Column<string>(type: "jsonb", nullable: false),
                    filled_there = table.Column<int>(type: "integer", nullable: false),
                    filled_here = table.Column<int>(type: "integer", nullable: false),
                    overwritten = table.Column<int>(type: "integer", nullable: false),
                    worked_out_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lead_preview", x => x.lead_id);
                    table.ForeignKey(
                        name: "fk_lead_preview_leads_lead_id",
                        column: x => x.lead_id,
                        principalTable: "leads",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_lead_preview_contact_id",
                table: "lead_preview",
                column: "contact_id");

            migrationBuilder.CreateIndex(
                name: "ix_lead_preview_maker_id",
                table: "lead_preview",
                column: "maker_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "lead_preview");
        }
    }
}
