package dev.artemis.e2e.faults;

import dev.artemis.e2e.Api;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** Submits runs as a careful client does: asks again, with the same key, whoever answers, until one does. */
final class Submitter {

    private static final int TRIES = 600;
    private static final long PAUSE_NANOS = 100_000_000;

    private final Api api;
    private final List<URI> servers;
    private int next;

    Submitter(Api api, List<URI> servers) {
        this.api = api;
        this.servers = servers;
    }

    /** The id of the new run. */
    String submit(String body) {
        Api careful = api.with("Idempotency-Key", UUID.randomUUID().toString());
        for (int tries = 0; tries < TRIES; tries++) {
            URI server = servers.get(next++ % servers.size());
            try {
                Api.Answer answer = careful.at(server).post("runs", body);
                if (answer.status() == 202) {
                    return answer.json().get("id").asString();
                }
                if (answer.status() < 500) {
                    throw new AssertionError(answer.toString());
                }
            } catch (UncheckedIOException e) {
                // it is down: the other one, or again
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new AssertionError("no server took the run: " + body);
    }
}
