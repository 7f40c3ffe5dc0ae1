using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProPartHub.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class LeadSorts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_leads_email",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_leads_phone",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_leads_second_phone",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_leads_telegram_key",
                table: "leads");

            migrationBuilder.AlterColumn<string>(
                name: "name",
                table: "teams",
                type: "character varying(80)",
                maxLength: 80,
                nullable: false,
                collation: "uk-x-icu",
                oldClrType: typeof(string),
                oldType: "character varying(80)",
                oldMaxLength: 80);

            migrationBuilder.AlterColumn<string>(
                name: "source",
                table: "leads",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true,
                collation: "uk-x-icu",
                oldClrType: typeof(string),
                oldType: "character varying(200)",
                oldMaxLength: 200,
                oldNullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "refusal_reason",
                table: "leads",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true,
                collation: "uk-x-icu",
                oldClrType: typeof(string),
                oldType: "character varying(200)",
                oldMaxLength: 200,
                oldNullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "purchase_goal",
                table: "leads",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true,
                collation: "uk-x-icu",
                oldClrType: typeof(string),
                oldType: "character varying(200)",
                oldMaxLength: 200,
                oldNullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "property_type",
                table: "leads",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true,
                collation: "uk-x-icu",
                oldClrType: typeof(string),
                oldType: "character varying(200)",
                oldMaxLength: 200,
                oldNullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "object_type",
                table: "leads",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true,
                collation: "uk-x-icu",
                oldClrType: typeof(string),
                oldType: "character varying(200)",
                oldMaxLength: 200,
                oldNullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "messenger",
                table: "leads",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true,
                collation: "uk-x-icu",
                oldClrType: typeof(string),
                oldType: "character varying(200)",
                oldMaxLength: 200,
                oldNullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "language",
                table: "leads",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true,
                collation: "uk-x-icu",
                oldClrType: typeof(string),
                oldType: "character varying(200)",
                oldMaxLength: 200,
                oldNullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "country",
                table: "leads",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true,
                collation: "uk-x-icu",
                oldClrType: typeof(string),
                oldType: "character varying(200)",
                oldMaxLength: 200,
                oldNullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "company",
                table: "leads",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true,
                collation: "uk-x-icu",
                oldClrType: typeof(string),
                oldType: "character varying(200)",
                oldMaxLength: 200,
                oldNullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_leads_company_id",
                table: "leads",
                columns: new[] { "company", "id" },
                filter: "archived_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_leads_email_id",
                table: "leads",
                columns: new[] { "email", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_leads_language_id",
                table: "leads",
                columns: new[] { "language", "id" },
                filter: "archived_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_leads_messenger_id",
                table: "leads",
                columns: new[] { "messenger", "id" },
                filter: "archived_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_leads_no_budget_number",
                table: "leads",
                column: "number",
                filter: "budget_from IS NULL AND budget_to IS NULL AND archived_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_leads_object_type_id",
                table: "leads",
                columns: new[] { "object_type", "id" },
                filter: "archived_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_leads_phone_id",
                table: "leads",
                columns: new[] { "phone", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_leads_property_type_id",
                table: "leads",
                columns: new[] { "property_type", "id" },
                filter: "archived_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_leads_purchase_goal_id",
                table: "leads",
                columns: new[] { "purchase_goal", "id" },
                filter: "archived_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_leads_second_phone_id",
                table: "leads",
                columns: new[] { "second_phone", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_leads_telegram_key_id",
                table: "leads",
                columns: new[] { "telegram_key", "id" });

            // Budgets are sorted by their lower end or, where there is none, by the upper one: an expression, which the
            // model cannot index. Other currencies than USD stand apart.
            migrationBuilder.Sql(
                """
                CREATE INDEX ix_leads_budget_id ON leads ((COALESCE(budget_from, budget_to)), id)
                    WHERE archived_at IS NULL;
                CREATE INDEX ix_leads_budget_abroad_id ON leads ((COALESCE(budget_from, budget_to)), id)
                    WHERE currency <> 'USD' AND archived_at IS NULL;
                """
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP INDEX ix_leads_budget_id; DROP INDEX ix_leads_budget_abroad_id;");

            migrationBuilder.DropIndex(
                name: "ix_leads_company_id",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_leads_email_id",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_leads_language_id",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_leads_messenger_id",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_leads_no_budget_number",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_leads_object_type_id",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_leads_phone_id",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_leads_property_type_id",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_leads_purchase_goal_id",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_leads_second_phone_id",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_leads_telegram_key_id",
                table: "leads");

            migrationBuilder.AlterColumn<string>(
                name: "name",
                table: "teams",
                type: "character varying(80)",
                maxLength: 80,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(80)",
                oldMaxLength: 80,
                oldCollation: "uk-x-icu");

            migrationBuilder.AlterColumn<string>(
                name: "source",
                table: "leads",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "character varying(200)",
                oldMaxLength: 200,
                oldNullable: true,
                oldCollation: "uk-x-icu");

            migrationBuilder.AlterColumn<string>(
                name: "refusal_reason",
                table: "leads",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "character varying(200)",
                oldMaxLength: 200,
                oldNullable: true,
                oldCollation: "uk-x-icu");

            migrationBuilder.AlterColumn<string>(
                name: "purchase_goal",
                table: "leads",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "character varying(200)",
                oldMaxLength: 200,
                oldNullable: true,
                oldCollation: "uk-x-icu");

            migrationBuilder.AlterColumn<string>(
                name: "property_type",
                table: "leads",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "character varying(200)",
                oldMaxLength: 200,
                oldNullable: true,
                oldCollation: "uk-x-icu");

            migrationBuilder.AlterColumn<string>(
                name: "object_type",
                table: "leads",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "character varying(200)",
                oldMaxLength: 200,
                oldNullable: true,
                oldCollation: "uk-x-icu");

            migrationBuilder.AlterColumn<string>(
                name: "messenger",
                table: "leads",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "character varying(200)",
                oldMaxLength: 200,
                oldNullable: true,
                oldCollation: "uk-x-icu");

            migrationBuilder.AlterColumn<string>(
                name: "language",
                table: "leads",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "character varying(200)",
                oldMaxLength: 200,
                oldNullable: true,
                oldCollation: "uk-x-icu");

            migrationBuilder.AlterColumn<string>(
                name: "country",
                table: "leads",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "character varying(200)",
                oldMaxLength: 200,
                oldNullable: true,
                oldCollation: "uk-x-icu");

            migrationBuilder.AlterColumn<string>(
                name: "company",
                table: "leads",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "character varying(200)",
                oldMaxLength: 200,
                oldNullable: true,
                oldCollation: "uk-x-icu");

            migrationBuilder.CreateIndex(
                name: "ix_leads_email",
                table: "leads",
                column: "email");

            migrationBuilder.CreateIndex(
                name: "ix_leads_phone",
                table: "leads",
                column: "phone");

            migrationBuilder.CreateIndex(
                name: "ix_leads_second_phone",
                table: "leads",
                column: "second_phone");

            migrationBuilder.CreateIndex(
                name: "ix_leads_telegram_key",
                table: "leads",
                column: "telegram_key",
                filter: "telegram_key IS NOT NULL");
        }
    }
}
