using System.Text;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Transfer.Import;
using ProPartHub.Tests.Browser;
using ProPartHub.Tests.Live;
using Xunit;

namespace ProPartHub.Tests.Gallery;

/// <summary>A file of made-up leads at the steps of its import.</summary>
internal sealed class GalleryImports(BrowserBed bed, Actor manager, CancellationToken token)
{
    private const string Csv =
        "Клієнт;Телефон;Пошта;Країна;Бюджет;Дата народження;Примітка\r\n"
        + "Ірина Садова;050 777 21 01;iryna@example.com;Іспанія;150–300k;31.12.1985;Дзвонити після 18:00\r\n"
        + "Петро Гай;0507772102;;Балі;до 200 тис;1990-01-15;Має двох дітей\r\n"
        + "Familie Grünwald;+49 1512 3456721;gruenwald@example.com;Кіпр;250 000;;\r\n"
        + "Без телефону;;;Марс;багато;;\r\n"
        + "Ірина С.;+380507772101;;;;;\r\n";

    /// <summary>Takes the file in.</summary>
    public async Task<Guid> BeginAsync()
    {
        var id = Guid.CreateVersion7();
        var trouble = await bed.UseAsync<LeadImports, FileTrouble?>(imports =>
            imports.BeginAsync(manager, id, "клієнти весна.csv", new MemoryStream(Encoding.UTF8.GetBytes(Csv)), token)
        );
        Assert.Null(trouble);
        return id;
    }

    /// <summary>Takes the file in and brings its leads in.</summary>
    public async Task<Guid> FinishAsync()
    {
        var id = await BeginAsync();
        await DoAsync(imports => imports.CheckAsync(manager, id, token));
        await Eventually.IsAsync(() => IsAsync(id, ImportState.Checked), token);
        await DoAsync(imports => imports.StartAsync(manager, id, token));
        await Eventually.IsAsync(() => IsAsync(id, ImportState.Done), token);
        return id;
    }

    private async Task<bool> IsAsync(Guid id, ImportState state)
    {
        await using var db = await bed.Hub.Database.ReadAsync(token);
        return await db.LeadImports.AnyAsync(row => row.Id == id && row.State == state, token);
    }

    private Task DoAsync(Func<LeadImports, Task> act) =>
        bed.UseAsync<LeadImports, bool>(async imports =>
        {
            await act(imports);
            return true;
        });
}
