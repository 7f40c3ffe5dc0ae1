using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProPartHub.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class AccountCheck : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "check_asked_at",
                table: "hubspot_account",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "check_findings",
                table: "hubspot_account",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "checked_at",
                table: "hubspot_account",
                type: "timestamp with time zone",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "check_asked_at",
                table: "hubspot_account");

            migrationBuilder.DropColumn(
                name: "check_findings",
                table: "hubspot_account");

            migrationBuilder.DropColumn(
                name: "checked_at",
                table: "hubspot_account");
        }
    }
}
