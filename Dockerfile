# The image of the portal: built with the SDK, run as the unprivileged user "app" of Microsoft's runtime image.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src

# Packages first: this layer stays until a version changes.
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig ./
COPY ProPartHub.Domain/ProPartHub.Domain.csproj ProPartHub.Domain/
COPY ProPartHub.Web/ProPartHub.Web.csproj ProPartHub.Web/
RUN dotnet restore ProPartHub.Web/ProPartHub.Web.csproj -p:Configuration=Release

COPY ProPartHub.Domain ProPartHub.Domain
COPY ProPartHub.Web ProPartHub.Web
RUN dotnet publish ProPartHub.Web/ProPartHub.Web.csproj --configuration Release --no-restore --output /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .

# Log lines go to the console, where the container's host collects them; the portal writes no file of its own.
ENV ASPNETCORE_ENVIRONMENT=Production \
    ASPNETCORE_HTTP_PORTS=8080 \
    Hub__LogFolder=""
EXPOSE 8080
# For documents of agents and for files; volumes put here belong to that user.
RUN mkdir /documents /files && chown app /documents /files
USER app
HEALTHCHECK --interval=15s --timeout=6s --start-period=60s --retries=3 \
    CMD ["dotnet", "ProPartHub.Web.dll", "check-health", "http://localhost:8080"]
ENTRYPOINT ["dotnet", "ProPartHub.Web.dll"]
