using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProPartHub.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class AuditTrail : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_security_events_kind_id",
                table: "security_events");

            migrationBuilder.DropIndex(
                name: "ix_security_events_user_id_id",
                table: "security_events");

            migrationBuilder.DropIndex(
                name: "ix_lead_events_actor_id_id",
                table: "lead_events");

            migrationBuilder.DropIndex(
                name: "ix_lead_events_transaction_id",
                table: "lead_events");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "erased_at",
                table: "security_events",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "lead_id",
                table: "security_events",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<ulong>(
                name: "transaction_id",
                table: "security_events",
                type: "xid8",
                nullable: false,
                defaultValueSql: "pg_current_xact_id()");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "erased_at",
                table: "lead_events",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "audit_seal_state",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    sealed_below = table.Column<ulong>(type: "xid8", nullable: false),
                    position = table.Column<long>(type: "bigint", nullable: false),
                    head = table.Column<byte[]>(type: "bytea", nullable: false),
                    sealed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    verified_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    verified_position = table.Column<long>(type: "bigint", nullable: false),
                    fault = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    kept_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_seal_state", x => x.id);
                    table.CheckConstraint("ck_audit_seal_state_one", "id = 1");
                });

            migrationBuilder.CreateTable(
                name: "audit_seals",
                columns: table => new
                {
                    position = table.Column<long>(type: "bigint", nullable: false),
                    source = table.Column<int>(type: "integer", nullable: false),
                    event_id = table.Column<long>(type: "bigint", nullable: false),
                    skeleton = table.Column<byte[]>(type: "bytea", nullable: false),
                    who = table.Column<byte[]>(type: "bytea", nullable: false),
                    who_salt = table.Column<byte[]>(type: "bytea", nullable: true),
                    what = table.Column<byte[]>(type: "bytea", nullable: false),
                    what_salt = table.Column<byte[]>(type: "bytea", nullable: true),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    sealed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    erasure_id = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_seals", x => x.position);
                });

            migrationBuilder.CreateIndex(
                name: "ix_security_events_actor_id_occurred_at_id",
                table: "security_events",
                columns: new[] { "actor_id", "occurred_at", "id" },
                filter: "actor_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_security_events_address_occurred_at_id",
                table: "security_events",
                columns: new[] { "address", "occurred_at", "id" },
                filter: "address IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_security_events_kind_occurred_at_id",
                table: "security_events",
                columns: new[] { "kind", "occurred_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_security_events_lead_id_occurred_at_id",
                table: "security_events",
                columns: new[] { "lead_id", "occurred_at", "id" },
                filter: "lead_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_security_events_transaction_id_id",
                table: "security_events",
                columns: new[] { "transaction_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_security_events_user_id_occurred_at_id",
                table: "security_events",
                columns: new[] { "user_id", "occurred_at", "id" },
                filter: "user_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_lead_events_actor_id_occurred_at_id",
                table: "lead_events",
                columns: new[] { "actor_id", "occurred_at", "id" },
                filter: "actor_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_lead_events_address_occurred_at_id",
                table: "lead_events",
                columns: new[] { "address", "occurred_at", "id" },
                filter: "address IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_lead_events_lead_id_occurred_at_id",
                table: "lead_events",
                columns: new[] { "lead_id", "occurred_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_lead_events_occurred_at_id",
                table: "lead_events",
                columns: new[] { "occurred_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_lead_events_transaction_id_id",
                table: "lead_events",
                columns: new[] { "transaction_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_seals_source_event_id",
                table: "audit_seals",
                columns: new[] { "source", "event_id" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit_seal_state");

            migrationBuilder.DropTable(
                name: "audit_seals");

            migrationBuilder.DropIndex(
                name: "ix_security_events_actor_id_occurred_at_id",
                table: "security_events");

            migrationBuilder.DropIndex(
                name: "ix_security_events_address_occurred_at_id",
                table: "security_events");

            migrationBuilder.DropIndex(
                name: "ix_security_events_kind_occurred_at_id",
                table: "security_events");

            migrationBuilder.DropIndex(
                name: "ix_security_events_lead_id_occurred_at_id",
                table: "security_events");

            migrationBuilder.DropIndex(
                name: "ix_security_events_transaction_id_id",
                table: "security_events");

            migrationBuilder.DropIndex(
                name: "ix_security_events_user_id_occurred_at_id",
                table: "security_events");

            migrationBuilder.DropIndex(
                name: "ix_lead_events_actor_id_occurred_at_id",
                table: "lead_events");

            migrationBuilder.DropIndex(
                name: "ix_lead_events_address_occurred_at_id",
                table: "lead_events");

            migrationBuilder.DropIndex(
                name: "ix_lead_events_lead_id_occurred_at_id",
                table: "lead_events");

            migrationBuilder.DropIndex(
                name: "ix_lead_events_occurred_at_id",
                table: "lead_events");

            migrationBuilder.DropIndex(
                name: "ix_lead_events_transaction_id_id",
                table: "lead_events");

            migrationBuilder.DropColumn(
                name: "erased_at",
                table: "security_events");

            migrationBuilder.DropColumn(
                name: "lead_id",
                table: "security_events");

            migrationBuilder.DropColumn(
                name: "transaction_id",
                table: "security_events");

            migrationBuilder.DropColumn(
                name: "erased_at",
                table: "lead_events");

            migrationBuilder.CreateIndex(
                name: "ix_security_events_kind_id",
                table: "security_events",
                columns: new[] { "kind", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_security_events_user_id_id",
                table: "security_events",
                columns: new[] { "user_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_lead_events_actor_id_id",
                table: "lead_events",
                columns: new[] { "actor_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_lead_events_transaction_id",
                table: "lead_events",
                column: "transaction_id");
        }
    }
}
