using System;
using Microsoft.EntityFrameworkCore.Migrations;
using ProPartHub.Domain.HubSpot.Contacts;

#nullable disable

namespace ProPartHub.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class ContactMirror : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "hubspot_contact_reads",
                columns: table => new
                {
                    contact_id = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_hubspot_contact_reads", x => x.contact_id);
                });

            migrationBuilder.CreateTable(
                name: "hubspot_contacts",
                columns: table => new
                {
                    id = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    name = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "uk-x-icu"),
                    email = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    company = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    owner_id = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    lifecycle = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    lead_status = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    archived_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    has_phone = table.Column<bool>(type: "boolean", nullable: false),
                    search_text = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_hubspot_contacts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "hubspot_contact_phones",
                columns: table => new
                {
                    contact_id = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    property = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    text = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    e164 = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_hubspot_contact_phones", x => new { x.contact_id, x.property });
                    table.ForeignKey(
                        name: "fk_hubspot_contact_phones_hubspot_contacts_contact_id",
                        column: x => x.contact_id,
                        principalTable: "hubspot_contacts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_hubspot_contact_phones_e164",
                table: "hubspot_contact_phones",
                column: "e164",
                filter: "e164 IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_hubspot_contacts_archived",
                table: "hubspot_contacts",
                column: "number",
                filter: "archived_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_hubspot_contacts_created_at_number",
                table: "hubspot_contacts",
                columns: new[] { "created_at", "number" },
                filter: "archived_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_hubspot_contacts_email",
                table: "hubspot_contacts",
                column: "email",
                filter: "email IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_hubspot_contacts_name_number",
                table: "hubspot_contacts",
                columns: new[] { "name", "number" },
                filter: "archived_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_hubspot_contacts_number",
                table: "hubspot_contacts",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_hubspot_contacts_owner_id_number",
                table: "hubspot_contacts",
                columns: new[] { "owner_id", "number" },
                filter: "archived_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_hubspot_contacts_read_at",
                table: "hubspot_contacts",
                column: "read_at");

            migrationBuilder.CreateIndex(
                name: "ix_hubspot_contacts_search_text",
                table: "hubspot_contacts",
                column: "search_text")
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:IndexOperators", new[] { "gin_trgm_ops" });

            migrationBuilder.CreateIndex(
                name: "ix_hubspot_contacts_updated_at_number",
                table: "hubspot_contacts",
                columns: new[] { "updated_at", "number" },
                filter: "archived_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_hubspot_contacts_without_mail",
                table: "hubspot_contacts",
                column: "number",
                filter: "archived_at IS NULL AND email IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_hubspot_contacts_without_phone",
                table: "hubspot_contacts",
                column: "number",
                filter: "archived_at IS NULL AND NOT has_phone");

            migrationBuilder.Sql(ContactTriggers.Create);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(ContactTriggers.Drop);

            migrationBuilder.DropTable(
                name: "hubspot_contact_phones");

            migrationBuilder.DropTable(
                name: "hubspot_contact_reads");

            migrationBuilder.DropTable(
                name: "hubspot_contacts");
        }
    }
}
