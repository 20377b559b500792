package dev.artemis.runs;

/**
 * What the scanner found in a run's code.
 *
 * @param severity "low", "medium" or "high"
 * @param line from 1
 * @param column from 1
 */
public record Finding(String rule, String severity, int line, int column, String message) {

    static Finding of(dev.artemis.scanning.Finding found) {
        return new Finding(found.rule(), found.severity().toString(), found.line(), found.column(), found.message());
    }
}
