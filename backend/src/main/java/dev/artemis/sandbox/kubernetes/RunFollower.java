package dev.artemis.sandbox.kubernetes;

import dev.artemis.sandbox.Ending;
import dev.artemis.sandbox.Failure;
import dev.artemis.sandbox.KillReason;
import dev.artemis.sandbox.Loss;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.Result;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.runner.FinalRecord;
import dev.artemis.sandbox.runner.RunnerLine;
import dev.artemis.sandbox.runner.RunnerStream;
import io.kubernetes.client.openapi.models.V1Pod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one Job from its creation to its end: waits for its pod, gives it the run's input, reads its log, takes the input away once it
 * runs, and decides how the run ended. On one thread.
 */
final class RunFollower {

    /** Gives a run's input to one pod, by its uid. Throws a {@link ClusterFault}. */
    @FunctionalInterface
    interface Supply {
        void to(String pod);
    }

    private static final Logger LOG = LoggerFactory.getLogger(RunFollower.class);

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    /** Between two questions whether what has not started in time really has not. */
    private static final Duration START_PAUSE = Duration.ofSeconds(3);

    private static final Duration SUPPLY_PAUSE = Duration.ofMillis(500);
    private static final Duration LOG_PAUSE = Duration.ofMillis(300);
    private static final Duration LONGEST_LOG_PAUSE = Duration.ofSeconds(5);

    /** A Job has its pod within a second; after so long, and again after twice as long, somebody is asked why not. */
    private static final Duration ODD_WITHOUT_POD = Duration.ofSeconds(3);

    /** How long a log may lag behind the end of its container. */
    private static final Duration LOG_GRACE = Duration.ofSeconds(5);

    /** How long a pod may stay after the cluster wanted it gone; then its node does not answer. */
    private static final Duration REMOVAL_GRACE = Duration.ofSeconds(45);

    /**
     * How long the log of a container that has ended is asked for without a line of it: an API server that is restarted and a kubelet that does
     * not answer come back. What has ended is given up by the supervisor two minutes later (its TOLD_GRACE).
     */
    private static final Duration LAST_READINGS = Duration.ofMinutes(3);

    /** The runner's words in a pod that an input is not for. */
    private static final String FOR_ANOTHER = "job: for another pod";

    private final RunRef run;
    private final RunTerms terms;
    private final KubernetesSettings settings;
    private final ClusterCalls calls;
    private final ClusterWatch watch;
    private final Inbox inbox;
    private final Clock clock;
    private final Consumer<Observation> tell;
    private final Runnable release;
    private final RunnerStream stream;
    /** By our clock: the Job's own time is the API server's, which may go otherwise. */
    private final Instant firstSeenAt;

    private final Delivered delivered = new Delivered();

    /** Until a pod has it. */
    private Optional<Supply> input;

    private Optional<ClusterFault> inputFault = Optional.empty();
    private Instant nextInputAt = Instant.EPOCH;
    private Optional<String> firstPod = Optional.empty();
    private Optional<Instant> startedAt = Optional.empty();
    private Optional<Instant> endSeenAt = Optional.empty();
    private Optional<Observation> givenUp = Optional.empty();
    private Optional<Instant> givenUpAt = Optional.empty();
    private Instant nextLogAt = Instant.EPOCH;
    private Instant nextStartAt = Instant.EPOCH;
    private Instant admittedAt = Instant.EPOCH;
    private Instant lineAt = Instant.EPOCH;
    private Duration noPodFor = ODD_WITHOUT_POD;
    private Duration logPause = LOG_PAUSE;
    private Optional<Sight.Ended> end = Optional.empty();
    private boolean finallyRead;
    private boolean concluding;
    private boolean toldAll;
    private boolean seenInWatch;
    private boolean released;
    private boolean stopWanted;
    private boolean stopped;
    private @Nullable PodLog log;
    private boolean logIsFinal;

    /**
     * @param input for the first pod that is seen, and no other; none where what the Job was made from is not known here
     * @param release takes the input away, told once, when a pod has it; must not block
     */
    RunFollower(
            RunRef run,
            RunTerms terms,
            KubernetesSettings settings,
            ClusterCalls calls,
            ClusterWatch watch,
            Inbox inbox,
            Clock clock,
            Consumer<Observation> tell,
            Optional<Supply> input,
            Runnable release) {
        this.run = run;
        this.terms = terms;
        this.settings = settings;
        this.calls = calls;
        this.watch = watch;
        this.inbox = inbox;
        this.clock = clock;
        this.firstSeenAt = clock.instant();
        this.tell = tell;
        this.input = input;
        this.release = release;
        this.stream = new RunnerStream(run.name(), terms.nonce());
    }

    /**
     * Returns when the run has ended and that was told.
     *
     * @param cancelled whether the run's end is wanted, asked at each change
     * @param concluded whether an end shall be told without the rest of its log, asked at each change
     */
    void follow(BooleanSupplier cancelled, BooleanSupplier concluded) throws InterruptedException {
        try {
            Optional<Observation> last = Optional.empty();
            while (last.isEmpty()) {
                stopWanted |= cancelled.getAsBoolean();
                concluding |= concluded.getAsBoolean();
                last = switch (inbox.next(LOOK_AGAIN)) {
                    case Inbox.Mail.Changed changed -> look();
                    case Inbox.Mail.Silence silence -> look();
                    case Inbox.Mail.Line line -> line.from() == log ? read(line.text()) : Optional.empty();
                    case Inbox.Mail.LogEnded ended -> {
                        if (ended.from() == log) {
                            logEnded(ended);
                        }
                        yield look();
                    }
                };
            }
            stopUnlessFinished(last.get());
            leaveLog();
            tell.accept(last.get());
        } finally {
            closeLog();
        }
    }

    /** A Job whose run is given up must not make another pod. */
    private void stopUnlessFinished(Observation last) {
        if (!(last instanceof Observation.Finished)) {
            stopWanted = true;
            stopIfWanted();
        }
    }

    private Optional<Observation> look() {
        stopIfWanted();
        Picture picture = watch.picture(run.name());
        seenInWatch |= picture.job().isPresent();
        stopped |= picture.job().map(Sight::stopped).orElse(false);
        Sight.pod(picture.pods(), firstPod).ifPresent(this::supply);
        Sight sight = Sight.of(picture, firstPod);
        return switch (sight) {
            case Sight.Pending pending -> {
                askWhyThereIsNoPod(picture);
                yield pending(pending.why());
            }
            case Sight.Suspended suspended -> suspended();
            case Sight.Hopeless hopeless -> {
                giveUp(new Observation.Failed(Failure.SANDBOX_BROKEN, hopeless.why()));
                yield overdueAfterGivingUp();
            }
            case Sight.Running running -> running(running);
            case Sight.Ended ended -> ended(ended);
            case Sight.Gone gone -> gone(gone);
        };
    }

    /** To one that stays: whichever pod comes after it finds an input that is not its own. */
    private void supply(V1Pod pod) {
        boolean wanted = !stopWanted && !stopped && pod.getMetadata().getDeletionTimestamp() == null;
        if (input.isEmpty() || !wanted || clock.instant().isBefore(nextInputAt)) {
            return;
        }
        String uid = String.valueOf(pod.getMetadata().getUid());
        try {
            input.get().to(uid);
            input = Optional.empty();
            inputFault = Optional.empty();
            firstPod = Optional.of(uid);
        } catch (ClusterFault fault) {
            LOG.info("input not given run={} why={}", run.name(), fault.getMessage());
            nextInputAt = clock.instant().plus(SUPPLY_PAUSE);
            inputFault = Optional.of(fault);
            if (!fault.passing() && fault.kind() != ClusterFault.Kind.NOT_FOUND) {
                giveUp(RunLaunch.refusal(fault));
            }
        }
    }

    private void stopIfWanted() {
        if (!stopWanted || stopped) {
            return;
        }
        try {
            calls.stop(run);
            stopped = true;
        } catch (ClusterFault fault) {
            // asked again at the next look
            LOG.warn("not stopped run={} why={}", run.name(), fault.getMessage());
        }
    }

    /** The start's time begins when its queue lets the Job go. */
    private Optional<Observation> suspended() {
        Instant now = clock.instant();
        admittedAt = now;
        if (now.isAfter(firstSeenAt.plus(settings.queueTimeout()))) {
            giveUp(new Observation.Failed(
                    Failure.START_TIMEOUT, "the queue " + settings.queueName() + " did not admit the Job"));
        }
        return overdueAfterGivingUp();
    }

    /**
     * Whoever turns a pod away does so at once, and so does a quota that is full; its Job would hold a slot until its start's time is up (ADR-0066,
     * ADR-0072).
     */
    private void askWhyThereIsNoPod(Picture picture) {
        Instant now = clock.instant();
        if (givenUp.isPresent() || picture.job().isEmpty() || !picture.pods().isEmpty()) {
            return;
        }
        if (now.isBefore(beganAt().plus(noPodFor))) {
            return;
        }
        noPodFor = noPodFor.multipliedBy(2);
        calls.warning(run)
                .filter(words -> ClusterFault.isDenied(words) || ClusterFault.isFull(words))
                .filter(words -> hasNoPod())
                .ifPresent(words -> giveUp(failed(words)));
    }

    /** What was said may be old, and a pod have come since that the watch does not show: its program may be running. */
    private boolean hasNoPod() {
        try {
            return calls.podsOf(run).isEmpty();
        } catch (ClusterFault fault) {
            LOG.info("pods not seen run={} why={}", run.name(), fault.getMessage());
            return false;
        }
    }

    private Instant beganAt() {
        return admittedAt.isAfter(firstSeenAt) ? admittedAt : firstSeenAt;
    }

    private Optional<Observation> pending(String why) {
        Instant now = clock.instant();
        boolean overdue = now.isAfter(beganAt().plus(settings.startTimeout())) && !now.isBefore(nextStartAt);
        if (givenUp.isEmpty() && overdue) {
            nextStartAt = now.plus(START_PAUSE);
            if (mayHaveStarted()) {
                return Optional.empty();
            }
            if (inputFault.isPresent()) {
                giveUp(RunLaunch.refusal(inputFault.get()));
                return overdueAfterGivingUp();
            }
            String known = why.isEmpty() ? calls.warning(run).orElse("the cluster gives no reason") : why;
            giveUp(failed(known));
        }
        return overdueAfterGivingUp();
    }

    /** As the cluster shows it when it is asked: a watch may be behind. Where it does not answer, nobody judges. */
    private boolean mayHaveStarted() {
        try {
            return switch (Sight.of(new Picture(watch.picture(run.name()).job(), calls.podsOf(run)), firstPod)) {
                case Sight.Running running -> true;
                case Sight.Ended ended -> true;
                case Sight.Pending pending -> false;
                case Sight.Suspended suspended -> false;
                case Sight.Hopeless hopeless -> false;
                case Sight.Gone gone -> false;
            };
        } catch (ClusterFault fault) {
            LOG.info("pods not seen run={} why={}", run.name(), fault.getMessage());
            return true;
        }
    }

    private Observation.Failed failed(String why) {
        return tooLarge(why)
                .map(run -> new Observation.Failed(Failure.TOO_LARGE, run.words(), run.asked()))
                .orElseGet(() -> new Observation.Failed(failure(why), why));
    }

    /** A webhook may think better of it, as of Jobs (ADR-0039): the run waits. What limits or levels forbid, this run never gets. */
    private static Failure failure(String why) {
        if (ClusterFault.isDenied(why)) {
            return Failure.REFUSED;
        }
        return isFull(why) ? Failure.NO_CAPACITY : Failure.START_TIMEOUT;
    }

    /** Of nodes asked once its start's time is up, within which most clusters that grow have grown; the next attempt waits as long again. */
    private Optional<Room.TooLarge> tooLarge(String why) {
        if (ClusterFault.isDenied(why)) {
            return Optional.empty();
        }
        return Room.aboveQuota(why)
                .or(() -> why.contains("Insufficient ")
                        ? watch.picture(run.name())
                                .job()
                                .flatMap(job -> Room.aboveEveryNode(
                                        job.getSpec().getTemplate().getSpec(), calls.nodes()))
                        : Optional.empty());
    }

    /** A quota that the pod does not fit into, or no node with room: the run waits for room, and that is nobody's fault. */
    private static boolean isFull(String why) {
        return ClusterFault.isQuota(why) || why.contains("Insufficient ") || why.contains("Too many pods");
    }

    /** The Job is told to end first, and the failure only once its pod is gone: the program must not start afterwards. */
    private void giveUp(Observation failure) {
        if (givenUp.isEmpty()) {
            LOG.info("given up run={} why={}", run.name(), failure);
            givenUp = Optional.of(failure);
            givenUpAt = Optional.of(clock.instant());
            stopWanted = true;
            stopIfWanted();
        }
    }

    private Optional<Observation> overdueAfterGivingUp() {
        return givenUpAt.isPresent() && clock.instant().isAfter(givenUpAt.get().plus(REMOVAL_GRACE))
                ? givenUp
                : Optional.empty();
    }

    private Optional<Observation> running(Sight.Running running) {
        meet(running.pod());
        if (log == null && !clock.instant().isBefore(nextLogAt)) {
            openLog(running.pod(), true);
        }
        boolean lost = running.deletedAt()
                .map(at -> clock.instant().isAfter(at.plus(REMOVAL_GRACE)))
                .orElse(false);
        return lost
                ? Optional.of(new Observation.Lost(
                        Loss.NODE_LOST, "pod " + running.pod().name() + " cannot be removed: its node does not answer"))
                : Optional.empty();
    }

    private Optional<Observation> ended(Sight.Ended ended) {
        meet(ended.pod());
        end = Optional.of(ended);
        return ended.exit().isPresent() && !isRead(ended.pod()) ? Optional.empty() : Optional.of(told(ended));
    }

    /** By its record where there is one, whatever of its log came. */
    private Observation told(Sight.Ended ended) {
        if (givenUp.isPresent() && startedAt.isEmpty()) {
            return givenUp.get();
        }
        Optional<FinalRecord> record =
                ended.exit().flatMap(exit -> FinalRecord.authentic(exit.record(), run.name(), terms.nonce()));
        return record.map(found -> finished(found.result()))
                .orElseGet(() -> verdict().of(ended));
    }

    /**
     * A log that is followed when the container ends comes to its end by itself; otherwise it is read again, from its beginning, until that is
     * done. Faults that pass are not counted: what was printed is still there.
     */
    private boolean isRead(Sight.PodName pod) {
        if (finallyRead) {
            return true;
        }
        Instant now = clock.instant();
        if (endSeenAt.isEmpty()) {
            endSeenAt = Optional.of(now);
        }
        Instant heardAt = lineAt.isAfter(endSeenAt.get()) ? lineAt : endSeenAt.get();
        if (concluding || now.isAfter(heardAt.plus(LAST_READINGS))) {
            LOG.warn("log not read to its end run={}", run.name());
            finallyRead = true;
            return true;
        }
        if (log != null && !logIsFinal && now.isAfter(endSeenAt.get().plus(LOG_GRACE))) {
            closeLog();
        }
        if (log == null && !now.isBefore(nextLogAt)) {
            openLog(pod, false);
            logPause = logPause.multipliedBy(2).compareTo(LONGEST_LOG_PAUSE) < 0
                    ? logPause.multipliedBy(2)
                    : LONGEST_LOG_PAUSE;
        }
        return false;
    }

    private Optional<Observation> gone(Sight.Gone gone) {
        if (!seenInWatch && !reallyGone()) {
            // created a moment ago: the watch has not shown it yet
            return Optional.empty();
        }
        Instant now = clock.instant();
        if (endSeenAt.isEmpty()) {
            endSeenAt = Optional.of(now);
        }
        if (log != null && now.isBefore(endSeenAt.get().plus(LOG_GRACE))) {
            return Optional.empty();
        }
        if (end.isPresent()) {
            return Optional.of(told(end.get()));
        }
        return givenUp.isPresent() && startedAt.isEmpty()
                ? givenUp
                : Optional.of(verdict().of(gone));
    }

    private boolean reallyGone() {
        try {
            return calls.job(run).isEmpty();
        } catch (ClusterFault fault) {
            return false;
        }
    }

    /** The first pod is the one that counts. It has its input now; another one shall not. */
    private void meet(Sight.PodName pod) {
        if (firstPod.isEmpty()) {
            firstPod = Optional.of(pod.uid());
        }
        if (!released) {
            released = true;
            release.run();
        }
    }

    private void openLog(Sight.PodName pod, boolean follow) {
        nextLogAt = clock.instant().plus(logPause);
        logIsFinal = !follow;
        log = PodLog.open(calls.log(run, pod.name(), follow), inbox, run.name());
    }

    private void logEnded(Inbox.Mail.LogEnded ended) {
        switch (ended.reading()) {
            case COMPLETE -> {
                finallyRead |= logIsFinal;
                toldAll |= logIsFinal;
            }
            case MISSING -> {
                LOG.info("log missing run={} why={}", run.name(), ended.why());
                finallyRead |= logIsFinal;
            }
            case BROKEN -> LOG.info("log broken run={} why={}", run.name(), ended.why());
        }
        log = null;
    }

    /** After the final record comes nothing but the log's end. */
    private void leaveLog() {
        if (log != null) {
            log.leave();
            log = null;
        }
    }

    private void closeLog() {
        if (log != null) {
            log.close();
            log = null;
        }
    }

    private Optional<Observation> read(String text) {
        lineAt = clock.instant();
        return switch (stream.read(text)) {
            case RunnerLine.Started started -> {
                startedAt = Optional.of(started.at());
                tell.accept(new Observation.Started(started.at()));
                yield Optional.empty();
            }
            case RunnerLine.Output output -> {
                delivered.add(output);
                tell.accept(new Observation.Output(output.channel(), output.offset(), output.bytes()));
                yield Optional.empty();
            }
            case RunnerLine.Ended ended -> Optional.of(finished(ended.result()));
            case RunnerLine.Refused refused
            when refused.reason().equals(FOR_ANOTHER) ->
                Optional.of(new Observation.Lost(Loss.NODE_LOST, "the pod that had the input was replaced"));
            case RunnerLine.Refused refused ->
                // a file that cannot be written is the run's own; everything else is ours, and may work another time
                Optional.of(
                        refused.reason().startsWith("file ")
                                ? Observation.Failed.ofTheRun(Failure.SPEC_REFUSED, refused.reason())
                                : new Observation.Failed(Failure.SANDBOX_BROKEN, refused.reason()));
            case RunnerLine.Repeated repeated -> Optional.empty();
            case RunnerLine.Forged forged -> Optional.of(new Observation.Lost(Loss.RECORD_FORGED, forged.why()));
        };
    }

    /** A runner that was told to end says cancelled. Unless we asked for that, somebody took the pod away, and the run is lost. */
    private Observation finished(Result result) {
        if (result.ending() instanceof Ending.Killed(KillReason reason) && reason == KillReason.CANCELLED) {
            if (givenUp.isPresent()) {
                return new Observation.Lost(Loss.NODE_LOST, "the program was started only after its start deadline");
            }
            if (!stopped && !stoppedByAnother()) {
                return new Observation.Lost(Loss.NODE_LOST, "the pod was ended from outside");
            }
        }
        return new Observation.Finished(result);
    }

    private boolean stoppedByAnother() {
        try {
            return calls.job(run).map(Sight::stopped).orElse(false);
        } catch (ClusterFault fault) {
            return false;
        }
    }

    private Verdict verdict() {
        return new Verdict(new Verdict.Known(
                stopped && givenUp.isEmpty(),
                startedAt,
                toldAll,
                clock.instant(),
                terms.most(),
                delivered.stdout(),
                delivered.stderr()));
    }
}
