using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace ProPartHub.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class PropertyCatalogue : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "developments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:IdentitySequenceOptions", "'1001', '1', '', '', 'False', '1'")
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "uk-x-icu"),
                    country = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "uk-x-icu"),
                    city = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    district = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    kind = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true, collation: "uk-x-icu"),
                    goals = table.Column<List<string>>(type: "text[]", nullable: false),
                    description = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    payment_terms = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    price_from = table.Column<decimal>(type: "numeric(15,2)", precision: 15, scale: 2, nullable: false),
                    price_to = table.Column<decimal>(type: "numeric(15,2)", precision: 15, scale: 2, nullable: true),
                    author_id = table.Column<Guid>(type: "uuid", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    archived_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    search_text = table.Column<string>(type: "text", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_developments", x => x.id);
                    table.ForeignKey(
                        name: "fk_developments_users_author_id",
                        column: x => x.author_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "development_units",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    development_id = table.Column<Guid>(type: "uuid", nullable: false),
                    type = table.Column<int>(type: "integer", nullable: false),
                    size_from = table.Column<decimal>(type: "numeric(8,2)", precision: 8, scale: 2, nullable: false),
                    size_to = table.Column<decimal>(type: "numeric(8,2)", precision: 8, scale: 2, nullable: true),
                    price = table.Column<decimal>(type: "numeric(15,2)", precision: 15, scale: 2, nullable: false),
                    is_available = table.Column<bool>(type: "boolean", nullable: false),
                    place = table.Column<int>(type: "integer", nullable: false),
                    largest = table.Column<decimal>(type: "numeric", nullable: false, computedColumnSql: "coalesce(size_to, size_from)", stored: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_development_units", x => x.id);
                    table.ForeignKey(
                        name: "fk_development_units_developments_development_id",
                        column: x => x.development_id,
                        principalTable: "developments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_development_units_development_id_place",
                table: "development_units",
                columns: new[] { "development_id", "place" });

            migrationBuilder.CreateIndex(
                name: "ix_development_units_largest",
                table: "development_units",
                column: "largest",
                filter: "is_available");

            migrationBuilder.CreateIndex(
                name: "ix_development_units_type_largest",
                table: "development_units",
                columns: new[] { "type", "largest" },
                filter: "is_available");

            migrationBuilder.CreateIndex(
                name: "ix_developments_archived_number",
                table: "developments",
                column: "number",
                filter: "archived_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_developments_author_id",
                table: "developments",
                column: "author_id");

            migrationBuilder.CreateIndex(
                name: "ix_developments_country_number",
                table: "developments",
                columns: new[] { "country", "number" },
                filter: "archived_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_developments_kind_number",
                table: "developments",
                columns: new[] { "kind", "number" },
                filter: "archived_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_developments_name_number",
                table: "developments",
                columns: new[] { "name", "number" },
                filter: "archived_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_developments_number",
                table: "developments",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_developments_offered_number",
                table: "developments",
                column: "number",
                filter: "archived_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_developments_price_from_number",
                table: "developments",
                columns: new[] { "price_from", "number" },
                filter: "archived_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_developments_price_to",
                table: "developments",
                column: "price_to",
                filter: "archived_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_developments_search_text",
                table: "developments",
                column: "search_text")
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:IndexOperators", new[] { "gin_trgm_ops" });

            migrationBuilder.Sql(
                """
                CREATE TRIGGER note_agency_change AFTER INSERT OR UPDATE OR DELETE ON developments
                FOR EACH STATEMENT EXECUTE FUNCTION note_agency_change('Catalogue');
                CREATE TRIGGER note_agency_change AFTER INSERT OR UPDATE OR DELETE ON development_units
                FOR EACH STATEMENT EXECUTE FUNCTION note_agency_change('Catalogue');
                """
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "development_units");

            migrationBuilder.DropTable(
                name: "developments");
        }
    }
}
