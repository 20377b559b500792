package dev.artemis.e2e.faults;

import dev.artemis.e2e.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A place for one instance after another: same home, same port, same settings. */
final class Server implements AutoCloseable {

    private final Path home;
    private final Map<String, String> environment;
    private final List<String> printed = new ArrayList<>();
    private Instance instance;

    Server(Path home, Map<String, String> environment) {
        this.home = home;
        this.environment = new HashMap<>(environment);
        this.environment.put("ARTEMIS_PORT", Integer.toString(Instance.freePort()));
        this.instance = Instance.start(home, this.environment);
    }

    Instance instance() {
        return instance;
    }

    URI url() {
        return instance.url();
    }

    /** Ends as {@code kill -9} does. */
    void kill() {
        instance.kill();
    }

    /** Ends as {@code kill -9} does, and starts anew. */
    void killAndStart() {
        kill();
        startAnew();
    }

    /** Is told to end, does so in order, and starts anew. Returns how long its end took. */
    Duration stopAndStart() {
        long began = System.nanoTime();
        instance.stop();
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        startAnew();
        return took;
    }

    /** After its end, as its next life. */
    void startAnew() {
        printed.addAll(instance.output());
        instance = Instance.start(home, environment);
    }

    private void keepWhatWasPrinted() {
        printed.addAll(instance.output());
        try {
            Files.write(Path.of("target", "faults-" + home.getFileName() + ".log"), printed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What its instances printed is in the build's folder afterwards. */
    @Override
    public void close() {
        instance.close();
        keepWhatWasPrinted();
    }
}
