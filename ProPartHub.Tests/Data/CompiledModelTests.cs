using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Data.Compiled;
using Xunit;

namespace ProPartHub.Tests.Data;

/// <summary>
/// The model that the hub starts with was compiled from the entities as they are now. Forgotten, a new column would be neither
/// read nor written, without a word. docs/database.md says how to compile it anew.
/// </summary>
public sealed class CompiledModelTests
{
    [Fact]
    public async Task CompiledModel_IsUsed_AndIsThatOfTheEntities()
    {
        await using var services = new ServiceCollection()
            .AddHubData("Host=127.0.0.1;Database=unused", new DatabaseOptions())
            .BuildServiceProvider();
        await using var db = await services
            .GetRequiredService<IDbContextFactory<HubDbContext>>()
            .CreateDbContextAsync(TestContext.Current.CancellationToken);

        Assert.IsType<HubDbContextModel>(db.Model);
        Assert.Equal(Lines(db.GetService<IDesignTimeModel>().Model), Lines(db.Model));
    }

    private static string[] Lines(IModel model) =>
        [
            .. model
                .GetEntityTypes()
                .SelectMany(type =>
                    type.GetProperties()
                        .Select(Describe)
                        .Concat(type.GetKeys().Select(key => $"key {Names(key.Properties)}"))
                        .Concat(type.GetForeignKeys().Select(Describe))
                        .Concat(type.GetIndexes().Select(index => $"index {Names(index.Properties)} {index.IsUnique}"))
                        .Select(line => $"{type.Name} {type.GetTableName()} {line}")
                )
                .Order(StringComparer.Ordinal),
        ];

    private static string Describe(IProperty property) =>
        string.Join(
            ' ',
            "property",
            property.Name,
            property.GetColumnName(),
            property.GetColumnType(),
            property.IsNullable,
            property.GetMaxLength(),
            property.ValueGenerated,
            property.IsConcurrencyToken,
            property.GetValueConverter()?.ProviderClrType
        );

    private static string Describe(IForeignKey key) =>
        $"foreign key {Names(key.Properties)} {key.PrincipalEntityType.Name} {key.DeleteBehavior} {key.IsUnique} {key.IsRequired}";

    private static string Names(IEnumerable<IReadOnlyProperty> properties) =>
        string.Join(',', properties.Select(property => property.Name));
}
