package dev.artemis.access;

import dev.artemis.persistence.TenantTransactions;
import java.time.Duration;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Slows guessing down, counted by the database for all instances on its clock. Tries are counted by account and address
 * together, by address alone, and by account over all addresses; the last holds for strangers only, so that whoever guesses
 * from many places does not lock the owner out, who signed in from theirs before. A try counts before it is looked at: many
 * at once are as slow as one after the other. See ADR-0026.
 */
@Component
class SignInAttempts {

    /** Tries from one address, over all accounts. */
    static final Bound BY_ADDRESS = new Bound(50, Duration.ofMinutes(5));

    private static final int FORGOTTEN_AT_ONCE = 10_000;

    private final JdbcClient jdbc;
    private final TenantTransactions transactions;

    SignInAttempts(JdbcClient jdbc, TenantTransactions transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** So many in that time, all of them at once if need be; then one more each time a share of it has passed. */
    record Bound(int most, Duration in) {

        Duration share() {
            return in.dividedBy(most);
        }
    }

    /** What is tried. */
    enum What {
        PASSWORD(new Bound(5, Duration.ofMinutes(5)), new Bound(50, Duration.ofMinutes(5))),
        /** Six digits, of which three are good at a time, by somebody who has the password: a day's guesses find one in a thousand. */
        CODE(new Bound(5, Duration.ofMinutes(5)), new Bound(10, Duration.ofHours(1))),
        /** A device's signature, which nobody guesses: counted by place alone, so that nobody fills the audit log. */
        PASSKEY(new Bound(20, Duration.ofMinutes(5)), new Bound(20, Duration.ofMinutes(5))),
        /** A letter with a new way in. */
        LINK(new Bound(5, Duration.ofMinutes(5)), new Bound(10, Duration.ofHours(1)));

        private final Bound fromOnePlace;
        private final Bound byStrangers;

        What(Bound fromOnePlace, Bound byStrangers) {
            this.fromOnePlace = fromOnePlace;
            this.byStrangers = byStrangers;
        }

        /** For one account from one address. */
        Bound fromOnePlace() {
            return fromOnePlace;
        }

        /** For one account, over all addresses from which it was never opened. */
        Bound byStrangers() {
            return byStrangers;
        }
    }

    /** Whether it may be tried. */
    enum Begun {
        COUNTED,
        REFUSED,
        /** The first refusal after something was let through. */
        REFUSED_ANEW
    }

    /** Counts one try, if it may be made now. */
    Begun begin(What what, String account, String address) {
        Bound pair = what.fromOnePlace();
        Bound strangers = what.byStrangers();
        return transactions.acrossTenants(() -> jdbc.sql("""
                        select door.count_guess(
                          :address, :address_most, make_interval(secs => :address_time),
                          :pair, :pair_most, make_interval(secs => :pair_time),
                          :account, :account_most, make_interval(secs => :account_time))""")
                .param("address", address(address))
                .param("address_most", BY_ADDRESS.most())
                .param("address_time", BY_ADDRESS.in().toSeconds())
                .param("pair", pair(what, account, address))
                .param("pair_most", pair.most())
                .param("pair_time", pair.in().toSeconds())
                .param("account", account(what, account))
                .param("account_most", strangers.most())
                .param("account_time", strangers.in().toSeconds())
                .query((row, number) -> Begun.valueOf(row.getString(1)))
                .single());
    }

    /** The owner is here: what was mistyped before is forgiven, and they may come from this place. */
    void succeeded(What what, String account, String address) {
        transactions.acrossTenants(() -> jdbc.sql("""
                        select 1 from door.was_no_guess(
                          :address, make_interval(secs => :address_share), :pair,
                          :account, make_interval(secs => :account_share))""")
                .param("address", address(address))
                .param("address_share", BY_ADDRESS.share().toSeconds())
                .param("pair", pair(what, account, address))
                .param("account", account(what, account))
                .param("account_share", what.byStrangers().share().toSeconds())
                .query(Integer.class)
                .single());
    }

    @Scheduled(fixedDelayString = "10m", initialDelayString = "3m")
    void forgetWhatIsPast() {
        transactions.acrossTenants(() -> jdbc.sql("select door.forget_guesses(:most)")
                .param("most", FORGOTTEN_AT_ONCE)
                .query(Integer.class)
                .single());
    }

    private static byte[] address(String address) {
        return counted("address", VisitorNetwork.of(address));
    }

    private static byte[] pair(What what, String account, String address) {
        return counted("pair " + what, lower(account) + "\n" + VisitorNetwork.of(address));
    }

    private static byte[] account(What what, String account) {
        return counted("account " + what, lower(account));
    }

    private static String lower(String account) {
        return account.strip().toLowerCase(Locale.ROOT);
    }

    /** A hash: of one size, whatever was typed, and nobody's address. */
    private static byte[] counted(String kind, String what) {
        return KeyText.hash(kind + "\n" + what);
    }
}
