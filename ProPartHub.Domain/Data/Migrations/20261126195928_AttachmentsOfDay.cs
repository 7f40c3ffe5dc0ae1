using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProPartHub.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class AttachmentsOfDay : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_comment_attachments_uploaded_by_id_uploaded_at",
                table: "comment_attachments",
                columns: new[] { "uploaded_by_id", "uploaded_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_comment_attachments_uploaded_by_id_uploaded_at",
                table: "comment_attachments");
        }
    }
}
