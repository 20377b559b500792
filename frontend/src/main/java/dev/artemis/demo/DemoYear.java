package dev.artemis.demo;

import dev.artemis.budgets.CallLabels;
import dev.artemis.budgets.CallSpending;
import dev.artemis.budgets.History;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.prices.ModelRef;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import dev.artemis.shared.TenantId;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** A year of calls as teams make them: fewer at weekends, more as time goes by, some days far more than others. */
@Component
class DemoYear {

    private static final int DAYS = 365;
    private static final LocalTime EVENING = LocalTime.of(17, 30);
    private static final List<String> STAGES =
            List.of("development", "development", "development", "review", "review", "testing", "planning");
    private static final List<String> MODELS =
            List.of("gpt-4o", "gpt-4o", "claude-3-5-sonnet", "claude-3-5-sonnet", "gpt-4o-mini", "claude-3-haiku");

    /** Days in one transaction: a commit waits for the disk. */
    private static final int DAYS_AT_ONCE = 28;

    private final History history;
    private final TenantTransactions transactions;

    DemoYear(History history, TenantTransactions transactions) {
        this.history = history;
        this.transactions = transactions;
    }

    /**
     * Writes the year that ends with that moment, with a call at least on its last day.
     *
     * @param seed the same seed gives the same year
     * @param callsADay at the end of the year, on a working day, in each project
     */
    void write(List<DemoTeam.ProjectWithKey> projects, ZoneId zone, Instant now, long seed, int callsADay) {
        var random = new Random(seed);
        LocalDate today = LocalDate.ofInstant(now, zone);
        TenantId tenant = projects.getFirst().project().tenant();
        for (LocalDate day = today.minusDays(DAYS); !day.isAfter(today); day = day.plusDays(DAYS_AT_ONCE)) {
            LocalDate first = day;
            transactions.inTenant(
                    tenant,
                    () -> first.datesUntil(first.plusDays(DAYS_AT_ONCE))
                            .filter(each -> !each.isAfter(today))
                            .forEach(each -> writeDay(projects, each, now, zone, random, callsADay)));
        }
    }

    private void writeDay(
            List<DemoTeam.ProjectWithKey> projects,
            LocalDate day,
            Instant now,
            ZoneId zone,
            Random random,
            int callsADay) {
        Instant evening = day.atTime(EVENING).atZone(zone).toInstant();
        Instant at = evening.isBefore(now) ? evening : now;
        int daysAgo = (int) ChronoUnit.DAYS.between(day, LocalDate.ofInstant(now, zone));
        int usual = callsADay * (2 * DAYS - daysAgo) / (2 * DAYS);
        for (DemoTeam.ProjectWithKey project : projects) {
            List<CallSpending> calls = Stream.generate(
                            () -> call(project.project().slug().value(), random))
                    .limit(Math.max(daysAgo == 0 ? 1 : 0, calls(day, usual, random)))
                    .toList();
            if (!calls.isEmpty()) {
                history.record(project.program(), at, calls);
            }
        }
    }

    private static int calls(LocalDate day, int usual, Random random) {
        boolean weekend = day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
        int about = weekend ? usual / 5 : usual;
        int busy = random.nextInt(20) == 0 ? usual : 0;
        return Math.max(0, about + busy + random.nextInt(usual / 2 + 2) - usual / 4);
    }

    private static CallSpending call(String project, Random random) {
        String model = MODELS.get(random.nextInt(MODELS.size()));
        String stage = STAGES.get(random.nextInt(STAGES.size()));
        String card = project.toUpperCase(java.util.Locale.ROOT) + "-" + (100 + random.nextInt(60));
        long read = random.nextInt(3) == 0 ? 2_000L + random.nextInt(40_000) : 0;
        var usage = new Usage(8_000L + random.nextInt(90_000), read, 0, 0, 800L + random.nextInt(12_000));
        return new CallSpending(
                ModelRef.of(model),
                usage,
                ServiceTier.STANDARD,
                new CallLabels(stage, null, random.nextInt(5) == 0 ? null : card),
                null,
                CallSpending.Mode.RECORD);
    }
}
