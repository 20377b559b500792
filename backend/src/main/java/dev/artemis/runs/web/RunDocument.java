package dev.artemis.runs.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.artemis.runs.Finding;
import dev.artemis.runs.RunRequest;
import dev.artemis.runs.RunView;
import java.util.List;

/** A run as {@code GET /runs/{id}} gives it. Jackson escapes control characters, NUL among them. */
record RunDocument(
        @JsonUnwrapped RunLine run,
        String stdout,
        String stderr,
        Streams<Boolean> truncated,
        Streams<Long> totalBytes,
        Streams<Long> droppedBytes,
        RunRequest.LimitsRequest limits,
        List<Finding> findings,
        String code) {

    /** A value of each stream. */
    record Streams<T>(T stdout, T stderr) {}

    static RunDocument of(RunView view) {
        return new RunDocument(
                RunLine.of(view.summary()),
                view.stdout().text(),
                view.stderr().text(),
                new Streams<>(view.stdout().truncated(), view.stderr().truncated()),
                new Streams<>(view.stdout().totalBytes(), view.stderr().totalBytes()),
                new Streams<>(view.stdout().droppedBytes(), view.stderr().droppedBytes()),
                view.limits(),
                view.findings(),
                view.code());
    }
}
