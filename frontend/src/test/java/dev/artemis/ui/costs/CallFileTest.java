package dev.artemis.ui.costs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.ledger.EntryKind;
import dev.artemis.ledger.EntryView;
import dev.artemis.prices.Usage;
import dev.artemis.projects.Project;
import dev.artemis.shared.EntryId;
import dev.artemis.shared.Page;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CallFileTest {

    private static final Instant THEN = Instant.parse("2026-10-05T12:00:00Z");

    @Test
    void writesEveryPageWithEveryDigitAndRunsNoFormula() throws IOException {
        CallLine first = line("=cmd|' /C calc'!A0", "0.00000075");
        CallLine second = line("review, late", "0.0325");
        var file = new ByteArrayOutputStream();

        CallFile.write(
                file,
                from -> from == null
                        ? new Page<>(List.of(first), first.id().toString())
                        : new Page<>(from.equals(first.id().toString()) ? List.of(second) : List.of(), null));

        List<String> lines = file.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.getFirst()).startsWith("id,kind,recorded_at").endsWith("cost_usd,over_budget");
        assertThat(lines.get(1)).contains(",'=cmd|").endsWith(",0.00000075,false");
        assertThat(lines.get(2))
                .contains("\"review, late\"")
                .contains(",1,2,3,4,5,")
                .endsWith(",0.0325,false");
    }

    private static CallLine line(String stage, String cost) {
        var project = new Project(
                new ProjectId(new UUID(0, 1)),
                new TenantId(new UUID(0, 2)),
                new Slug("shop"),
                "Shop",
                false,
                new Project.ScanPolicy(List.of(), List.of()),
                Map.of(),
                Map.of(),
                null,
                THEN);
        return new CallLine(
                project,
                new EntryView(
                        new EntryId(UUID.randomUUID()),
                        EntryKind.CALL,
                        "openai",
                        "gpt-4o",
                        stage,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        new Usage(1, 2, 3, 4, 5),
                        BigDecimal.ZERO,
                        BigDecimal.ZERO,
                        Usd.of(cost),
                        false,
                        LocalDate.of(2026, 10, 5),
                        THEN,
                        null,
                        List.of()));
    }
}
