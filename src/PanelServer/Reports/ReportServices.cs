namespace PanelServer.Reports;

/// <summary>Registers what reports are made of.</summary>
internal static class ReportServices
{
    public static IServiceCollection AddReports(this IServiceCollection services) => services.AddSingleton<FillDailyTotals>();
}
