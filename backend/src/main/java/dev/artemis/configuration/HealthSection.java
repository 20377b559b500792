package dev.artemis.configuration;

import java.util.List;
import java.util.Map;

/** One part of the platform's health report. Modules that have something to say there add a bean. */
public interface HealthSection {

    /** Its name in the report, such as "alerts". */
    String name();

    /** What it counts now, by name. */
    Map<String, Long> figures();

    /** What somebody should look at, as sentences; each makes the platform's health DEGRADED. */
    List<String> concerns();
}
