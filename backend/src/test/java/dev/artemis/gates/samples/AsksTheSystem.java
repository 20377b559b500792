package dev.artemis.gates.samples;

import java.time.Instant;

public class AsksTheSystem {

    public Instant time() {
        return Instant.now();
    }
}
