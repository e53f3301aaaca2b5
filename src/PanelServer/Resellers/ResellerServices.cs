using FluentValidation;

namespace PanelServer.Resellers;

/// <summary>Registers resellers and their keys.</summary>
internal static class ResellerServices
{
    public static IServiceCollection AddResellers(this IServiceCollection services) => services
        .AddSingleton<CallerCache>()
        .AddSingleton<IValidator<NewReseller>, NewResellerValidator>()
        .AddSingleton<ManageResellers>();
}
