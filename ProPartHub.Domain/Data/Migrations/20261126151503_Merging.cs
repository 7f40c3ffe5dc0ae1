using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProPartHub.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class Merging : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "merged_into_id",
                table: "leads",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "telegram_key",
                table: "leads",
                type: "text",
                nullable: true,
                computedColumnSql: "lower(telegram)",
                stored: true);

            migrationBuilder.CreateTable(
                name: "distinct_clients",
                columns: table => new
                {
                    first_id = table.Column<Guid>(type: "uuid", nullable: false),
                    second_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_distinct_clients", x => new { x.first_id, x.second_id });
                    table.ForeignKey(
                        name: "fk_distinct_clients_leads_first_id",
                        column: x => x.first_id,
                        principalTable: "leads",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_distinct_clients_leads_second_id",
                        column: x => x.second_id,
                        principalTable: "leads",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "lead_mergings",
                columns: table => new
                {
                    loser_id = table.Column<Guid>(type: "uuid", nullable: false),
                    survivor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    last_event_id = table.Column<long>(type: "bigint", nullable: false),
                    content = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lead_mergings", x => x.loser_id);
                    table.ForeignKey(
                        name: "fk_lead_mergings_leads_loser_id",
                        column: x => x.loser_id,
                        principalTable: "leads",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_lead_mergings_leads_survivor_id",
                        column: x => x.survivor_id,
                        principalTable: "leads",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_leads_merged_into_id",
                table: "leads",
                column: "merged_into_id",
                filter: "merged_into_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_leads_telegram_key",
                table: "leads",
                column: "telegram_key",
                filter: "telegram_key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_distinct_clients_second_id",
                table: "distinct_clients",
                column: "second_id");

            migrationBuilder.CreateIndex(
                name: "ix_lead_mergings_survivor_id",
                table: "lead_mergings",
                column: "survivor_id");

            migrationBuilder.AddForeignKey(
                name: "fk_leads_leads_merged_into_id",
                table: "leads",
                column: "merged_into_id",
                principalTable: "leads",
                principalColumn: "id",
                onDelete: ReferentialAction.SetNull);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_leads_leads_merged_into_id",
                table: "leads");

            migrationBuilder.DropTable(
                name: "distinct_clients");

            migrationBuilder.DropTable(
                name: "lead_mergings");

            migrationBuilder.DropIndex(
                name: "ix_leads_merged_into_id",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_leads_telegram_key",
                table: "leads");

            migrationBuilder.DropColumn(
                name: "telegram_key",
                table: "leads");

            migrationBuilder.DropColumn(
                name: "merged_into_id",
                table: "leads");
        }
    }
}
