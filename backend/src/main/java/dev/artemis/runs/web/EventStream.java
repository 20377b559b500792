package dev.artemis.runs.web;

import dev.artemis.runs.RunNews;
import dev.artemis.runs.RunStatus;
import dev.artemis.shared.Credential;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Server-sent events of a run. JSON has no line breaks of its own, so each event's data is one line. */
final class EventStream {

    private final OutputStream out;
    private final JsonMapper json;
    private final Credential key;

    EventStream(OutputStream out, JsonMapper json, Credential key) {
        this.out = out;
        this.json = json;
        this.key = key;
    }

    /** The reader has closed the connection, or is told no more. */
    static final class ReaderGone extends RuntimeException {
        private static final long serialVersionUID = 1;

        ReaderGone(IOException cause) {
            super(cause);
        }

        ReaderGone(String why) {
            super(why);
        }
    }

    private record StatusData(
            RunStatus status,
            int attempt,
            @Nullable String detail,
            @Nullable String words,
            Instant at) {}

    /** {@code offset} counts bytes; text that is no UTF-8 is replaced. */
    private record PrintedData(int attempt, long offset, long bytes, String text) {}

    void send(RunNews news) {
        switch (news) {
            case RunNews.Moved moved -> {
                write(
                        moved.number(),
                        "status",
                        new StatusData(moved.status(), moved.attempt(), moved.detail(), moved.reason(), moved.at()));
            }
            case RunNews.Printed printed ->
                write(
                        printed.number(),
                        printed.channel().name().toLowerCase(Locale.ROOT),
                        new PrintedData(
                                printed.attempt(),
                                printed.offset(),
                                printed.bytes().length,
                                new String(printed.bytes(), StandardCharsets.UTF_8)));
        }
    }

    void keepAlive() {
        raw(": still here\n\n");
    }

    /** The last event, where the run has ended: what became of it. */
    void end(RunLine run) {
        if (run.status().ended()) {
            raw("event: end\ndata: " + json.writeValueAsString(run) + "\n\n");
        }
    }

    private void write(long number, String event, Object data) {
        raw("id: " + number + "\nevent: " + event + "\ndata: " + json.writeValueAsString(data) + "\n\n");
    }

    private void raw(String text) {
        if (!key.isGood()) {
            throw new ReaderGone("the key that it was asked for with was revoked");
        }
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new ReaderGone(e);
        }
    }
}
