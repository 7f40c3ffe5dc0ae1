using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProPartHub.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class NoteSignatures : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "signature",
                table: "note_sync",
                type: "character varying(104)",
                maxLength: 104,
                nullable: true);

            // Comments written here were always signed; notes of the earlier portal lost their signature on the way in.
            migrationBuilder.Sql(
                """
                UPDATE note_sync AS sync
                SET signature = comment.author_name || ': '
                FROM comments AS comment
                WHERE comment.id = sync.comment_id AND comment.origin = 1;

                UPDATE note_sync AS sync
                SET signature = left(sync.body_snapshot, strpos(sync.body_snapshot, ': ') + 1),
                    body_snapshot = substr(sync.body_snapshot, strpos(sync.body_snapshot, ': ') + 2)
                FROM comments AS comment
                WHERE comment.id = sync.comment_id
                  AND sync.signature IS NULL
                  AND left(sync.body_snapshot, strpos(sync.body_snapshot, ': ') + 1)
                      IN (comment.author_name || ': ', '[' || comment.author_name || ']: ');
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "signature",
                table: "note_sync");
        }
    }
}
