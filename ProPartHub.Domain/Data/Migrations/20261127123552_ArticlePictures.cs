using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProPartHub.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class ArticlePictures : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "article_pictures",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    picture_file_id = table.Column<Guid>(type: "uuid", nullable: false),
                    thumbnail_file_id = table.Column<Guid>(type: "uuid", nullable: false),
                    width = table.Column<int>(type: "integer", nullable: false),
                    height = table.Column<int>(type: "integer", nullable: false),
                    author_id = table.Column<Guid>(type: "uuid", nullable: true),
                    uploaded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_article_pictures", x => x.id);
                    table.ForeignKey(
                        name: "fk_article_pictures_asp_net_users_author_id",
                        column: x => x.author_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_article_pictures_stored_files_picture_file_id",
                        column: x => x.picture_file_id,
                        principalTable: "stored_files",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_article_pictures_stored_files_thumbnail_file_id",
                        column: x => x.thumbnail_file_id,
                        principalTable: "stored_files",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "article_picture_uses",
                columns: table => new
                {
                    article_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version_number = table.Column<int>(type: "integer", nullable: false),
                    picture_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_article_picture_uses", x => new { x.article_id, x.version_number, x.picture_id });
                    table.ForeignKey(
                        name: "fk_article_picture_uses_article_pictures_picture_id",
                        column: x => x.picture_id,
                        principalTable: "article_pictures",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_article_picture_uses_articles_article_id",
                        column: x => x.article_id,
                        principalTable: "articles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_article_picture_uses_picture_id",
                table: "article_picture_uses",
                column: "picture_id");

            migrationBuilder.CreateIndex(
                name: "ix_article_pictures_author_id",
                table: "article_pictures",
                column: "author_id");

            migrationBuilder.CreateIndex(
                name: "ix_article_pictures_picture_file_id",
                table: "article_pictures",
                column: "picture_file_id");

            migrationBuilder.CreateIndex(
                name: "ix_article_pictures_thumbnail_file_id",
                table: "article_pictures",
                column: "thumbnail_file_id");

            migrationBuilder.CreateIndex(
                name: "ix_article_pictures_uploaded_at",
                table: "article_pictures",
                column: "uploaded_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "article_picture_uses");

            migrationBuilder.DropTable(
                name: "article_pictures");
        }
    }
}
