using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProPartHub.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class PropertyOffering : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "payment_plan",
                table: "developments",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.CreateTable(
                name: "development_photos",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    development_id = table.Column<Guid>(type: "uuid", nullable: false),
                    picture_id = table.Column<Guid>(type: "uuid", nullable: false),
                    thumbnail_id = table.Column<Guid>(type: "uuid", nullable: false),
                    width = table.Column<int>(type: "integer", nullable: false),
                    height = table.Column<int>(type: "integer", nullable: false),
                    place = table.Column<int>(type: "integer", nullable: false),
                    caption = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    removed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_development_photos", x => x.id);
                    table.ForeignKey(
                        name: "fk_development_photos_developments_development_id",
                        column: x => x.development_id,
                        principalTable: "developments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_development_photos_stored_files_picture_id",
                        column: x => x.picture_id,
                        principalTable: "stored_files",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_development_photos_stored_files_thumbnail_id",
                        column: x => x.thumbnail_id,
                        principalTable: "stored_files",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "price_changes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    development_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: true),
                    unit_type = table.Column<int>(type: "integer", nullable: true),
                    size_from = table.Column<decimal>(type: "numeric(8,2)", precision: 8, scale: 2, nullable: true),
                    before = table.Column<decimal>(type: "numeric(15,2)", precision: 15, scale: 2, nullable: true),
                    before_to = table.Column<decimal>(type: "numeric(15,2)", precision: 15, scale: 2, nullable: true),
                    after = table.Column<decimal>(type: "numeric(15,2)", precision: 15, scale: 2, nullable: true),
                    after_to = table.Column<decimal>(type: "numeric(15,2)", precision: 15, scale: 2, nullable: true),
                    was_available = table.Column<bool>(type: "boolean", nullable: true),
                    is_available = table.Column<bool>(type: "boolean", nullable: true),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: true),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_price_changes", x => x.id);
                    table.ForeignKey(
                        name: "fk_price_changes_asp_net_users_actor_id",
                        column: x => x.actor_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_price_changes_developments_development_id",
                        column: x => x.development_id,
                        principalTable: "developments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_developments_city_district_number",
                table: "developments",
                columns: new[] { "city", "district", "number" },
                filter: "archived_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_developments_country_city_district",
                table: "developments",
                columns: new[] { "country", "city", "district" },
                filter: "archived_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_development_units_size_from",
                table: "development_units",
                column: "size_from",
                filter: "is_available");

            migrationBuilder.CreateIndex(
                name: "ix_development_photos_development_id_place_id",
                table: "development_photos",
                columns: new[] { "development_id", "place", "id" },
                filter: "removed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_development_photos_picture_id",
                table: "development_photos",
                column: "picture_id");

            migrationBuilder.CreateIndex(
                name: "ix_development_photos_removed_at",
                table: "development_photos",
                column: "removed_at",
                filter: "removed_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_development_photos_thumbnail_id",
                table: "development_photos",
                column: "thumbnail_id");

            migrationBuilder.CreateIndex(
                name: "ix_price_changes_actor_id",
                table: "price_changes",
                column: "actor_id");

            migrationBuilder.CreateIndex(
                name: "ix_price_changes_development_id_changed_at_id",
                table: "price_changes",
                columns: new[] { "development_id", "changed_at", "id" });

            migrationBuilder.CreateTable(
                name: "shared_links",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    development_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: true),
                    lead_id = table.Column<Guid>(type: "uuid", nullable: true),
                    author_id = table.Column<Guid>(type: "uuid", nullable: false),
                    token_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    with_prices = table.Column<bool>(type: "boolean", nullable: false),
                    with_contacts = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    views = table.Column<int>(type: "integer", nullable: false),
                    first_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_shared_links", x => x.id);
                    table.ForeignKey(
                        name: "fk_shared_links_asp_net_users_author_id",
                        column: x => x.author_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_shared_links_developments_development_id",
                        column: x => x.development_id,
                        principalTable: "developments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_shared_links_leads_lead_id",
                        column: x => x.lead_id,
                        principalTable: "leads",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "shared_link_visits",
                columns: table => new
                {
                    link_id = table.Column<Guid>(type: "uuid", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    visitor_hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_shared_link_visits", x => new { x.link_id, x.day, x.visitor_hash });
                    table.ForeignKey(
                        name: "fk_shared_link_visits_shared_links_link_id",
                        column: x => x.link_id,
                        principalTable: "shared_links",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_shared_link_visits_day",
                table: "shared_link_visits",
                column: "day");

            migrationBuilder.CreateIndex(
                name: "ix_shared_links_author_id",
                table: "shared_links",
                column: "author_id");

            migrationBuilder.CreateIndex(
                name: "ix_shared_links_development_id_created_at",
                table: "shared_links",
                columns: new[] { "development_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_shared_links_lead_id",
                table: "shared_links",
                column: "lead_id");

            migrationBuilder.CreateIndex(
                name: "ix_shared_links_token_hash",
                table: "shared_links",
                column: "token_hash",
                unique: true);

            PropertyOfferSignals.Add(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "shared_link_visits");

            migrationBuilder.DropTable(
                name: "shared_links");

            migrationBuilder.DropTable(
                name: "development_photos");

            migrationBuilder.DropTable(
                name: "price_changes");

            migrationBuilder.DropIndex(
                name: "ix_developments_city_district_number",
                table: "developments");

            migrationBuilder.DropIndex(
                name: "ix_developments_country_city_district",
                table: "developments");

            migrationBuilder.DropIndex(
                name: "ix_development_units_size_from",
                table: "development_units");

            migrationBuilder.DropColumn(
                name: "payment_plan",
                table: "developments");
        }
    }
}
