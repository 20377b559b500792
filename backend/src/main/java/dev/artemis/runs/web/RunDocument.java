package dev.artemis.runs.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.artemis.runs.Finding;
import dev.artemis.runs.RunRequest;
import dev.artemis.runs.RunView;
import dev.artemis.runs.WaitingFor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run as {@code GET /runs/{id}} gives it. Jackson escapes control characters, NUL among them. */
record RunDocument(
        @JsonUnwrapped RunLine run,
        @Nullable WaitingFor waitingFor,
        String stdout,
        String stderr,
        Streams<Boolean> truncated,
        Streams<Long> totalBytes,
        Streams<Long> droppedBytes,
        RunRequest.LimitsRequest limits,
        long inodesAllowed,
        List<Finding> findings,
        int findingsLeftOut,
        String code) {

    /** A value of each stream. */
    record Streams<T>(T stdout, T stderr) {}

    static RunDocument of(RunView view) {
        return of(view, null);
    }

    /** @param waitingFor null where it does not wait, or nobody looked why */
    static RunDocument of(RunView view, @Nullable WaitingFor waitingFor) {
        return new RunDocument(
                RunLine.of(view.summary()),
                waitingFor,
                view.stdout().text(),
                view.stderr().text(),
                new Streams<>(view.stdout().truncated(), view.stderr().truncated()),
                new Streams<>(view.stdout().totalBytes(), view.stderr().totalBytes()),
                new Streams<>(view.stdout().droppedBytes(), view.stderr().droppedBytes()),
                view.limits(),
                view.inodesAllowed(),
                view.found().findings(),
                view.found().leftOut(),
                view.code());
    }
}
