using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProPartHub.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class OneStore : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<string>(
                name: "file_name",
                table: "verification_documents",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "character varying(64)",
                oldMaxLength: 64);

            migrationBuilder.AddColumn<Guid>(
                name: "stored_file_id",
                table: "verification_documents",
                type: "uuid",
                nullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "file_name",
                table: "comment_attachments",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "character varying(64)",
                oldMaxLength: 64);

            migrationBuilder.AddColumn<Guid>(
                name: "stored_file_id",
                table: "comment_attachments",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_verification_documents_stored_file_id",
                table: "verification_documents",
                column: "stored_file_id");

            migrationBuilder.CreateIndex(
                name: "ix_comment_attachments_stored_file_id",
                table: "comment_attachments",
                column: "stored_file_id");

            migrationBuilder.AddForeignKey(
                name: "fk_comment_attachments_stored_files_stored_file_id",
                table: "comment_attachments",
                column: "stored_file_id",
                principalTable: "stored_files",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_verification_documents_stored_files_stored_file_id",
                table: "verification_documents",
                column: "stored_file_id",
                principalTable: "stored_files",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_comment_attachments_stored_files_stored_file_id",
                table: "comment_attachments");

            migrationBuilder.DropForeignKey(
                name: "fk_verification_documents_stored_files_stored_file_id",
                table: "verification_documents");

            migrationBuilder.DropIndex(
                name: "ix_verification_documents_stored_file_id",
                table: "verification_documents");

            migrationBuilder.DropIndex(
                name: "ix_comment_attachments_stored_file_id",
                table: "comment_attachments");

            migrationBuilder.DropColumn(
                name: "stored_file_id",
                table: "verification_documents");

            migrationBuilder.DropColumn(
                name: "stored_file_id",
                table: "comment_attachments");

            migrationBuilder.AlterColumn<string>(
                name: "file_name",
                table: "verification_documents",
                type: "character varying(64)",
                maxLength: 64,
                nullable: false,
                defaultValue: "",
                oldClrType: typeof(string),
                oldType: "character varying(64)",
                oldMaxLength: 64,
                oldNullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "file_name",
                table: "comment_attachments",
                type: "character varying(64)",
                maxLength: 64,
                nullable: false,
                defaultValue: "",
                oldClrType: typeof(string),
                oldType: "character varying(64)",
                oldMaxLength: 64,
                oldNullable: true);
        }
    }
}
