using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProPartHub.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class AdminLock : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "locked_by_admin",
                table: "users",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            // Until now a lock was an admin's by its length alone, which its last half hour has lost; the audit remembers.
            migrationBuilder.Sql(
                """
                UPDATE users SET locked_by_admin = true
                WHERE lockout_end > now() AND (
                    lockout_end > now() + interval '30 minutes'
                    OR (SELECT kind FROM security_events WHERE user_id = users.id AND kind IN (3, 12)
                        ORDER BY occurred_at DESC, id DESC LIMIT 1) = 12)
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "locked_by_admin",
                table: "users");
        }
    }
}
