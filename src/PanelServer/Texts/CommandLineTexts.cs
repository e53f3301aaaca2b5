using System.Collections.Frozen;
using PanelServer.Domain;

namespace PanelServer.Texts;

/// <summary>What the command line says in other words than pages do: it names verbs and options.</summary>
internal static class CommandLineTexts
{
    /// <summary>By code; what a text names stands as <c>{0}</c>.</summary>
    public static readonly FrozenDictionary<string, string> Table = new Dictionary<string, string>
    {
        ["unknown_reseller"] = "there is no reseller {0}; see `panelserver reseller list`",
        ["short_prefix"] = "'{0}' is too short: give at least {1} characters of the key; `panelserver key list` shows them",
        ["unknown_key"] = "no key in use begins with {0}; see `panelserver key list`",
        ["incorrect_text.payment_note"] = "--note is one line of 1 to {0} characters{1}",
        ["incorrect_text.reference"] = "--reference is one line of 1 to {0} characters that can be seen{1}",
        ["unknown_service"] = "there is no service {0}; see `panelserver service list`",
        ["id_taken.service"] = "service id {0} is taken; --renumber gives such services new ids",
        ["incorrect_import.undecodable"] = "{0} is not {1} in {2}; nothing was imported. Say what it is by --encoding, as {3} or {4}, or save it as UTF-8",
        ["illegal_move.correct_remains"] = "order {0} is {1}, remains {2}: it cannot be corrected to {3}; say by --remains what else is undelivered",
        ["sending_unknown"] = "a provider may have order {0}: see `panelserver review show {0}`, then link, resend or refund it by `panelserver review`",
        ["with_provider"] = "provider {1} has order {0} in hand, and may go on delivering it: left out; --with-provider moves it all the same",
        ["with_provider.known_as"] = "provider {1} has order {0} in hand as {2}, and may go on delivering it: left out; --with-provider moves it all the same",
        ["with_provider.runs"] = "a provider has order {0} in hand, and may go on delivering it: left out; --with-provider moves it all the same",
        ["has_children"] = "order {0} is worked off by its children, which are listed by order show {0}: move those, or cancel it whole",
        ["banned_link"] = "{0} is banned by {1}; `panelserver link free` lifts that",
        ["unknown_link_block"] = "{0} is neither banned nor held; see `panelserver link list`",
        ["order_held"] = "order {0} is held because of its link; `panelserver link free --order {0}` lets it go on",
        ["unknown_provider"] = "there is no provider {0}; see `panelserver provider list`",
        ["name_taken.provider"] = "there is a provider {0} already; `panelserver provider edit {0}` changes it",
        ["incorrect_provider.two_keys"] = "give --key or --key-file, not both",
        ["incorrect_provider.url_and_key"] = "a provider needs --url and --key",
        ["incorrect_provider.url"] = "--url {0} is not an http or https address without a user name and #, such as https://panel.example/api/v2",
        ["incorrect_provider.key"] = "--key is 1 to {0} printable characters without blanks",
        ["incorrect_provider.exchange"] = "--exchange {0} is no rate: what one unit of the provider's currency is in the panel's, such as 0.027",
        ["incorrect_provider.low_balance"] = "--low-balance {0} is no amount, such as 50",
        ["incorrect_provider.concurrency"] = "--concurrency {0} is not 1 to {1}",
        ["incorrect_provider.per_second"] = "--per-second {0} is not 1 to {1}",
        ["provider_unanswered.added"] = "{0} does not answer to action=balance: {1}; nothing was added (--no-check adds it all the same)",
        ["provider_unanswered.no_route"] = "{0}; no route was made (--no-check makes it all the same)",
        ["key_lost"] = "the key of provider {0} cannot be opened by the ring in the data folder's keys; put the ring back, or give the key again: panelserver provider edit {0} --key-file FILE",
        ["no_exchange"] = "{0} counts in {1} and this panel in {2}: say what one {1} is in {2} with provider edit {0} --exchange RATE",
        ["no_word"] = "nothing is said of \"{0}\" of {1}; see `panelserver provider word {1}`",
        ["no_alert"] = "there is no open alert {0}; see `panelserver alert list`",
        ["unknown_route"] = "there is no route {0}; see `panelserver route list`",
        ["no_route"] = "service {0} has no route in use; panelserver route add {0} PROVIDER THEIR-SERVICE makes one",
        ["incorrect_route.not_listed"] = "provider {0} lists no service {1}; see `panelserver provider services {0}`",
        ["incorrect_route.below_cost"] = "route {0} costs {1} and is sold for {2}: raise the price by panelserver service edit {3} --rate RATE, or use it all the same by panelserver route edit {0} --at-a-loss",
        ["incorrect_route.priority"] = "--priority is 1 to {0}, and the lowest is tried first",
        ["incorrect_route.multiplier"] = "--multiplier {0} is no factor: 1 to 1000, at most four decimals",
        ["incorrect_route.extra"] = "--extra {0} is not NAME=VALUE with a field that an order may have besides service, link and quantity",
        ["changed"] = "order {0} was sent again meanwhile; see `panelserver review show {0}`",
        ["nothing_unknown"] = "nothing about order {0} is unknown at a provider; `panelserver review close {0}` closes a review of another kind",
        ["nothing_to_refund"] = "refill {0} cost nothing: end it by `panelserver refill reject {0}`",
        ["nothing_chosen"] = "no service of {0} is chosen; see `panelserver provider services {0}`",
        ["unfit_service.no_type"] = "it names no type; --type gives one, such as --type Default",
        ["unfit_service.category"] = "its category is no line of text; --into gives one",
        ["unbelieved_catalogue.empty"] = "the catalogue of {0} is empty: it is not believed, and nothing was changed; --accept-removals believes it",
        ["unbelieved_catalogue.unusable"] = "no row of {0}'s catalogue can be used: {1}: it is not believed, and nothing was changed; --accept-removals believes it",
        ["unbelieved_catalogue.missing"] = "{0} of our {1} services of {2} are missing in its catalogue: it is not believed, and nothing was changed; --accept-removals believes it",
        ["unbelieved_catalogue.shrunk"] = "the catalogue of {0} has {1} services and had {2} before: nothing is locked by it; `panelserver provider sync {0}` believes it",
        ["too_many_faults"] = "{0} faults wait already; remove them by DELETE /sandbox/faults",
        ["review.aside"] = "provider {0} does not take it, again and again: {1}; it is put aside so that others go on: `panelserver order forward {2}` sends it again, `order cancel {2}` pays it back",
        ["alert.currency"] = "it counts in {0} now, and in {1} before: its balance is not taken and nothing is sent to it; provider edit {2} --exchange RATE goes on with {0}",
        ["alert.word"] = "it says {0} of an order, which is no state that is known; say what it means by `panelserver provider word {1} WORD=STATE`",
        ["alert.word_refill"] = "it says {0} of a refill, which is no state that is known; say what it means by `panelserver provider word {1} WORD=STATE`",
        ["alert.key"] = "it does not accept our key or account, so nothing is sent; give the right key by `panelserver provider edit`: {0}",
        ["alert.strange"] = "it refuses order after order in words that nobody knows, so nothing is sent, and one order tries it every 15 minutes: {0}; {1} orders: {2}{3}; say what it means by `panelserver provider word {4} \"WORDS\"=MEANING`",
        ["alert.faults"] = "it tells of faults over there, order after order, so nothing is sent, and one order tries it every 15 minutes: {0}; {1} orders: {2}{3}; say what it means by `panelserver provider word {4} \"WORDS\"=MEANING`",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A phrase in words.</summary>
    public static string Of(Phrase phrase) => Wording.Of(phrase, TextOf);

    /// <summary>The text of a code.</summary>
    public static string TextOf(string code) => Table.GetValueOrDefault(code) ?? EnglishTexts.TextOf(code);
}
