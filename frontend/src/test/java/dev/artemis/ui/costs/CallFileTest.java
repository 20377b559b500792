package dev.artemis.ui.costs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallFileTest {

    private static final Instant THEN = Instant.parse("2026-10-05T12:00:00Z");

    @Test
    void writesEveryPageWithEveryDigitAndRunsNoFormula() throws IOException {
        EntryView first = entry(2, "=cmd|' /C calc'!A0", "0.00000075");
        EntryView second = entry(1, "review, late", "0.0325");
        var file = new ByteArrayOutputStream();

        CallFile.write(
                file,
                List.of(project("shop")),
                (project, from, most) -> from == null
                        ? new Page<>(List.of(first), first.id().toString())
                        : new Page<>(from.equals(first.id().toString()) ? List.of(second) : List.of(), null));

        List<String> lines = file.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.getFirst())
                .startsWith("id,kind,recorded_at")
                .endsWith("cost_usd,over_budget,reason,closed_month");
        assertThat(lines.get(1)).contains(",'=cmd|").endsWith(",0.00000075,false,,");
        assertThat(lines.get(2))
                .contains("\"review, late\"")
                .contains(",1,2,3,4,5,")
                .endsWith(",0.0325,false,,");
    }

    /** Read page by page of all together, each page would be read of every project, and most of it dropped. */
    @Test
    void entriesOfSeveralProjectsComeInTheirOrderAndAreReadOnce() throws IOException {
        List<Project> projects = List.of(project("a"), project("b"), project("c"));
        List<String> reads = new ArrayList<>();
        var file = new ByteArrayOutputStream();

        // entry n is of project n % 3, but the last ten are all of b; three entries are a page
        CallFile.write(file, projects, (project, from, most) -> {
            reads.add(project.slug() + " " + from);
            List<EntryView> older = IntStream.rangeClosed(1, 40)
                    .map(n -> 41 - n)
                    .filter(n -> n > 30 ? project.slug().value().equals("b") : projects.indexOf(project) == n % 3)
                    .mapToObj(n -> entry(n, "s", "1"))
                    .filter(entry -> from == null || entry.id().toString().compareTo(from) < 0)
                    .toList();
            List<EntryView> page = older.subList(0, Math.min(3, older.size()));
            return new Page<>(page, older.size() > 3 ? page.getLast().id().toString() : null);
        });

        assertThat(file.toString(StandardCharsets.UTF_8).lines().skip(1))
                .hasSize(40)
                .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(reads).doesNotHaveDuplicates().hasSize(4 + 7 + 4);
    }

    @Test
    void whatBreaksOffDoesNotLookWhole() {
        var closed = new AtomicBoolean();
        var file = new ByteArrayOutputStream() {
            @Override
            public void close() {
                closed.set(true);
            }
        };

        assertThatThrownBy(() -> CallFile.write(file, List.of(project("shop")), (project, from, most) -> {
                    if (from == null) {
                        return new Page<>(List.of(entry(1, "s", "1")), "next");
                    }
                    throw new IllegalStateException("away");
                }))
                .hasMessage("away");

        assertThat(closed).isFalse();
    }

    private static Project project(String slug) {
        return new Project(
                new ProjectId(UUID.nameUUIDFromBytes(slug.getBytes(StandardCharsets.UTF_8))),
                new TenantId(new UUID(0, 2)),
                new Slug(slug),
                slug,
                false,
                new Project.ScanPolicy(List.of(), List.of()),
                Map.of(),
                Map.of(),
                null,
                THEN);
    }

    private static EntryView entry(int number, String stage, String cost) {
        return new EntryView(
                new EntryId(new UUID(0, number)),
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
                List.of(),
                null);
    }
}
