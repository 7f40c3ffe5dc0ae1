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
# pg_dump and pg_restore for backups: of the database's version in compose.yaml or newer, which the image's own distribution
# does not have.
ARG POSTGRES_CLIENT=17
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates curl \
    && install -d /usr/share/postgresql-common/pgdg \
    && curl --fail --silent --show-error --output /usr/share/postgresql-common/pgdg/apt.postgresql.org.asc \
        https://www.postgresql.org/media/keys/ACCC4CF8.asc \
    && . /etc/os-release \
    && echo "deb [signed-by=/usr/share/postgresql-common/pgdg/apt.postgresql.org.asc] https://apt.postgresql.org/pub/repos/apt $VERSION_CODENAME-pgdg main" \
        > /etc/apt/sources.list.d/pgdg.list \
    && apt-get update \
    && apt-get install --yes --no-install-recommends postgresql-client-$POSTGRES_CLIENT \
    && apt-get purge --yes --auto-remove curl \
    && rm -rf /var/lib/apt/lists/*
# For files and backups; volumes put here belong to that user.
RUN mkdir /files /backups && chown app /files /backups && chmod 700 /backups
USER app
HEALTHCHECK --interval=15s --timeout=6s --start-period=60s --retries=3 \
    CMD ["dotnet", "ProPartHub.Web.dll", "check-health", "http://localhost:8080"]
ENTRYPOINT ["dotnet", "ProPartHub.Web.dll"]
