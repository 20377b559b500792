/** The REST edge of runs: JSON in and out, waiting, server-sent events, raw output. No decision of its own. */
@NullMarked
package dev.artemis.runs.web;

import org.jspecify.annotations.NullMarked;
