package dev.artemis.ui.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.runs.OutputSize;
import dev.artemis.runs.RunNews;
import dev.artemis.runs.RunStatus;
import dev.artemis.runs.RunSummary;
import dev.artemis.runs.WaitingFor;
import dev.artemis.sandbox.Channel;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.RunId;
import dev.artemis.ui.parts.OutputView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

/** A database that does not answer for a while, and a run of which there is no news. */
class FollowRunTest {

    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final OutputSize NOTHING = new OutputSize(new OutputSize.Stream(0, 0), new OutputSize.Stream(0, 0));

    private final BlockingQueue<RunUpdate> shown = new LinkedBlockingQueue<>();
    private final List<OutputView.Piece> pieces = new CopyOnWriteArrayList<>();

    @Test
    void goesOnFromTheLastNewsWhenTheDatabaseAnswersAgain() throws InterruptedException {
        List<Long> asked = new CopyOnWriteArrayList<>();
        FollowRun.Following news = (after, told, quiet) -> {
            asked.add(after);
            switch (asked.size()) {
                case 1 -> {
                    told.accept(moved(1, RunStatus.RUNNING));
                    throw away();
                }
                case 2 -> throw away();
                default -> told.accept(moved(2, RunStatus.SUCCEEDED));
            }
        };

        List<RunStatus> moves = statusesUntil(RunStatus.SUCCEEDED, news, () -> run(RunStatus.RUNNING));

        assertThat(moves).containsExactly(RunStatus.RUNNING, RunStatus.SUCCEEDED);
        assertThat(asked).containsExactly(0L, 1L, 1L);
    }

    @Test
    void whatCouldNotBeHandedOverIsHandedOverLater() throws InterruptedException {
        var looks = new AtomicInteger();
        FollowRun.Following news = (after, told, quiet) -> told.accept(moved(1, RunStatus.SUCCEEDED));
        Supplier<RunSummary> summary = () -> {
            if (looks.incrementAndGet() == 1) {
                throw away();
            }
            return run(RunStatus.SUCCEEDED);
        };

        List<RunStatus> moves = statusesUntil(RunStatus.SUCCEEDED, news, summary);

        assertThat(moves).containsExactly(RunStatus.SUCCEEDED);
        assertThat(looks).hasValue(2);
    }

    @Test
    void aCharacterThatWasBegunWhenTheRunEndedIsShown() throws InterruptedException {
        byte[] cut = {'a', (byte) 0xe2, (byte) 0x82};
        FollowRun.Following news = (after, told, quiet) -> {
            told.accept(moved(1, RunStatus.RUNNING));
            told.accept(new RunNews.Printed(2, NOON, 1, Channel.STDERR, 0, cut));
            told.accept(moved(3, RunStatus.SUCCEEDED));
        };

        statusesUntil(RunStatus.SUCCEEDED, news, () -> run(RunStatus.SUCCEEDED));

        assertThat(pieces).extracting(OutputView.Piece::text).containsExactly("a", "\ufffd");
        assertThat(pieces).extracting(OutputView.Piece::channel).containsOnly("stderr");
    }

    @Test
    void whatARunThatWasTakenWaitsForIsShownThoughNothingHappened() throws InterruptedException {
        var waitsFor = new AtomicReference<Optional<WaitingFor>>(Optional.empty());
        var seen = new CountDownLatch(1);
        FollowRun.Following news = (after, told, quiet) -> {
            told.accept(moved(1, RunStatus.SUBMITTING));
            awaited(seen);
            waitsFor.set(Optional.of(WaitingFor.START));
            quiet.run();
        };

        try (var scheduler = new SimpleAsyncTaskScheduler();
                FollowRun follow = FollowRun.begin(
                        new FollowRun.Source(news, () -> run(RunStatus.SUBMITTING), waitsFor::get, () -> NOTHING),
                        scheduler,
                        shown::add)) {
            assertThat(follow).isNotNull();
            assertThat(shown.poll(30, TimeUnit.SECONDS))
                    .extracting(RunUpdate::waiting)
                    .isNull();
            seen.countDown();
            assertThat(shown.poll(30, TimeUnit.SECONDS))
                    .extracting(RunUpdate::waiting)
                    .isEqualTo(WaitingFor.START);
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new CancellationException("nobody looks");
        }
    }

    private List<RunStatus> statusesUntil(RunStatus last, FollowRun.Following news, Supplier<RunSummary> summary)
            throws InterruptedException {
        List<RunStatus> moves = new CopyOnWriteArrayList<>();
        Consumer<RunUpdate> viewer = update -> {
            pieces.addAll(update.pieces());
            shown.add(update);
        };
        try (var scheduler = new SimpleAsyncTaskScheduler();
                FollowRun follow = FollowRun.begin(
                        new FollowRun.Source(news, summary, Optional::empty, () -> NOTHING), scheduler, viewer)) {
            assertThat(follow).isNotNull();
            while (!moves.contains(last)) {
                @Nullable RunUpdate update = shown.poll(30, TimeUnit.SECONDS);
                if (update == null) {
                    throw new AssertionError("nothing more was told after " + moves);
                }
                update.moves().forEach(moved -> moves.add(moved.status()));
            }
        }
        return moves;
    }

    private static TransientDataAccessResourceException away() {
        return new TransientDataAccessResourceException("the database is away");
    }

    private static RunNews moved(long number, RunStatus status) {
        return new RunNews.Moved(number, NOON, status, 1, null, null);
    }

    private static RunSummary run(RunStatus status) {
        return new RunSummary(
                new RunId(new UUID(0, 1)),
                new ProjectId(new UUID(0, 2)),
                "python",
                null,
                null,
                0,
                status,
                false,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                null,
                null,
                "local",
                1,
                false,
                null,
                NOON,
                null,
                null);
    }
}
