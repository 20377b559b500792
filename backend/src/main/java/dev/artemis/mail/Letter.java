package dev.artemis.mail;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamSource;

/**
 * One message.
 *
 * @param id the same whenever the same letter is sent again: who gets it twice sees that it is one
 * @param to addresses, at least one; all of them see each other
 * @param subject one line
 * @param text for whoever reads plain text
 * @param html the same for whoever does not; null: text alone
 */
public record Letter(
        UUID id,
        List<String> to,
        String subject,
        String text,
        @Nullable String html,
        List<Attachment> attachments) {

    /**
     * A file that comes with it.
     *
     * @param name as it is saved, such as {@code costs-2026-11.xlsx}
     * @param mediaType such as {@code text/csv}
     * @param content may be read more than once
     */
    public record Attachment(String name, String mediaType, InputStreamSource content) {}

    /** A header is one line: what breaks a line is a space here. */
    public Letter {
        to = List.copyOf(to);
        attachments = List.copyOf(attachments);
        subject = subject.replaceAll("\\p{Cntrl}+", " ").strip();
        if (to.isEmpty()) {
            throw new IllegalArgumentException("A letter to nobody");
        }
    }

    /** Text alone, sent once. */
    public static Letter of(String to, String subject, String text) {
        return of(UUID.randomUUID(), to, subject, text);
    }

    /** Text alone. */
    public static Letter of(UUID id, String to, String subject, String text) {
        return new Letter(id, List.of(to), subject, text, null, List.of());
    }
}
