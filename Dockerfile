# syntax=docker/dockerfile:1

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source

# What decides the packages comes first, so that restoring them is a layer that stays. The SDK is the image's own:
# global.json stays outside.
COPY Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY src/PanelServer.Domain/PanelServer.Domain.csproj src/PanelServer.Domain/packages.lock.json src/PanelServer.Domain/
COPY src/PanelServer/PanelServer.csproj src/PanelServer/packages.lock.json src/PanelServer/
# With the compiler that publishing asks for (docs/decisions/0001); where it is not used, it is not fetched either.
RUN dotnet restore src/PanelServer --locked-mode -p:_IsPublishing=true

COPY src/ src/
RUN dotnet publish src/PanelServer -c Release --no-restore -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0

COPY --from=build /app /app
RUN mkdir /data && chown "$APP_UID" /data && chmod 0700 /data

# For every verb: one that forgets --data must not mean another panel.
ENV PANELSERVER_DATA=/data

USER $APP_UID
WORKDIR /data
VOLUME /data
EXPOSE 5080

HEALTHCHECK --interval=30s --timeout=6s --start-period=10s --retries=3 CMD ["/app/panelserver", "health"]

ENTRYPOINT ["/app/panelserver"]
CMD ["serve", "--urls", "http://0.0.0.0:5080"]
