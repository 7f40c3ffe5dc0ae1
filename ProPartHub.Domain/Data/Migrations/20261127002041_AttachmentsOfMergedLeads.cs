using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProPartHub.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class AttachmentsOfMergedLeads : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Comments that merges had moved left their files with the other lead.
            migrationBuilder.Sql(
                """
                UPDATE comment_attachments file SET lead_id = comment.lead_id
                FROM comments comment WHERE comment.id = file.comment_id AND comment.lead_id <> file.lead_id;
                """
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // Nothing says which of them had been elsewhere, and nobody needs them there.
        }
    }
}
