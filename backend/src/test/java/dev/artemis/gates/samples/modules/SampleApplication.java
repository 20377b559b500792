package dev.artemis.gates.samples.modules;

import org.springframework.modulith.Modulithic;

/** A house of two modules, of which one climbs over the other's wall. */
@Modulithic
public final class SampleApplication {

    private SampleApplication() {}
}
