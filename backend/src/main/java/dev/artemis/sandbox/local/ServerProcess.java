package dev.artemis.sandbox.local;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names what belongs to one server process, so that the next one knows what is left of a dead one.
 *
 * @param pid its process id
 * @param startedMillis when it started: ids are given again
 */
record ServerProcess(long pid, long startedMillis) {

    private static final Pattern NAME = Pattern.compile("artemis-sandbox\\.(\\d{1,10})\\.(\\d{1,15})");

    static ServerProcess current() {
        ProcessHandle self = ProcessHandle.current();
        return new ServerProcess(self.pid(), started(self));
    }

    /** Whose a folder is, if it has such a name. */
    static Optional<ServerProcess> owning(String folderName) {
        Matcher name = NAME.matcher(folderName);
        return name.matches()
                ? Optional.of(new ServerProcess(Long.parseLong(name.group(1)), Long.parseLong(name.group(2))))
                : Optional.empty();
    }

    String folderName() {
        return "artemis-sandbox." + pid + "." + startedMillis;
    }

    boolean lives() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).map(ServerProcess::started).stream()
                .anyMatch(started -> started == startedMillis);
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
