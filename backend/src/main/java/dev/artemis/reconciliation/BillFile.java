package dev.artemis.reconciliation;

import dev.artemis.shared.PlainText;
import dev.artemis.shared.Problem;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A provider's own file, not read yet.
 *
 * @param name as people know it
 * @param content CSV with a header, UTF-8
 * @param mapping null: a known layout of OpenAI or Anthropic
 */
public record BillFile(
        String name, InputStream content, @Nullable ColumnMapping mapping) {

    private static final int MAX_NAME = 200;

    /**
     * Checks the name.
     *
     * @throws Problem 422
     */
    public BillFile {
        if (name.isBlank() || name.length() > MAX_NAME || !PlainText.is(name)) {
            throw Problem.notAllowed("name", "1 to " + MAX_NAME + " characters, no control characters");
        }
    }
}
