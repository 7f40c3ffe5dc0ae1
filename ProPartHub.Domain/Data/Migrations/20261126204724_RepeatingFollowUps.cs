using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProPartHub.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class RepeatingFollowUps : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "next_id",
                table: "follow_ups",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "repeat",
                table: "follow_ups",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "repeat_from",
                table: "follow_ups",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_follow_ups_repeat_due",
                table: "follow_ups",
                column: "id",
                filter: "done_at IS NOT NULL AND deleted_at IS NULL AND repeat <> 0 AND next_id IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_follow_ups_repeat_due",
                table: "follow_ups");

            migrationBuilder.DropColumn(
                name: "next_id",
                table: "follow_ups");

            migrationBuilder.DropColumn(
                name: "repeat",
                table: "follow_ups");

            migrationBuilder.DropColumn(
                name: "repeat_from",
                table: "follow_ups");
        }
    }
}
