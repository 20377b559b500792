package dev.artemis.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.artemis.OnDatabase;
import dev.artemis.ledger.Charges;
import dev.artemis.ledger.EntryKind;
import dev.artemis.ledger.EntryLabels;
import dev.artemis.ledger.Labels;
import dev.artemis.ledger.Ledger;
import dev.artemis.ledger.LedgerIds;
import dev.artemis.ledger.NewEntry;
import dev.artemis.ledger.Payer;
import dev.artemis.ledger.Quantities;
import dev.artemis.persistence.Pipeline;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.prices.Cost;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import dev.artemis.projects.Projects;
import dev.artemis.shared.EntryId;
import dev.artemis.shared.Slug;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestConstructor;

@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class LedgerDaysTest {

    private static final LocalDate FIFTH = LocalDate.of(2026, 10, 5);

    private final Tenants tenants;
    private final Projects projects;
    private final Labels labels;
    private final Ledger ledger;
    private final TenantTransactions transactions;
    private final JdbcTemplate jdbc;
    private final LedgerDays days;

    LedgerDaysTest(
            Tenants tenants,
            Projects projects,
            Labels labels,
            Ledger ledger,
            TenantTransactions transactions,
            JdbcTemplate jdbc,
            LedgerDays days) {
        this.tenants = tenants;
        this.projects = projects;
        this.labels = labels;
        this.ledger = ledger;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.days = days;
    }

    @Test
    void aCorrectionCountsOnTheDayOfTheCallThatItPutsRight() {
        Team team = team();
        EntryId call = team.append("2026-10-05T10:00:00Z", EntryKind.CALL, null, null, "7");
        EntryId correction = team.append("2026-11-02T10:00:00Z", EntryKind.CORRECTION, call, null, "-3");
        team.append("2026-11-03T10:00:00Z", EntryKind.CORRECTION, correction, null, "1.5");

        assertThat(days.of(team.tenant.id(), FIFTH.withDayOfMonth(1), FIFTH.withDayOfMonth(31), null))
                .singleElement()
                .satisfies(day -> {
                    assertThat(day.day()).isEqualTo(FIFTH);
                    assertThat(day.cost()).isEqualByComparingTo("5.5");
                    assertThat(day.corrections()).isEqualTo(2);
                });
        LocalDate november = LocalDate.of(2026, 11, 1);
        assertThat(days.of(team.tenant.id(), november, november.plusDays(29), null))
                .isEmpty();
    }

    /** What was held in October and settled after that was closed is a correction of November; while it is open it is a call. */
    @ParameterizedTest
    @EnumSource(names = {"CALL", "CORRECTION"})
    void whatIsSettledLateCountsWhenItWasHeldAndIsNeverLost(EntryKind kind) {
        Team team = team();
        UUID hold = UUID.randomUUID();
        transactions.inTenant(
                team.tenant.id(),
                () -> jdbc.update(
                        """
                insert into holds (hold_id, tenant_id, kind, project_id, status, amount, day, month, created_at, stage, provider,
                  model, tier)
                values (?, ?, 'call', ?, 'released', 7, date '2026-10-31', date '2026-10-01',
                  timestamptz '2026-10-31 23:00Z', ?, 'openai', 'gpt-4o', 'standard')""",
                        hold,
                        team.tenant.id().value(),
                        team.payer.project().value(),
                        team.names.stage()));
        EntryId late = team.append("2026-11-02T10:00:00Z", kind, new EntryId(hold), null, "7");
        team.append("2026-11-03T10:00:00Z", EntryKind.CORRECTION, late, null, "-2");
        team.append("2026-11-04T10:00:00Z", EntryKind.CORRECTION, new EntryId(UUID.randomUUID()), null, "1");

        assertThat(days.of(team.tenant.id(), FIFTH.withDayOfMonth(1), LocalDate.of(2026, 11, 30), null))
                .extracting(LedgerDay::day, day -> day.cost().stripTrailingZeros())
                .containsExactlyInAnyOrder(
                        tuple(LocalDate.of(2026, 10, 31), new BigDecimal("5")),
                        tuple(LocalDate.of(2026, 11, 4), new BigDecimal("1")));
    }

    /** A call of October that was told of after that was closed is a correction of November that refers to no entry. */
    @Test
    void whatIsToldOfLateCountsWhenItHappened() {
        Team team = team();
        team.append("2026-11-02T10:00:00Z", EntryKind.CORRECTION, null, Instant.parse("2026-10-05T10:00:00Z"), "7");

        assertThat(days.of(team.tenant.id(), FIFTH, FIFTH, "openai"))
                .singleElement()
                .satisfies(day -> assertThat(day.cost()).isEqualByComparingTo("7"));
    }

    @Test
    void aCallersClockThatIsAheadLosesNoCallAtTheFirstMidnight() {
        Team team = team();
        team.append("2026-10-04T23:59:30Z", EntryKind.CALL, null, Instant.parse("2026-10-05T00:00:40Z"), "7");

        assertThat(days.of(team.tenant.id(), FIFTH, FIFTH, "openai"))
                .singleElement()
                .satisfies(day -> assertThat(day.cost()).isEqualByComparingTo("7"));
        assertThat(days.of(team.tenant.id(), FIFTH.minusDays(1), FIFTH.minusDays(1), "openai"))
                .isEmpty();
    }

    private Team team() {
        Tenant tenant = tenants.create(new Slug("ledger-days-" + UUID.randomUUID()), "Team", ZoneOffset.UTC);
        Payer payer =
                new Payer(projects.create(tenant.id(), new Slug("shop"), "Shop").id(), null, null);
        return new Team(tenant, payer, labels.numbers(tenant.id(), List.of("review", "gpt-4o", "openai")));
    }

    private final class Team {

        private final Tenant tenant;
        private final Payer payer;
        private final EntryLabels names;
        private int entries;

        Team(Tenant tenant, Payer payer, Map<String, Integer> numbers) {
            this.tenant = tenant;
            this.payer = payer;
            this.names = new EntryLabels(
                    Objects.requireNonNull(numbers.get("review")),
                    Objects.requireNonNull(numbers.get("gpt-4o")),
                    Objects.requireNonNull(numbers.get("openai")),
                    null,
                    null);
        }

        EntryId append(
                String recorded, EntryKind kind, @Nullable EntryId corrects, @Nullable Instant occurred, String cost) {
            Instant at = Instant.parse(recorded);
            EntryId id = LedgerIds.next(at, ++entries);
            var entry = new NewEntry(
                    id,
                    kind,
                    payer,
                    corrects == null ? null : corrects.value(),
                    LocalDate.ofInstant(at, ZoneOffset.UTC),
                    occurred,
                    names,
                    null,
                    ServiceTier.STANDARD,
                    Quantities.of(Usage.of(1, 1)),
                    Charges.of(new Cost(Usd.of(cost), Usd.ZERO, Usd.ZERO, Usd.ZERO, Usd.ZERO)),
                    false);
            transactions.inTenant(tenant.id(), () -> {
                var pipeline = new Pipeline();
                ledger.append(pipeline, tenant.id(), at, List.of(entry));
                pipeline.run(jdbc);
            });
            return id;
        }
    }
}
