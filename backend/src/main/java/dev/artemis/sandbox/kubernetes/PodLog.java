package dev.artemis.sandbox.kubernetes;

import dev.artemis.sandbox.runner.RunnerLines;
import io.kubernetes.client.openapi.ApiException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import okhttp3.Call;
import okhttp3.Response;

/** One reading of a pod's log from its beginning, line by line into an inbox, on a thread of its own. */
final class PodLog implements AutoCloseable {

    private static final Duration LAST_MOMENT = Duration.ofSeconds(3);
    private static final int NOT_FOUND = 404;

    /** What a kubelet writes in the place of a log that it has no more, with status 200: it has said that before it looked. */
    private static final List<String> KUBELETS_WORDS = List.of(
            "unable to retrieve container logs for ",
            "failed to try resolving symlinks in path ",
            "failed to open log file ",
            "rpc error: code = NotFound ");

    private final Call call;
    private final Inbox inbox;
    private final Thread reader;
    private volatile boolean closed;

    private PodLog(Call call, Inbox inbox, String run) {
        this.call = call;
        this.inbox = inbox;
        this.reader = Thread.ofVirtual().name("log-" + run).unstarted(this::read);
    }

    static PodLog open(Call call, Inbox inbox, String run) {
        PodLog log = new PodLog(call, inbox, run);
        log.reader.start();
        return log;
    }

    private void read() {
        try {
            Inbox.Mail.LogEnded end = readAll();
            if (!closed) {
                inbox.line(end);
            }
        } catch (InterruptedException e) {
            // closed: nobody reads on
            Thread.currentThread().interrupt();
        }
    }

    private Inbox.Mail.LogEnded readAll() throws InterruptedException {
        try (Response response = call.execute()) {
            if (!response.isSuccessful()) {
                return new Inbox.Mail.LogEnded(
                        this,
                        response.code() == NOT_FOUND ? Inbox.Reading.MISSING : Inbox.Reading.BROKEN,
                        ClusterFault.of("read log", new ApiException(response.code(), response.message()))
                                .getMessage());
            }
            RunnerLines lines = new RunnerLines(response.body().byteStream());
            for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
                if (isKubeletsOwn(line.get())) {
                    return new Inbox.Mail.LogEnded(this, Inbox.Reading.MISSING, line.get());
                }
                if (!closed) {
                    inbox.line(new Inbox.Mail.Line(this, line.get()));
                }
            }
            return isKubeletsOwn(lines.rest())
                    ? new Inbox.Mail.LogEnded(this, Inbox.Reading.MISSING, lines.rest())
                    : new Inbox.Mail.LogEnded(this, Inbox.Reading.COMPLETE, "");
        } catch (IOException e) {
            return new Inbox.Mail.LogEnded(this, Inbox.Reading.BROKEN, e.toString());
        }
    }

    /** A program cannot write such a line: what it prints the runner frames. */
    private static boolean isKubeletsOwn(String line) {
        return KUBELETS_WORDS.stream().anyMatch(word -> line.regionMatches(true, 0, word, 0, word.length()));
    }

    /**
     * Nobody wants another line. Its end is awaited for a moment, so that the connection can be used again: a new one costs the
     * API server, and the kubelet behind it, a handshake.
     */
    void leave() {
        closed = true;
        Thread.ofVirtual().name(reader.getName() + "-end").start(() -> {
            try {
                reader.join(LAST_MOMENT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                close();
            }
        });
    }

    @Override
    public void close() {
        closed = true;
        call.cancel();
        reader.interrupt();
    }
}
