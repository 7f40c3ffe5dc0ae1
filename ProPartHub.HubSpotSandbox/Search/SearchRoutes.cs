using ProPartHub.HubSpotSandbox.Http;
using ProPartHub.HubSpotSandbox.Limits;
using ProPartHub.HubSpotSandbox.Objects;

namespace ProPartHub.HubSpotSandbox.Search;

internal sealed class SearchRoutes(SearchEngine engine)
{
    public void Map(ApiRoutes routes, ApiVersion version) =>
        routes.Post($"{version.Objects}/{{type}}/search", Scopes.ReadObjects(), Search, RateBucket.Search);

    private ApiAnswer Search(ApiCall call) =>
        ApiAnswer.Ok(
            engine.Search(ObjectType.Parse(call.Route("type")), call.Body<SearchRequest>(), call.BodyText.Length)
        );
}
