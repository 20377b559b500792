package dev.artemis.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.sandbox.Loss;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.RunRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.CannotCreateTransactionException;

/** What a sandbox tells once, while the database comes and goes. */
class SandboxObservationsTest {

    private static final RunRef RUN = new RunRef(UUID.randomUUID(), UUID.randomUUID(), 1, 1);
    private static final Observation END = new Observation.Lost(Loss.NODE_LOST, "gone");

    private final Deque<RuntimeException> faults = new ArrayDeque<>();
    private final List<Observation> written = new ArrayList<>();
    private final List<RunRef> over = new ArrayList<>();
    private final SandboxObservations observations = new SandboxObservations(
            (ref, output, observation) -> {
                RuntimeException fault = faults.poll();
                if (fault != null) {
                    throw fault;
                }
                if (observation != null) {
                    written.add(observation);
                }
                return ObserveRuns.Effect.OVER;
            },
            over::add);

    @Test
    void theEndIsToldAgainUntilTheDatabaseTookIt() {
        faults.add(new DataAccessResourceFailureException("no connection"));
        faults.add(new CannotCreateTransactionException("no connection"));

        observations.observe(RUN, END);

        assertThat(written).containsExactly(END);
        assertThat(over).containsExactly(RUN);
    }

    @Test
    void whatTheDatabaseRefusesIsNotToldAgain() {
        faults.add(new DataIntegrityViolationException("no"));

        observations.observe(RUN, END);

        assertThat(written).isEmpty();
        assertThat(over).isEmpty();
    }
}
