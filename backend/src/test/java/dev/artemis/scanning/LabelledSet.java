package dev.artemis.scanning;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Snippets with their label: a file for each label, a line "### name" before each snippet. */
final class LabelledSet {

    record Snippet(String name, String code) {}

    private LabelledSet() {}

    static List<Snippet> of(String file) {
        try (InputStream in = LabelledSet.class.getResourceAsStream("/scanner/" + file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("(?m)^### "))
                    .filter(part -> !part.isBlank())
                    .map(part ->
                            new Snippet(part.substring(0, part.indexOf('\n')), part.substring(part.indexOf('\n') + 1)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
