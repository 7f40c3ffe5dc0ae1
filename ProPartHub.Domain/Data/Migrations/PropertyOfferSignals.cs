using Microsoft.EntityFrameworkCore.Migrations;

namespace ProPartHub.Domain.Data.Migrations
{
    /// <summary>What the model does not know of <see cref="PropertyOffering"/>: open pages hear of photos as of the rest.</summary>
    internal static class PropertyOfferSignals
    {
        public static void Add(MigrationBuilder builder) =>
            builder.Sql(
                """
                CREATE TRIGGER note_agency_change AFTER INSERT OR UPDATE OR DELETE ON development_photos
                FOR EACH STATEMENT EXECUTE FUNCTION note_agency_change('Catalogue');
                """
            );
    }
}
