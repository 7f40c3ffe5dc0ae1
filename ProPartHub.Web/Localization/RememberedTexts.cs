using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Localization;

namespace ProPartHub.Web.Localization;

/// <summary>
/// Texts of the interface, each looked up once for a language: a resource manager takes two locks for each look-up, and with
/// hundreds of pages rendering at once those were what they waited for.
/// </summary>
/// <typeparam name="T">Names the resource.</typeparam>
internal sealed class RememberedTexts<T>(IStringLocalizerFactory factory) : IStringLocalizer<T>
{
    private readonly IStringLocalizer _texts = factory.Create(typeof(T));
    private readonly ConcurrentDictionary<(string Language, string Name), LocalizedString> _known = new();

    public LocalizedString this[string name]
    {
        get
        {
            var key = (CultureInfo.CurrentUICulture.Name, name);
            if (_known.TryGetValue(key, out var known))
            {
                return known;
            }

            var text = _texts[name];
            // Names made of what people store may not exist; they are not kept.
            return text.ResourceNotFound ? text : _known.GetOrAdd(key, text);
        }
    }

    public LocalizedString this[string name, params object[] arguments]
    {
        get
        {
            var text = this[name];
            return new LocalizedString(
                name,
                string.Format(CultureInfo.CurrentCulture, text.Value, arguments),
                text.ResourceNotFound,
                text.SearchedLocation
            );
        }
    }

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) =>
        _texts.GetAllStrings(includeParentCultures);
}
