# syntax=docker/dockerfile:1

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source

# What packages are restored from changes seldom: it has a layer of its own.
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig BannedSymbols.txt ./
COPY src/Crm.Domain/Crm.Domain.csproj src/Crm.Domain/
COPY src/Crm.Application/Crm.Application.csproj src/Crm.Application/
COPY src/Crm.Infrastructure/Crm.Infrastructure.csproj src/Crm.Infrastructure/
COPY src/Crm.Api/Crm.Api.csproj src/Crm.Api/
COPY src/Telegram.Tl/Telegram.Tl.csproj src/Telegram.Tl/
COPY src/Telegram.Tl.Generator/Telegram.Tl.Generator.csproj src/Telegram.Tl.Generator/
COPY src/Telegram.Mtproto/Telegram.Mtproto.csproj src/Telegram.Mtproto/
COPY src/Telegram.Client/Telegram.Client.csproj src/Telegram.Client/
COPY src/Telegram.Sandbox/Telegram.Sandbox.csproj src/Telegram.Sandbox/
RUN dotnet restore src/Crm.Api/Crm.Api.csproj

COPY src/ src/
RUN dotnet publish src/Crm.Api/Crm.Api.csproj --no-restore -c Release -o /app

# The volume takes its owner from here.
RUN mkdir /data && chmod 700 /data

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
COPY --from=build --chown=$APP_UID:$APP_UID /data /data

# Nothing is written outside /data and /tmp: the container may run with a read-only root file system.
ENV ASPNETCORE_URLS=http://+:8080 \
    ASPNETCORE_HTTP_PORTS= \
    DOTNET_EnableDiagnostics=0 \
    Data__Directory=/data
VOLUME /data
EXPOSE 8080
USER $APP_UID
HEALTHCHECK --interval=10s --timeout=6s --start-period=30s --retries=3 CMD ["dotnet", "Crm.Api.dll", "healthcheck"]
ENTRYPOINT ["dotnet", "Crm.Api.dll"]
