package dev.artemis.access.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.artemis.access.web.AuditController.AuditAnswer;
import java.io.ByteArrayOutputStream;
import java.time.OffsetDateTime;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class AuditFileTest {

    private static final AuditAnswer ENTRY = new AuditAnswer(
            1, OffsetDateTime.parse("2026-11-23T12:00:00Z"), "ann", null, null, "team.made", "acme", null, null);

    @Test
    void whatBreaksOffDoesNotLookWhole() {
        var closed = new AtomicBoolean();
        var file = new ByteArrayOutputStream() {
            @Override
            public void close() {
                closed.set(true);
            }
        };

        assertThatThrownBy(() -> AuditFile.write(file, entries -> {
                    entries.accept(ENTRY);
                    throw new IllegalStateException("away");
                }))
                .hasMessage("away");

        assertThat(closed).isFalse();
    }
}
