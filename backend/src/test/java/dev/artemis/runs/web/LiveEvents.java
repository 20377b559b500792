package dev.artemis.runs.web;

import dev.artemis.shared.Caller;
import dev.artemis.shared.Credential;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.mock.web.MockHttpServletResponse;

/** Reads a run's events while they are sent, as a client at the other end of a connection does. */
final class LiveEvents implements Closeable {

    private final PipedOutputStream sent = new PipedOutputStream();
    private final BufferedReader received;

    /**
     * An event.
     *
     * @param number 0 where it has none
     */
    record Event(long number, String name, String data) {}

    LiveEvents(RunOutputController controller, Caller.ForProject caller, String run, @Nullable String lastEventId)
            throws IOException {
        this(controller, caller, () -> true, run, lastEventId);
    }

    LiveEvents(
            RunOutputController controller,
            Caller.ForProject caller,
            Credential key,
            String run,
            @Nullable String lastEventId)
            throws IOException {
        received =
                new BufferedReader(new InputStreamReader(new PipedInputStream(sent, 1 << 20), StandardCharsets.UTF_8));
        Thread.ofVirtual().start(() -> {
            try (sent) {
                controller.events(caller, key, run, lastEventId, new Connection(sent));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Waits for it. */
    Event next() throws IOException {
        Map<String, String> fields = new HashMap<>();
        while (true) {
            String line = received.readLine();
            if (line == null) {
                throw new IOException("the stream ended");
            }
            int colon = line.indexOf(": ");
            if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 2));
            } else if (line.isEmpty() && fields.containsKey("event")) {
                return new Event(
                        Long.parseLong(fields.getOrDefault("id", "0")),
                        fields.getOrDefault("event", ""),
                        fields.getOrDefault("data", ""));
            }
        }
    }

    /** The reader has gone. */
    @Override
    public void close() throws IOException {
        received.close();
    }

    private static final class Connection extends MockHttpServletResponse {

        private final OutputStream out;

        Connection(OutputStream out) {
            this.out = out;
        }

        @Override
        public ServletOutputStream getOutputStream() {
            return new ServletOutputStream() {
                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setWriteListener(WriteListener listener) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void write(int value) throws IOException {
                    out.write(value);
                }

                @Override
                public void flush() throws IOException {
                    out.flush();
                }
            };
        }
    }
}
