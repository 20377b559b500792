package dev.artemis.e2e.bench;

import dev.artemis.e2e.TemporaryHome;
import java.io.IOException;

/**
 * How many calls a second are admitted, against all their limits and durably, beside the plain way to do it, beside an
 * endpoint that does nothing, and beside raw inserts.
 *
 * <p>Runs {@link MoneyInside} in a process that has the packaged server on its class path.
 */
final class MoneyBench {

    private MoneyBench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (TemporaryHome home = TemporaryHome.create()) {
            Inside.run(MoneyInside.class, home.path());
        }
    }
}
