package dev.artemis.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.access.SignInAttempts.Begun;
import dev.artemis.access.SignInAttempts.What;
import dev.artemis.db.Database;
import dev.artemis.persistence.TenantTransactions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;

/** Two instances over one database: whoever guesses gains nothing by asking another one. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class SignInAttemptsTest {

    private static final AtomicInteger count = new AtomicInteger();
    private static final int MOST = What.PASSWORD.fromOnePlace().most();

    private final SignInAttempts here;
    private final SignInAttempts elsewhere;
    private final Database database;
    private final String account = "guessed-" + count.incrementAndGet() + "@example.org";
    private final String place = "10.77." + count.incrementAndGet() + ".";

    SignInAttemptsTest(SignInAttempts here, JdbcClient jdbc, TenantTransactions transactions, Database database) {
        this.here = here;
        this.elsewhere = new SignInAttempts(jdbc, transactions);
        this.database = database;
    }

    @Test
    void triesOnAllInstancesCountTogether() {
        for (int guess = 0; guess < MOST; guess++) {
            assertThat((guess % 2 == 0 ? here : elsewhere).begin(What.PASSWORD, account, place + 1))
                    .isEqualTo(Begun.COUNTED);
        }

        assertThat(elsewhere.begin(What.PASSWORD, account, place + 1)).isEqualTo(Begun.REFUSED_ANEW);
        assertThat(here.begin(What.PASSWORD, account.toUpperCase(java.util.Locale.ROOT), place + 1))
                .isEqualTo(Begun.REFUSED);
        assertThat(here.begin(What.PASSWORD, account, place + 2))
                .as("from another place")
                .isEqualTo(Begun.COUNTED);
    }

    @Test
    void manyAtOnceAreAsSlowAsOneAfterTheOther() throws Exception {
        List<Callable<Begun>> tries = IntStream.range(0, 40)
                .<Callable<Begun>>mapToObj(
                        each -> () -> (each % 2 == 0 ? here : elsewhere).begin(What.PASSWORD, account, place + 1))
                .toList();
        int counted = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Begun> one : threads.invokeAll(tries)) {
                counted += one.get() == Begun.COUNTED ? 1 : 0;
            }
        }

        assertThat(counted).isEqualTo(MOST);
    }

    @Test
    void theOwnerIsForgivenWhatWasMistyped() {
        for (int time = 0; time < 3; time++) {
            for (int typo = 1; typo < MOST; typo++) {
                assertThat(here.begin(What.PASSWORD, account, place + 1)).isEqualTo(Begun.COUNTED);
            }
            assertThat(here.begin(What.PASSWORD, account, place + 1)).isEqualTo(Begun.COUNTED);
            here.succeeded(What.PASSWORD, account, place + 1);
        }
    }

    @Test
    void guessingFromManyPlacesDoesNotLockTheOwnerOutOfTheirs() {
        assertThat(here.begin(What.PASSWORD, account, place + 1)).isEqualTo(Begun.COUNTED);
        here.succeeded(What.PASSWORD, account, place + 1);
        int strangers = What.PASSWORD.byStrangers().most();
        for (int stranger = 0; stranger < strangers; stranger++) {
            assertThat(here.begin(What.PASSWORD, account, place + (100 + stranger)))
                    .isEqualTo(Begun.COUNTED);
        }

        assertThat(elsewhere.begin(What.PASSWORD, account, place + 99)).isEqualTo(Begun.REFUSED_ANEW);
        assertThat(elsewhere.begin(What.PASSWORD, account, place + 1)).isEqualTo(Begun.COUNTED);
    }

    @Test
    void oneAddressIsSlowedDownOverAllAccountsAndANetworkOfVersion6IsOne() {
        String network = "2001:db8:" + Integer.toHexString(count.incrementAndGet()) + "::";
        int most = SignInAttempts.BY_ADDRESS.most();
        for (int guess = 0; guess < most; guess++) {
            assertThat(here.begin(What.PASSWORD, guess + account, network + Integer.toHexString(guess) + ":1"))
                    .isEqualTo(Begun.COUNTED);
        }

        assertThat(here.begin(What.PASSWORD, "one more " + account, network + "ffff"))
                .isEqualTo(Begun.REFUSED_ANEW);
    }

    @Test
    void whoGuessesFromTheOwnersOwnAddressAtOthersDoesNotLockThemOut() {
        assertThat(here.begin(What.PASSWORD, account, place + 1)).isEqualTo(Begun.COUNTED);
        here.succeeded(What.PASSWORD, account, place + 1);
        for (int guess = 0; guess < SignInAttempts.BY_ADDRESS.most(); guess++) {
            assertThat(here.begin(What.PASSWORD, guess + account, place + 1)).isEqualTo(Begun.COUNTED);
        }

        assertThat(here.begin(What.PASSWORD, "one more " + account, place + 1)).isEqualTo(Begun.REFUSED_ANEW);
        assertThat(here.begin(What.PASSWORD, account, place + 1)).isEqualTo(Begun.COUNTED);
    }

    @Test
    void codesAreGuessedFarLessOftenThanPasswords() {
        Duration day = Duration.ofDays(1);
        double guesses = day.dividedBy(What.CODE.byStrangers().share());

        assertThat(guesses * 3 / 1_000_000).isLessThan(0.001);
    }

    @Test
    void oneMoreMayBeMadeAfterAShareOfTheTimeAndWhatIsPastIsForgotten() throws SQLException {
        for (int guess = 0; guess < MOST; guess++) {
            here.begin(What.PASSWORD, account, place + 1);
        }
        assertThat(here.begin(What.PASSWORD, account, place + 1)).isEqualTo(Begun.REFUSED_ANEW);

        asOwner("update artemis.guesses set spent_until = spent_until - interval '1 minute'");

        assertThat(here.begin(What.PASSWORD, account, place + 1)).isEqualTo(Begun.COUNTED);
        assertThat(here.begin(What.PASSWORD, account, place + 1)).isEqualTo(Begun.REFUSED_ANEW);
        asOwner("update artemis.guesses set spent_until = spent_until - interval '2 hours'");
        here.forgetWhatIsPast();
        assertThat(asOwner("select from artemis.guesses")).isZero();
    }

    private int asOwner(String sql) throws SQLException {
        var owner = database.owner();
        try (var connection = DriverManager.getConnection(owner.url(), owner.username(), owner.password());
                var statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return statement.getUpdateCount();
            }
            int rows = 0;
            while (statement.getResultSet().next()) {
                rows++;
            }
            return rows;
        }
    }
}
