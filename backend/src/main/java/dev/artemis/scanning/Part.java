package dev.artemis.scanning;

/**
 * One of the texts of which a program is made.
 *
 * @param path of a file beside the code; empty for the code itself
 * @param language an id of {@link dev.artemis.shared.Language}
 */
public record Part(String path, String language, String code) {}
