using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProPartHub.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class ConsentWithdrawal : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "consent_by",
                table: "leads",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "consent_withdrawn_at",
                table: "leads",
                type: "timestamp with time zone",
                nullable: true);

            // Until now a consent was recorded with a new lead and never again: by whoever registered it.
            migrationBuilder.Sql(
                """
                UPDATE leads SET consent_by = (
                    SELECT NULLIF(actor_name, '') FROM lead_events
                    WHERE lead_id = leads.id AND kind = 1 ORDER BY id LIMIT 1
                )
                WHERE consent_at IS NOT NULL;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "consent_by",
                table: "leads");

            migrationBuilder.DropColumn(
                name: "consent_withdrawn_at",
                table: "leads");
        }
    }
}
