using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProPartHub.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class LeadImports : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "lead_imports",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    address = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    undone_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    file_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    file_size = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    coding = table.Column<int>(type: "integer", nullable: true),
                    separator = table.Column<string>(type: "character varying(1)", maxLength: 1, nullable: true),
                    headings = table.Column<string>(type: "jsonb", nullable: false),
                    headings_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    mapping = table.Column<string>(type: "jsonb", nullable: false),
                    phone_country = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    policy = table.Column<int>(type: "integer", nullable: false),
                    agent_id = table.Column<Guid>(type: "uuid", nullable: true),
                    total = table.Column<int>(type: "integer", nullable: false),
                    processed = table.Column<int>(type: "integer", nullable: false),
                    created = table.Column<int>(type: "integer", nullable: false),
                    updated = table.Column<int>(type: "integer", nullable: false),
                    skipped = table.Column<int>(type: "integer", nullable: false),
                    refused = table.Column<int>(type: "integer", nullable: false),
                    taken_back = table.Column<int>(type: "integer", nullable: false),
                    left_alone = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    touched_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    undone_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    stop_asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    failures = table.Column<int>(type: "integer", nullable: false),
                    trouble = table.Column<int>(type: "integer", nullable: true),
                    emptied_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lead_imports", x => x.id);
                    table.ForeignKey(
                        name: "fk_lead_imports_users_actor_id",
                        column: x => x.actor_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_lead_imports_users_agent_id",
                        column: x => x.agent_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_lead_imports_users_undone_by_id",
                        column: x => x.undone_by_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "lead_import_files",
                columns: table => new
                {
                    import_id = table.Column<Guid>(type: "uuid", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lead_import_files", x => x.import_id);
                    table.ForeignKey(
                        name: "fk_lead_import_files_lead_imports_import_id",
                        column: x => x.import_id,
                        principalTable: "lead_imports",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "lead_import_rows",
                columns: table => new
                {
                    import_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    cells = table.Column<string>(type: "jsonb", nullable: true),
                    keys = table.Column<string[]>(type: "text[]", nullable: true),
                    plan = table.Column<int>(type: "integer", nullable: false),
                    outcome = table.Column<int>(type: "integer", nullable: false),
                    faults = table.Column<string>(type: "jsonb", nullable: false),
                    lead_id = table.Column<Guid>(type: "uuid", nullable: true),
                    event_id = table.Column<long>(type: "bigint", nullable: true),
                    changes = table.Column<string>(type: "jsonb", nullable: true),
                    undo = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lead_import_rows", x => new { x.import_id, x.number });
                    table.ForeignKey(
                        name: "fk_lead_import_rows_lead_imports_import_id",
                        column: x => x.import_id,
                        principalTable: "lead_imports",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_lead_import_rows_leads_lead_id",
                        column: x => x.lead_id,
                        principalTable: "leads",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateIndex(
                name: "ix_lead_import_rows_import_id_outcome_number",
                table: "lead_import_rows",
                columns: new[] { "import_id", "outcome", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_lead_import_rows_import_id_plan_number",
                table: "lead_import_rows",
                columns: new[] { "import_id", "plan", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_lead_import_rows_keys",
                table: "lead_import_rows",
                column: "keys")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_lead_import_rows_lead_id",
                table: "lead_import_rows",
                column: "lead_id");

            migrationBuilder.CreateIndex(
                name: "ix_lead_imports_actor_id_created_at",
                table: "lead_imports",
                columns: new[] { "actor_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_lead_imports_actor_id_headings_hash",
                table: "lead_imports",
                columns: new[] { "actor_id", "headings_hash" });

            migrationBuilder.CreateIndex(
                name: "ix_lead_imports_agent_id",
                table: "lead_imports",
                column: "agent_id");

            migrationBuilder.CreateIndex(
                name: "ix_lead_imports_created_at",
                table: "lead_imports",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_lead_imports_due_at_id",
                table: "lead_imports",
                columns: new[] { "due_at", "id" },
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_lead_imports_touched_at",
                table: "lead_imports",
                column: "touched_at",
                filter: "emptied_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_lead_imports_undone_by_id",
                table: "lead_imports",
                column: "undone_by_id");

            migrationBuilder.Sql(Transfer.Import.ImportTriggers.Create);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "lead_import_files");

            migrationBuilder.DropTable(
                name: "lead_import_rows");

            migrationBuilder.DropTable(
                name: "lead_imports");
        }
    }
}
