package dev.artemis.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.configuration.Finding.Verdict;
import dev.artemis.configuration.ServerRole;
import dev.artemis.db.DatabaseLogin;
import dev.artemis.db.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionsTest {

    @ParameterizedTest
    @CsvSource({
        "97, 0, 8, 2, PASS",
        "97, 87, 8, 2, PASS",
        "97, 88, 8, 2, WARN",
        // enough to start with: what others give back this one takes
        "97, 93, 8, 2, WARN",
        "97, 94, 8, 2, FAIL",
        "97, 97, 8, 2, FAIL",
        "97, 0, 96, 2, FAIL",
    })
    void anInstanceIsRefusedOnlyWhereItCouldDoNothing(int most, int others, int pool, int beside, Verdict verdict) {
        assertThat(new Connections(most, others, pool, beside).finding().verdict())
                .isEqualTo(verdict);
    }

    @Test
    void onlyWherePagesAreASecondOneListens() {
        assertThat(Connections.besideThePool(Set.of(ServerRole.API, ServerRole.WORKER)))
                .isEqualTo(1);
        assertThat(Connections.besideThePool(Set.of(ServerRole.UI))).isEqualTo(2);
    }

    /** An owner who is no superuser is not shown what others do; it counts them all the same, and not itself. */
    @Test
    void whoMayNotLookAtOthersCountsThem() throws SQLException {
        DatabaseLogin superuser = TestDatabase.fresh().owner();
        try (Connection one = DriverManager.getConnection(superuser.url(), superuser.username(), superuser.password());
                var statement = one.createStatement()) {
            statement.execute("drop role if exists sees_nobody");
            statement.execute("create role sees_nobody login password 'sees-nobody-else'");
            try (Connection asks = DriverManager.getConnection(superuser.url(), "sees_nobody", "sees-nobody-else")) {
                assertThat(Connections.at(asks, 8, 1).others()).isGreaterThanOrEqualTo(1);
                assertThat(Connections.at(asks, 8, 1).most()).isGreaterThan(90);
            }
            statement.execute("drop role sees_nobody");
        }
    }

    @Test
    void aQuietInstanceKeepsTwo() {
        var settings = new DatabaseSettings("embedded", Path.of("home"), 20, true);

        try (var pool = new PersistenceConfiguration().dataSource(TestDatabase.fresh(), settings)) {
            assertThat(pool.getMinimumIdle()).isEqualTo(2);
            assertThat(pool.getIdleTimeout()).isEqualTo(60_000);
            assertThat(pool.getMaximumPoolSize()).isEqualTo(20);
        }
    }
}
