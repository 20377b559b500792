package dev.artemis.scanning;

/**
 * One thing that the scanner saw.
 *
 * @param rule stable id, such as "py-eval"
 * @param line from 1
 * @param column from 1, in characters
 * @param message one line of why
 * @param link the nearest public rule (Bandit, CWE)
 */
public record Finding(
        String rule, Severity severity, Confidence confidence, int line, int column, String message, String link) {}
