package dev.artemis.runs;

import dev.artemis.sandbox.Channel;
import dev.artemis.sandbox.RunRef;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.TenantId;

/**
 * A run's row, locked for a change.
 *
 * @param memoryBytes its limit
 * @param outputBytes its cap of each stream
 * @param news number of the last news
 */
record StoredRun(
        TenantId tenant,
        ProjectId project,
        Run run,
        long memoryBytes,
        long outputBytes,
        StreamMark stdout,
        StreamMark stderr,
        int news) {

    /** Whether that attempt and claim are the ones that may change it. */
    boolean isHeldAs(RunRef ref) {
        return run.status().held() && run.attempt() == ref.attempt() && run.fencingToken() == ref.fencingToken();
    }

    RunRef ref() {
        return new RunRef(tenant.value(), run.id().value(), run.attempt(), run.fencingToken());
    }

    StreamMark mark(Channel channel) {
        return switch (channel) {
            case STDOUT -> stdout;
            case STDERR -> stderr;
        };
    }

    StoredRun with(Run next) {
        return new StoredRun(tenant, project, next, memoryBytes, outputBytes, stdout, stderr, news);
    }

    StoredRun with(Channel channel, StreamMark mark) {
        return switch (channel) {
            case STDOUT -> new StoredRun(tenant, project, run, memoryBytes, outputBytes, mark, stderr, news);
            case STDERR -> new StoredRun(tenant, project, run, memoryBytes, outputBytes, stdout, mark, news);
        };
    }

    StoredRun nextNews() {
        return new StoredRun(tenant, project, run, memoryBytes, outputBytes, stdout, stderr, news + 1);
    }
}
