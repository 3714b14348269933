using AutoMapper;
using Crm.Api.Authentication;
using Crm.Api.Connections;
using Crm.Api.Telegram;
using Crm.Api.TelegramAuth;
using Crm.Api.TelegramHandler;
using Crm.Api.TelegramLoad;
using Crm.Api.TelegramPreauth;
using Crm.Api.TokenRefresh;
using Crm.Application.GetConnection;
using Crm.Application.Ports.Telegram;
using Crm.Application.TelegramAuth;
using Crm.Application.TelegramHandler;
using Crm.Application.TelegramLoad;
using Crm.Application.TelegramPreauth;

namespace Crm.Api.Mapping;

/// <summary>The answers whose members match the results' by name. Sources are plain classes: records don't work as such here.</summary>
internal sealed class ResponseProfile : Profile
{
    public ResponseProfile()
    {
        CreateMap<TelegramUser, TelegramUserResponse>();
        CreateMap<IssuedTokens, TokenRefreshResponse>();
        CreateMap<DialogSummary, DialogResponse>();
        CreateMap<ConnectionState, ConnectionResponse>()
            .ForMember(response => response.Telegram, map => map.MapFrom(state => Reach(state.IsReachable)));
        CreateMap<ListeningState, ListeningResponse>();
        CreateMap<TelegramAuthResult, TelegramAuthResponse>();
        CreateMap<TelegramPreauthResult, TelegramPreauthResponse>()
            .ForMember(response => response.Session, map => map.MapFrom(result => result.SessionFound ? "found" : "created"));
    }

    private static string? Reach(bool? isReachable) => isReachable switch { null => null, true => "reachable", false => "away" };

    public static IMapper CreateMapper() =>
        new MapperConfiguration(configuration => configuration.AddProfile<ResponseProfile>()).CreateMapper();
}
