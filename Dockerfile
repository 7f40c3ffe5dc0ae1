# The image of the portal. What runs has neither shell nor package manager, and an unprivileged user.

FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
ARG TARGETARCH
WORKDIR /src

# Packages first: this layer stays until a version changes.
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig ./
COPY ProPartHub.Domain/ProPartHub.Domain.csproj ProPartHub.Domain/
COPY ProPartHub.Web/ProPartHub.Web.csproj ProPartHub.Web/
RUN dotnet restore ProPartHub.Web/ProPartHub.Web.csproj --arch $TARGETARCH -p:Configuration=Release

COPY ProPartHub.Domain ProPartHub.Domain
COPY ProPartHub.Web ProPartHub.Web
# For one kind of processor: what packages bring for others stays out.
RUN dotnet publish ProPartHub.Web/ProPartHub.Web.csproj --arch $TARGETARCH --no-self-contained --no-restore \
        --configuration Release -p:UseAppHost=false --output /app \
    && mkdir --mode=700 /files /backups

# pg_dump and pg_restore for backups, of the database's version in compose.yaml or newer, and the libraries they need.
# The same distribution as the final image; what that has itself (the C library, OpenSSL) is not brought along.
FROM ubuntu:noble AS client
ARG POSTGRES_CLIENT=17
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates curl \
    && install -d /usr/share/postgresql-common/pgdg \
    && curl --fail --silent --show-error --output /usr/share/postgresql-common/pgdg/apt.postgresql.org.asc \
        https://www.postgresql.org/media/keys/ACCC4CF8.asc \
    && echo "deb [signed-by=/usr/share/postgresql-common/pgdg/apt.postgresql.org.asc] https://apt.postgresql.org/pub/repos/apt noble-pgdg main" \
        > /etc/apt/sources.list.d/pgdg.list \
    && apt-get update \
    && apt-get install --yes --no-install-recommends postgresql-client-$POSTGRES_CLIENT
RUN cd /usr/lib/postgresql/$POSTGRES_CLIENT/bin \
    && install -D --target-directory=/client/usr/local/bin pg_dump pg_restore \
    && ldd pg_dump pg_restore \
        | sed --quiet 's|.* => \(/[^ ]*\) .*|\1|p' \
        | sed 's|^/lib/|/usr/lib/|' \
        | sort --unique \
        | grep --invert-match --extended-regexp '/lib(c|m|dl|rt|pthread|resolv|ssl|crypto)\.so' \
        | xargs cp --parents --dereference --target-directory=/client

# "extra": with ICU and time zones, which Ukrainian and the agency's clock need.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
WORKDIR /app
COPY --from=client /client /
# Here and not at the first backup it shows whether a library is missing.
RUN ["pg_dump", "--version"]
RUN ["pg_restore", "--version"]
# Volumes put here belong to the portal's user.
COPY --from=build --chown=$APP_UID:$APP_UID /files /files
COPY --from=build --chown=$APP_UID:$APP_UID /backups /backups
COPY --from=build /app .

# Log lines go to the console, where the container's host collects them; the portal writes no file of its own.
ENV ASPNETCORE_ENVIRONMENT=Production \
    ASPNETCORE_HTTP_PORTS=8080 \
    Hub__LogFolder=""
EXPOSE 8080
USER $APP_UID
HEALTHCHECK --interval=15s --timeout=6s --start-period=60s --retries=3 \
    CMD ["dotnet", "ProPartHub.Web.dll", "check-health", "http://localhost:8080"]
ENTRYPOINT ["dotnet", "ProPartHub.Web.dll"]
