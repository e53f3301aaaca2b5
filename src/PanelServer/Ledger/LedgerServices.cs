using FluentValidation;

namespace PanelServer.Ledger;

/// <summary>Registers payments and balances.</summary>
internal static class LedgerServices
{
    public static IServiceCollection AddLedger(this IServiceCollection services) => services
        .AddSingleton<IValidator<Payment>, PaymentValidator>()
        .AddSingleton<MakePayment>()
        .AddSingleton<ReadBalance>();
}
