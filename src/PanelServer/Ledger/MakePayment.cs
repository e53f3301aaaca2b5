using System.Globalization;
using FluentValidation;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Ledger;
using PanelServer.Subscriptions;

namespace PanelServer.Ledger;

/// <summary>Money that comes from outside or goes there.</summary>
/// <param name="Reseller">Whose balance it changes.</param>
/// <param name="Kind">Deposit or Withdrawal.</param>
/// <param name="Amount">Above zero.</param>
/// <param name="Note">Why, for people.</param>
/// <param name="Reference">Names the payment outside; the same reference is no second payment.</param>
internal sealed record Payment(string Reseller, TransferKind Kind, Money Amount, string Note, string? Reference)
{
    /// <summary>With its texts as they are kept: without the blanks that come along when a text is copied.</summary>
    public Payment Tidied() => this with
    {
        Note = Note.Trim(),
        Reference = Reference is null
            ? null
            : string.Join(' ', Reference.Split([' ', '\t', '\u00A0'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
    };
}

/// <summary>Validates a payment after trimming; stops at the first error.</summary>
internal sealed class PaymentValidator : AbstractValidator<Payment>
{
    public PaymentValidator()
    {
        ClassLevelCascadeMode = CascadeMode.Stop;
        RuleFor(payment => payment.Note)
            .Must(note => WireText.IsLine(note, Limits.TextLength, Joiners.WhereTheyJoin))
            .WithState(payment => new Refusal("incorrect_text.payment_note", Limits.TextLength, HiddenCharacters.Describe(payment.Note, Joiners.WhereTheyJoin)));
        RuleFor(payment => payment.Reference)
            .Must(reference => reference is null || (WireText.IsLine(reference, Limits.TextLength) && FoldedText.Of(reference) is not ""))
            .WithState(payment => new Refusal("incorrect_text.reference", Limits.TextLength, HiddenCharacters.Describe(payment.Reference!)));
    }
}

/// <summary>What a payment came to.</summary>
/// <param name="IsRepeat">The reference was known: nothing moved now.</param>
internal sealed record PaymentMade(int Id, Money Balance, bool IsRepeat);

/// <summary>Deposits and withdrawals: the only way money enters or leaves the panel.</summary>
internal sealed class MakePayment(WriteQueue writes, IValidator<Payment> payments, TimeProvider clock)
{
    public Task<Result<PaymentMade>> RunAsync(ActorContext actor, Payment payment)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var tidied = payment.Tidied();
        return writes.RunAsync(actor, unit => Make(unit, tidied, now, payments));
    }

    /// <summary>Makes a payment inside a unit.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="payment">The payment, tidied.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="payments">Checks what was typed; null where the texts are the program's own.</param>
    public static Result<PaymentMade> Make(UnitOfWork unit, Payment payment, long now, IValidator<Payment>? payments = null)
    {
        var reseller = unit.Db.Resellers.FirstOrDefault(row => row.Name == payment.Reseller);
        if (reseller is null)
        {
            return ResellerRefusal.Unknown(payment.Reseller);
        }

        if (payment.Amount <= Money.Zero)
        {
            return new Refusal("incorrect_amount");
        }

        if (payments?.Refuse(payment) is { } wrong)
        {
            return wrong;
        }

        var (note, reference) = (payment.Note, payment.Reference);
        var key = reference is null ? null : FoldedText.Of(reference);
        if (key is not null && unit.Db.Payments.FirstOrDefault(row => row.ReferenceKey == key) is { } known)
        {
            return known.ResellerId == reseller.Id && known.Kind == payment.Kind && known.Amount == payment.Amount
                ? new PaymentMade(known.Id, unit.Accounts.BalanceOf(reseller.Id), IsRepeat: true)
                : new Refusal(
                    known.ResellerId == reseller.Id ? "reference_conflict" : "reference_conflict.of_another",
                    reference,
                    known.Id,
                    known.Kind,
                    known.Amount);
        }

        var isDeposit = payment.Kind == TransferKind.Deposit;
        if (isDeposit && unit.Accounts.BalanceOf(reseller.Id) + payment.Amount > Money.Max)
        {
            return new Refusal("balance_limit", Money.Max);
        }

        if (!isDeposit && !unit.Accounts.TryDebit(reseller.Id, payment.Amount))
        {
            return new Refusal("not_enough_funds.withdrawal", reseller.Name, unit.Accounts.BalanceOf(reseller.Id), payment.Amount);
        }

        var row = new PaymentRow
        {
            ResellerId = reseller.Id,
            Kind = payment.Kind,
            Amount = payment.Amount,
            Note = note,
            Reference = reference,
            ReferenceKey = key,
            CreatedAt = now,
        };
        unit.Db.Payments.Add(row);
        unit.Save();
        if (isDeposit)
        {
            unit.Accounts.Credit(reseller.Id, payment.Amount);
            unit.Accounts.Book(Transfer.Deposit(row.Id, reseller.Id, payment.Amount, now));
            ResumeSubscriptions.Run(unit, reseller.Id, now);
        }
        else
        {
            unit.Accounts.Book(Transfer.Withdrawal(row.Id, reseller.Id, payment.Amount, now));
        }

        Audit.WriteMoney(
            unit,
            now,
            isDeposit ? "reseller deposit" : "reseller withdraw",
            reseller.Name,
            string.Create(CultureInfo.InvariantCulture, $"payment {row.Id}: {note}{(reference is null ? "" : $", reference {reference}")}"),
            isDeposit ? payment.Amount : -payment.Amount,
            reseller.Id);
        return new PaymentMade(row.Id, unit.Accounts.BalanceOf(reseller.Id), IsRepeat: false);
    }
}
