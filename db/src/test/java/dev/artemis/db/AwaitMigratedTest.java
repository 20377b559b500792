package dev.artemis.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An instance that leaves the schema to another. */
class AwaitMigratedTest {

    private final Database database = TestDatabase.empty();

    @Test
    void goesOnWhenAnotherHasBroughtTheSchemaUpToDate() throws Exception {
        CompletableFuture<Void> waits = CompletableFuture.runAsync(database::awaitMigrated);
        assertThat(pending()).isPositive();
        assertThat(waits).isNotDone();

        database.migrate();

        waits.get(30, TimeUnit.SECONDS);
        database.awaitMigrated(Duration.ZERO);
    }

    @Test
    void saysWhatIsMissingAndTouchesNothing() {
        int before = pending();

        assertThatThrownBy(() -> database.awaitMigrated(Duration.ZERO))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(before + " migrations are missing")
                .hasMessageContaining("artemis-migration");
        assertThat(pending()).isEqualTo(before);
    }

    @Test
    void saysThatTheDatabaseIsNotThere() {
        DatabaseLogin owner = database.owner();
        Database nowhere = Database.ownedBy(new DatabaseLogin(
                owner.url().replaceFirst("/test\\d+", "/nowhere"), owner.username(), owner.password()));

        assertThatThrownBy(() -> nowhere.awaitMigrated(Duration.ZERO)).hasMessageContaining("nowhere");
    }

    private int pending() {
        return database.flyway().info().pending().length;
    }
}
