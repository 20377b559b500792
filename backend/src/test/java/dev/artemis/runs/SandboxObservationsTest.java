package dev.artemis.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.artemis.sandbox.Channel;
import dev.artemis.sandbox.Loss;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.RunRef;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.transaction.CannotCreateTransactionException;

/** What a sandbox tells once, while the database comes and goes. */
class SandboxObservationsTest {

    private static final RunRef RUN = new RunRef(UUID.randomUUID(), UUID.randomUUID(), 1, 1);
    private static final Observation STARTED = new Observation.Started(Instant.parse("2026-11-23T12:00:00Z"));
    private static final Observation HELLO = new Observation.Output(Channel.STDOUT, 0, new byte[] {'h', 'i'});
    private static final Observation END = new Observation.Lost(Loss.NODE_LOST, "gone");

    private final Deque<RuntimeException> faults = new ArrayDeque<>();
    private final List<List<Observation>> written = new ArrayList<>();
    private final List<RunRef> over = new ArrayList<>();
    private final SandboxObservations observations = new SandboxObservations(
            (ref, seen) -> {
                RuntimeException fault = faults.poll();
                if (fault != null) {
                    throw fault;
                }
                written.add(seen);
                return seen.getLast().equals(END) ? ObserveRuns.Effect.OVER : ObserveRuns.Effect.GOES_ON;
            },
            over::add);

    @Test
    void theEndIsToldAgainUntilTheDatabaseTookIt() {
        faults.add(new DataAccessResourceFailureException("no connection"));
        faults.add(new CannotCreateTransactionException("no connection"));

        observations.observe(RUN, END);

        assertThat(written).containsExactly(List.of(END));
        assertThat(over).containsExactly(RUN);
    }

    @ParameterizedTest
    @CsvSource({
        "25006, cannot execute UPDATE in a read-only transaction",
        "25P03, terminating connection due to idle-in-transaction timeout",
        "25P04, terminating connection due to transaction timeout",
        "55P03, canceling statement due to lock timeout"
    })
    void theEndIsToldAgainWhateverTheDatabaseSaysOfItself(String state, String words) {
        faults.add(thrown(new SQLException(words, state)));

        observations.observe(RUN, END);

        assertThat(written).containsExactly(List.of(END));
        assertThat(over).containsExactly(RUN);
    }

    /** A fault that stays would hold up all others. */
    @ParameterizedTest
    @CsvSource({"P0001, raised by a trigger", "XX001, invalid page in block"})
    void whatNobodyHasANameForIsNotToldAgain(String state, String words) {
        faults.add(thrown(new SQLException(words, state)));

        observations.observe(RUN, END);

        assertThat(written).isEmpty();
    }

    /** As a JdbcTemplate throws it. */
    private static DataAccessException thrown(SQLException said) {
        DataAccessException named = new SQLExceptionSubclassTranslator().translate("write", "update runs", said);
        return named != null ? named : new UncategorizedSQLException("write", "update runs", said);
    }

    @Test
    void onceNobodyHoldsOnItIsTriedOnceAndNotAgain() {
        faults.add(new DataAccessResourceFailureException("no connection"));
        faults.add(new DataAccessResourceFailureException("no connection"));
        observations.close();

        assertThatThrownBy(() -> observations.observe(RUN, END)).isInstanceOf(WhileAway.Stopped.class);

        assertThat(faults).hasSize(1);
        assertThat(over).isEmpty();
    }

    @Test
    void whatTheDatabaseRefusesIsNotToldAgain() {
        faults.add(new DataIntegrityViolationException("no"));

        observations.observe(RUN, END);

        assertThat(written).isEmpty();
        assertThat(over).isEmpty();
    }

    @Test
    void ofAShortProgramStartOutputAndEndAreWrittenTogetherAndInOrder() {
        observations.observe(RUN, new Observation.Accepted());
        observations.observe(RUN, STARTED);
        observations.observe(RUN, HELLO);
        assertThat(written).isEmpty();

        observations.observe(RUN, END);

        assertThat(written).singleElement(LIST).satisfies(seen -> {
            assertThat(seen).element(0).isEqualTo(STARTED);
            assertThat(seen).element(1).isInstanceOf(Observation.Output.class);
            assertThat(seen).element(2).isEqualTo(END);
        });
        assertThat(over).containsExactly(RUN);
    }

    @Test
    void theStartOfALongProgramIsWrittenAMomentLaterAndOnce() {
        observations.observe(RUN, STARTED);
        observations.flush();
        observations.flush();
        observations.observe(RUN, END);

        assertThat(written).containsExactly(List.of(STARTED), List.of(END));
    }
}
