using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using PanelServer.Data.Entities;
using PanelServer.Domain;

namespace PanelServer.Data;

/// <summary>
/// The schema of Data/Schema as EF Core sees it, for everything that is not hot. It maps, it does not migrate; a test
/// compares what this model would create with what the scripts create.
/// </summary>
internal sealed partial class PanelDb : DbContext
{
    public PanelDb(DbContextOptions<PanelDb> options)
        : base(options)
    {
        ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        ChangeTracker.AutoDetectChangesEnabled = false;

        // A unit's transaction belongs to the WriteQueue.
        Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
        Database.AutoSavepointsEnabled = false;
    }

    /// <summary>
    /// Tables that were named before their nouns got the field's terms. Names of tables and columns stay, since older folders
    /// and other people's tools read them; every other table is named as its set is here.
    /// </summary>
    private static readonly Dictionary<Type, string> OlderTableNames = new()
    {
        [typeof(SubmissionRow)] = "sendings",
        [typeof(IdempotencyKeyRow)] = "retry_keys",
        [typeof(UnclearRefusalRow)] = "strange_refusals",
    };

    public DbSet<PanelRow> Panel => Set<PanelRow>();
    public DbSet<ResellerRow> Resellers => Set<ResellerRow>();
    public DbSet<AccountRow> Accounts => Set<AccountRow>();
    public DbSet<ApiKeyRow> ApiKeys => Set<ApiKeyRow>();
    public DbSet<ServiceRow> Services => Set<ServiceRow>();
    public DbSet<ResellerRateRow> ResellerRates => Set<ResellerRateRow>();
    public DbSet<OrderRow> Orders => Set<OrderRow>();
    public DbSet<ResellerOrderRow> ResellerOrders => Set<ResellerOrderRow>();
    public DbSet<SubscriptionRow> Subscriptions => Set<SubscriptionRow>();
    public DbSet<OrderMoveRow> OrderMoves => Set<OrderMoveRow>();
    public DbSet<RunningLinkRow> RunningLinks => Set<RunningLinkRow>();
    public DbSet<RefillRow> Refills => Set<RefillRow>();
    public DbSet<CancelRow> Cancels => Set<CancelRow>();
    public DbSet<PaymentRow> Payments => Set<PaymentRow>();
    public DbSet<TransferRow> Transfers => Set<TransferRow>();
    public DbSet<IdempotencyKeyRow> IdempotencyKeys => Set<IdempotencyKeyRow>();
    public DbSet<AuditRow> Audit => Set<AuditRow>();
    public DbSet<ScheduledWorkRow> Due => Set<ScheduledWorkRow>();
    public DbSet<PostRow> Posts => Set<PostRow>();
    public DbSet<ReviewRow> Reviews => Set<ReviewRow>();
    public DbSet<LinkBlockRow> LinkBlocks => Set<LinkBlockRow>();
    public DbSet<LinkHoldRow> LinkHolds => Set<LinkHoldRow>();
    public DbSet<FaultRow> Faults => Set<FaultRow>();
    public DbSet<ProviderRow> Providers => Set<ProviderRow>();
    public DbSet<ProviderBalanceRow> ProviderBalances => Set<ProviderBalanceRow>();
    public DbSet<RouteRow> Routes => Set<RouteRow>();
    public DbSet<MarkupRow> Markups => Set<MarkupRow>();
    public DbSet<AlertOrderRow> AlertOrders => Set<AlertOrderRow>();
    public DbSet<SubmissionRow> Submissions => Set<SubmissionRow>();
    public DbSet<AlertRow> Alerts => Set<AlertRow>();
    public DbSet<ProviderWordRow> ProviderWords => Set<ProviderWordRow>();
    public DbSet<SalesJournalRow> SalesJournal => Set<SalesJournalRow>();
    public DbSet<DailyTotalRow> DailyTotals => Set<DailyTotalRow>();
    public DbSet<UnclearRefusalRow> UnclearRefusals => Set<UnclearRefusalRow>();

    /// <summary>
    /// A reseller's orders: those that the side index knows, and the newer ones, in one statement and so of one moment. In
    /// the order of their ids a page of them is found without a look at others' orders (docs/decisions/0017).
    /// </summary>
    public IQueryable<OrderRow> OrdersOf(int reseller) => PanelDatabase.OrdersOf(this, reseller);

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<Money>().HaveConversion<MoneyAsUnits>();
        conventions.Properties<Rate>().HaveConversion<RateAsUnits>();
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<ResellerRateRow>().HasKey(row => new { row.ResellerId, row.ServiceId });
        model.Entity<ResellerOrderRow>().HasKey(row => new { row.ResellerId, row.OrderId });
        model.Entity<SubscriptionRow>().HasKey(row => row.OrderId);
        model.Entity<OrderMoveRow>().HasKey(row => new { row.OrderId, row.Version });
        model.Entity<RunningLinkRow>().HasKey(row => new { row.ResellerId, row.ServiceId, row.Link, row.OrderId });
        model.Entity<LinkHoldRow>().HasKey(row => row.OrderId);
        model.Entity<TransferRow>().HasKey(row => new { row.Subject, row.Kind, row.Version });
        model.Entity<IdempotencyKeyRow>().HasKey(row => new { row.ResellerId, row.Key });
        model.Entity<ScheduledWorkRow>().HasKey(row => new { row.Kind, row.Subject });
        model.Entity<ProviderBalanceRow>().HasKey(row => new { row.ProviderId, row.At });
        model.Entity<ProviderWordRow>().HasKey(row => new { row.ProviderId, row.Word });
        model.Entity<UnclearRefusalRow>().HasKey(row => new { row.ProviderId, row.Kind, row.OrderId });
        model.Entity<DailyTotalRow>().HasKey(row => new { row.Day, row.ServiceId, row.ResellerId, row.ProviderId });
        model.Entity<AlertOrderRow>().HasKey(row => new { row.AlertId, row.OrderId });
        model.Entity<OrderRow>().Ignore(row => row.Kind);
        model.Entity<RouteRow>().Ignore(row => row.Lock);

        foreach (var entity in model.Model.GetEntityTypes())
        {
            var set = typeof(PanelDb).GetProperties().Single(property =>
                property.PropertyType.IsGenericType && property.PropertyType.GenericTypeArguments[0] == entity.ClrType);
            entity.SetTableName(OlderTableNames.GetValueOrDefault(entity.ClrType) ?? SnakeCase(set.Name));
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(SnakeCase(property.Name));
            }
        }

        // These ids are given, not counted by the engine.
        model.Entity<PanelRow>().Property(row => row.Id).ValueGeneratedNever();
        model.Entity<AccountRow>().Property(row => row.Id).ValueGeneratedNever();
        model.Entity<ServiceRow>().Property(row => row.Id).ValueGeneratedNever();
        model.Entity<OrderRow>().Property(row => row.Id).ValueGeneratedNever();
        model.Entity<RefillRow>().Property(row => row.Id).ValueGeneratedNever();
        model.Entity<SubscriptionRow>().Property(row => row.OrderId).ValueGeneratedNever();
        model.Entity<LinkHoldRow>().Property(row => row.OrderId).ValueGeneratedNever();
    }

    private static string SnakeCase(string name) => Capitals().Replace(name, "_$0").ToLowerInvariant();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Capitals();

    private sealed class MoneyAsUnits() : ValueConverter<Money, long>(money => money.Units, units => new(units));

    private sealed class RateAsUnits() : ValueConverter<Rate, long>(rate => rate.Units, units => new(units));
}
