package dev.artemis.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.projects.Projects;
import dev.artemis.sandbox.Failure;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.RunRef;
import dev.artemis.shared.Caller;
import dev.artemis.shared.RunId;
import dev.artemis.tenants.Tenants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;

/** A run whose sandbox refuses it, or has no room for it. */
@WorkerOnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class WhyNotStartedTest {

    private static final String WORDS = "ErrImagePull: nothing of the name example.org/sandbox:9 is there";

    private final SandboxInMemory sandbox;
    private final AdmissionLoop loop;
    private final AdmitRuns admitRuns;
    private final Worker worker;
    private final Runs runs;
    private final RunRepairs repairs;
    private final Caller.ForProject developer;

    WhyNotStartedTest(
            SandboxInMemory sandbox,
            AdmissionLoop loop,
            AdmitRuns admitRuns,
            Worker worker,
            Runs runs,
            RunRepairs repairs,
            Tenants tenants,
            Projects projects) {
        this.sandbox = sandbox;
        this.loop = loop;
        this.admitRuns = admitRuns;
        this.worker = worker;
        this.runs = runs;
        this.repairs = repairs;
        this.developer = new RunsFixture(tenants, projects).aDeveloper();
    }

    @Test
    void theSandboxesWordsAreForTheOperatorAndTheTeamIsToldInOurs() {
        RunId run = RunsFixture.submitted(runs, developer);

        sandbox.tell(sandbox.given(run), new Observation.Failed(Failure.SPEC_REFUSED, WORDS));

        RunSummary lost = runs.summary(developer, run);
        assertThat(lost.status()).isEqualTo(RunStatus.LOST);
        assertThat(lost.reason()).isEqualTo(Failure.SPEC_REFUSED.words());
        assertThat(lastMove(run).detail()).isEqualTo("SPEC_REFUSED");
        assertThat(lastMove(run).words()).isNull();
        assertThat(lastMove(run).reason()).isEqualTo(lost.reason());
        assertThat(repairs.lost(Duration.ofHours(1)).count()).isPositive();
        assertThat(repairs.lost(Duration.ofHours(1)).why()).isEqualTo(WORDS);
    }

    @Test
    void theTeamIsToldWhatIsOfTheRunItself() {
        RunId run = RunsFixture.submitted(runs, developer);

        sandbox.tell(sandbox.given(run), Observation.Failed.ofTheRun(Failure.SPEC_REFUSED, "file a/b: it is a folder"));

        assertThat(runs.summary(developer, run).reason())
                .isEqualTo("no sandbox here can run it as it is (file a/b: it is a folder)");
    }

    @Test
    void longWordsAreCutAndMadeOneLine() {
        RunId run = RunsFixture.submitted(runs, developer);

        sandbox.tell(sandbox.given(run), Observation.Failed.ofTheRun(Failure.SPEC_REFUSED, "a\n\0b" + "😀".repeat(2_000)));

        String words = Objects.requireNonNull(lastMove(run).words());
        assertThat(words).startsWith("a b😀").endsWith("😀…");
        assertThat(words.codePointCount(0, words.length())).isEqualTo(500);
        assertThat(repairs.lost(Duration.ofHours(1)).why()).isEqualTo(words);
    }

    @Test
    void whileThereIsNoRoomForATeamItsNextRunsAreNotTakenAllTheSame() {
        loop.stop();
        List<RunId> all = new ArrayList<>();
        try {
            all.add(RunsFixture.submitted(runs, developer));
            List<RunRef> first = admitRuns.admit(worker.id(), "local", 1).runs();
            worker.begin(first);
            sandbox.tell(sandbox.given(all.getFirst()), new Observation.Failed(Failure.NO_CAPACITY, "exceeded quota"));
            assertThat(runs.summary(developer, all.getFirst()).reason())
                    .isEqualTo(Failure.NO_CAPACITY.words())
                    .doesNotContain("quota");
            for (int more = 0; more < 3; more++) {
                all.add(RunsFixture.submitted(runs, developer));
            }

            assertThat(admitRuns.admit(worker.id(), "local", 3).runs()).hasSizeLessThan(2);
        } finally {
            all.forEach(run -> runs.cancel(developer, run));
            loop.start();
        }
    }

    private RunNews.Moved lastMove(RunId run) {
        return (RunNews.Moved) runs.newsAfter(developer, run, 0).getLast();
    }
}
