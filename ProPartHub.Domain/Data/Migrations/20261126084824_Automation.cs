using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProPartHub.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class Automation : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "answered_at",
                table: "leads",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "assigned_at",
                table: "leads",
                type: "timestamp with time zone",
                nullable: false,
                defaultValueSql: "now()");

            migrationBuilder.AddColumn<bool>(
                name: "awaits_assignment",
                table: "leads",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "worked_at",
                table: "leads",
                type: "timestamp with time zone",
                nullable: false,
                defaultValueSql: "now()");

            migrationBuilder.CreateTable(
                name: "absences",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    from_day = table.Column<DateOnly>(type: "date", nullable: false),
                    to_day = table.Column<DateOnly>(type: "date", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_absences", x => x.id);
                    table.CheckConstraint("ck_absences_in_order", "from_day <= to_day");
                    table.ForeignKey(
                        name: "fk_absences_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "agency_settings",
                columns: table => new
                {
                    key = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    value = table.Column<string>(type: "jsonb", nullable: false),
                    set_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agency_settings", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "assignment_rules",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    place = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    is_on = table.Column<bool>(type: "boolean", nullable: false),
                    countries = table.Column<string[]>(type: "text[]", nullable: false),
                    sources = table.Column<string[]>(type: "text[]", nullable: false),
                    languages = table.Column<string[]>(type: "text[]", nullable: false),
                    budget_from = table.Column<decimal>(type: "numeric(15,2)", precision: 15, scale: 2, nullable: true),
                    budget_to = table.Column<decimal>(type: "numeric(15,2)", precision: 15, scale: 2, nullable: true),
                    target = table.Column<int>(type: "integer", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: true),
                    team_id = table.Column<Guid>(type: "uuid", nullable: true),
                    turns = table.Column<long>(type: "bigint", nullable: false),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_assignment_rules", x => x.id);
                    table.ForeignKey(
                        name: "fk_assignment_rules_asp_net_users_person_id",
                        column: x => x.person_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_assignment_rules_teams_team_id",
                        column: x => x.team_id,
                        principalTable: "teams",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "claim_requests",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    lead_id = table.Column<Guid>(type: "uuid", nullable: false),
                    asked_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    phone = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    words = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decided_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    decided_by_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    decision = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_claim_requests", x => x.id);
                    table.ForeignKey(
                        name: "fk_claim_requests_asp_net_users_asked_by_id",
                        column: x => x.asked_by_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_claim_requests_asp_net_users_decided_by_id",
                        column: x => x.decided_by_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_claim_requests_leads_lead_id",
                        column: x => x.lead_id,
                        principalTable: "leads",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "lead_capacities",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    most = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lead_capacities", x => x.user_id);
                    table.ForeignKey(
                        name: "fk_lead_capacities_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "message_templates",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false, collation: "uk-x-icu"),
                    channel = table.Column<int>(type: "integer", nullable: false),
                    subject_uk = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    body_uk = table.Column<string>(type: "character varying(1500)", maxLength: 1500, nullable: true),
                    subject_en = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    body_en = table.Column<string>(type: "character varying(1500)", maxLength: 1500, nullable: true),
                    shared_with = table.Column<int>(type: "integer", nullable: false),
                    team_id = table.Column<Guid>(type: "uuid", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_message_templates", x => x.id);
                    table.ForeignKey(
                        name: "fk_message_templates_teams_team_id",
                        column: x => x.team_id,
                        principalTable: "teams",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_message_templates_users_owner_id",
                        column: x => x.owner_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "service_levels",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    team_id = table.Column<Guid>(type: "uuid", nullable: true),
                    duty = table.Column<int>(type: "integer", nullable: false),
                    limit = table.Column<int>(type: "integer", nullable: false),
                    stage_ids = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    steps = table.Column<string>(type: "jsonb", nullable: false),
                    follow_up_title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    is_on = table.Column<bool>(type: "boolean", nullable: false),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_service_levels", x => x.id);
                    table.ForeignKey(
                        name: "fk_service_levels_teams_team_id",
                        column: x => x.team_id,
                        principalTable: "teams",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "assignment_turns",
                columns: table => new
                {
                    rule_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    turn = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_assignment_turns", x => new { x.rule_id, x.user_id });
                    table.ForeignKey(
                        name: "fk_assignment_turns_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_assignment_turns_assignment_rules_rule_id",
                        column: x => x.rule_id,
                        principalTable: "assignment_rules",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "service_steps_taken",
                columns: table => new
                {
                    service_level_id = table.Column<Guid>(type: "uuid", nullable: false),
                    lead_id = table.Column<Guid>(type: "uuid", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    step = table.Column<int>(type: "integer", nullable: false),
                    taken_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_service_steps_taken", x => new { x.service_level_id, x.lead_id, x.since, x.step });
                    table.ForeignKey(
                        name: "fk_service_steps_taken_leads_lead_id",
                        column: x => x.lead_id,
                        principalTable: "leads",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_service_steps_taken_service_levels_service_level_id",
                        column: x => x.service_level_id,
                        principalTable: "service_levels",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                table: "assignment_rules",
                columns: new[] { "id", "budget_from", "budget_to", "countries", "deleted_at", "is_on", "languages", "name", "person_id", "place", "sources", "target", "team_id", "turns" },
                values: new object[] { new Guid("0190d0fa-0000-7000-8000-000000000001"), null, null, new string[0], null, true, new string[0], "Default", null, 2147483647, new string[0], 1, null, 0L });

            migrationBuilder.Sql(ProPartHub.Domain.Leads.LeadWorkBackfill.Sql);

            migrationBuilder.CreateIndex(
                name: "ix_leads_assigned_at_id",
                table: "leads",
                columns: new[] { "assigned_at", "id" },
                filter: "answered_at IS NULL AND agent_id IS NOT NULL AND status < 4 AND archived_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_leads_awaits_assignment",
                table: "leads",
                columns: new[] { "created_at", "id" },
                filter: "awaits_assignment");

            migrationBuilder.CreateIndex(
                name: "ix_leads_worked_at_id",
                table: "leads",
                columns: new[] { "worked_at", "id" },
                filter: "agent_id IS NOT NULL AND status < 4 AND archived_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_absences_user_id_to_day",
                table: "absences",
                columns: new[] { "user_id", "to_day" });

            migrationBuilder.CreateIndex(
                name: "ix_assignment_rules_person_id",
                table: "assignment_rules",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_assignment_rules_team_id",
                table: "assignment_rules",
                column: "team_id");

            migrationBuilder.CreateIndex(
                name: "ix_assignment_turns_user_id",
                table: "assignment_turns",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_claim_requests_asked_at_id",
                table: "claim_requests",
                columns: new[] { "asked_at", "id" },
                filter: "state = 1");

            migrationBuilder.CreateIndex(
                name: "ix_claim_requests_asked_by_id_asked_at_id",
                table: "claim_requests",
                columns: new[] { "asked_by_id", "asked_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_claim_requests_decided_by_id",
                table: "claim_requests",
                column: "decided_by_id");

            migrationBuilder.CreateIndex(
                name: "ix_claim_requests_lead_id",
                table: "claim_requests",
                column: "lead_id");

            migrationBuilder.CreateIndex(
                name: "ix_claim_requests_lead_id_asked_by_id",
                table: "claim_requests",
                columns: new[] { "lead_id", "asked_by_id" },
                unique: true,
                filter: "state = 1");

            migrationBuilder.CreateIndex(
                name: "ix_message_templates_owner_id_name",
                table: "message_templates",
                columns: new[] { "owner_id", "name" },
                filter: "deleted_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_message_templates_shared_with",
                table: "message_templates",
                column: "shared_with",
                filter: "shared_with <> 1 AND deleted_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_message_templates_team_id",
                table: "message_templates",
                column: "team_id");

            migrationBuilder.CreateIndex(
                name: "ix_service_levels_team_id",
                table: "service_levels",
                column: "team_id");

            migrationBuilder.CreateIndex(
                name: "ix_service_steps_taken_lead_id",
                table: "service_steps_taken",
                column: "lead_id");

            migrationBuilder.Sql(ProPartHub.Domain.Leads.LeadWorkBackfill.BirthdayIndex);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP INDEX ix_leads_birthday;");

            migrationBuilder.DropTable(
                name: "absences");

            migrationBuilder.DropTable(
                name: "agency_settings");

            migrationBuilder.DropTable(
                name: "assignment_turns");

            migrationBuilder.DropTable(
                name: "claim_requests");

            migrationBuilder.DropTable(
                name: "lead_capacities");

            migrationBuilder.DropTable(
                name: "message_templates");

            migrationBuilder.DropTable(
                name: "service_steps_taken");

            migrationBuilder.DropTable(
                name: "assignment_rules");

            migrationBuilder.DropTable(
                name: "service_levels");

            migrationBuilder.DropIndex(
                name: "ix_leads_assigned_at_id",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_leads_awaits_assignment",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_leads_worked_at_id",
                table: "leads");

            migrationBuilder.DropColumn(
                name: "answered_at",
                table: "leads");

            migrationBuilder.DropColumn(
                name: "assigned_at",
                table: "leads");

            migrationBuilder.DropColumn(
                name: "awaits_assignment",
                table: "leads");

            migrationBuilder.DropColumn(
                name: "worked_at",
                table: "leads");
        }
    }
}
