/**
 * Data to look at: three teams (empty, busy, over budget) and a year of plausible costs, made through the façades of the
 * modules like anything else. Only on an empty platform, and only when asked for. Not here: anything that a real platform
 * needs.
 */
@ApplicationModule
@NullMarked
package dev.artemis.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
