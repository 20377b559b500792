package dev.artemis.schedules;

import dev.artemis.exports.ExportFormat;
import dev.artemis.exports.Exports;
import dev.artemis.mail.Delivery;
import dev.artemis.mail.Letter;
import dev.artemis.mail.Mail;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Problem;
import dev.artemis.shared.TenantId;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Sends what is due; any number of processes may look at once. 1. A report whose time has come gets its delivery, and its next time, in one transaction. 2. A
 * delivery is claimed for a while, and its file is made; whoever dies over that has spoken to nobody, and it is made again. 3. It is marked as being sent, if
 * nobody else claimed it meanwhile, and that is committed. 4. The mail server is spoken to. 5. What it said is noted. Whoever dies between 3 and 5 leaves it
 * uncertain: it is not sent again by itself. A statement waits until its month is closed, some days at most; where one went before that, the final one follows.
 * What goes wrong with one stops no other.
 */
@Component
class SendReports {

    private static final Logger log = LoggerFactory.getLogger(SendReports.class);
    private static final int MOST_DOUBLINGS = 10;

    /** After the month's end: then its statement goes as it stands. */
    private static final int DAYS_UNTIL_CLOSED = 10;

    /** Between two looks whether a month was closed meanwhile. */
    private static final Duration UNTIL_CLOSED = Duration.ofMinutes(10);

    /** Whoever has been making a letter for longer has died. */
    private static final Duration LONGEST_MAKING = Duration.ofMinutes(15);

    private static final int BUSY = 503;

    /** Whoever has been sending for longer has died; as {@code door.open_report_deliveries} says. */
    private static final Duration LONGEST_SENDING = Duration.ofMinutes(15);

    private final SavedReportRows rows;
    private final ReportLetters letters;
    private final Exports exports;
    private final Tenants tenants;
    private final Mail mail;
    private final TenantTransactions transactions;
    private final ScheduleSettings settings;

    SendReports(
            SavedReportRows rows,
            ReportLetters letters,
            Exports exports,
            Tenants tenants,
            Mail mail,
            TenantTransactions transactions,
            ScheduleSettings settings) {
        this.rows = rows;
        this.letters = letters;
        this.exports = exports;
        this.tenants = tenants;
        this.mail = mail;
        this.transactions = transactions;
        this.settings = settings;
    }

    void sweep() {
        each(
                transactions.acrossTenants(rows::dueReports),
                due -> transactions.inTenant(due.tenant(), () -> plan(due.tenant(), due.id())));
        each(
                transactions.acrossTenants(rows::openDeliveries),
                open -> claimed(open.tenant(), open.id()).ifPresent(delivery -> deliver(open.tenant(), delivery)));
    }

    private static void each(List<SavedReportRows.Named> all, Consumer<SavedReportRows.Named> work) {
        for (SavedReportRows.Named one : all) {
            try {
                work.accept(one);
            } catch (RuntimeException e) {
                log.error("A report is passed over, id={}, tenant={}", one.id(), one.tenant(), e);
            }
        }
    }

    /** Of a team that moved west, the day may not have come to its morning yet: it is sent when it has. */
    private void plan(TenantId tenant, UUID id) {
        rows.lockDue(tenant, id).ifPresent(due -> {
            ZoneId zone = tenants.find(tenant).orElseThrow().timeZone();
            Rhythm rhythm = due.report().rhythm();
            LocalDate day = due.day().orElseGet(() -> due.at().atZone(zone).toLocalDate());
            Instant morning = Rhythm.morning(day, zone);
            if (morning.isAfter(rows.now())) {
                rows.dueNext(tenant, id, day, morning);
                return;
            }
            var days = rhythm.period(day);
            rows.addDelivery(tenant, id, days.from(), days.to());
            LocalDate next = rhythm.dayAfter(day);
            rows.dueNext(tenant, id, next, Rhythm.morning(next, zone));
        });
    }

    /**
     * Takes it into our hands to make its letter; one that was left while it was sent is uncertain. What was open a moment ago may
     * be in somebody else's hands by now: that one is left alone.
     */
    private Optional<ReportDelivery> claimed(TenantId tenant, UUID id) {
        return transactions.inTenant(
                tenant,
                () -> rows.findDelivery(tenant, id).flatMap(before -> {
                    Instant now = rows.now();
                    return switch (before.state()) {
                        case WAITING -> waiting(tenant, before, now);
                        case SENDING -> {
                            if (!before.at().plus(LONGEST_SENDING).isAfter(now)) {
                                rows.move(
                                        tenant,
                                        before,
                                        before.moved(
                                                ReportDelivery.State.UNCERTAIN,
                                                now,
                                                "The process that sent it ended meanwhile"));
                                log.warn("Report delivery is uncertain, delivery={}, tenant={}", id, tenant);
                            }
                            yield Optional.empty();
                        }
                        case SENT, FAILED, UNCERTAIN -> {
                            if (before.provisional() && !isOfOpenMonth(tenant, before)) {
                                rows.move(tenant, before, before.followed(now));
                            }
                            yield Optional.empty();
                        }
                    };
                }));
    }

    private Optional<ReportDelivery> waiting(TenantId tenant, ReportDelivery before, Instant now) {
        if (before.at().isAfter(now)) {
            return Optional.empty();
        }
        boolean ofOpenMonth = isOfOpenMonth(tenant, before);
        if (before.provisional() && !ofOpenMonth) {
            rows.move(tenant, before, before.followed(now));
            return Optional.empty();
        }
        if (ofOpenMonth && mayBeClosedYet(tenant, before, now)) {
            rows.move(
                    tenant,
                    before,
                    before.moved(ReportDelivery.State.WAITING, now.plus(UNTIL_CLOSED), "The month is not closed yet"));
            return Optional.empty();
        }
        if (before.attempts() >= settings.tries()) {
            rows.move(
                    tenant,
                    before,
                    before.moved(ReportDelivery.State.FAILED, now, "Whoever made it last died over it"));
            log.warn("Report delivery is failed, delivery={}, tenant={}", before.id(), tenant);
            return Optional.empty();
        }
        ReportDelivery making = before.claimed(ofOpenMonth, now.plus(LONGEST_MAKING));
        return rows.move(tenant, before, making) ? Optional.of(making) : Optional.empty();
    }

    /** A statement whose figures may still change. */
    private boolean isOfOpenMonth(TenantId tenant, ReportDelivery delivery) {
        return rows.find(tenant, delivery.report())
                        .filter(report -> report.format() == ExportFormat.PDF)
                        .isPresent()
                && !exports.isClosed(tenant, YearMonth.from(delivery.from()));
    }

    /** Where nobody closes the month its statement goes all the same, and says so; the final one follows when somebody does. */
    private boolean mayBeClosedYet(TenantId tenant, ReportDelivery delivery, Instant now) {
        ZoneId zone = tenants.find(tenant).map(Tenant::timeZone).orElse(ZoneOffset.UTC);
        return now.isBefore(
                delivery.to().plusDays(DAYS_UNTIL_CLOSED).atStartOfDay(zone).toInstant());
    }

    private void deliver(TenantId tenant, ReportDelivery making) {
        Letter letter;
        try {
            SavedReport report = transactions
                    .inTenant(tenant, () -> rows.find(tenant, making.report()))
                    .orElseThrow();
            letter = letters.write(tenants.find(tenant).orElseThrow(), report, making);
        } catch (RuntimeException e) {
            notMade(tenant, making, e);
            return;
        }
        sending(tenant, making).ifPresent(sending -> note(tenant, sending, mail.send(letter)));
    }

    private void notMade(TenantId tenant, ReportDelivery making, RuntimeException why) {
        transactions.inTenant(tenant, () -> {
            Instant now = rows.now();
            if (why instanceof Problem busy && busy.status() == BUSY) {
                rows.move(
                        tenant,
                        making,
                        making.withAttempts(making.attempts() - 1)
                                .moved(
                                        ReportDelivery.State.WAITING,
                                        now.plus(settings.firstRetry()),
                                        "Too many exports wait already"));
                return;
            }
            log.error("Report could not be made, delivery={}, tenant={}", making.id(), tenant, why);
            rows.move(tenant, making, later(making, now, "The report could not be made"));
        });
    }

    /** Empty where it took so long to make that somebody else has it by now, or that its month was closed meanwhile. */
    private Optional<ReportDelivery> sending(TenantId tenant, ReportDelivery making) {
        return transactions.inTenant(tenant, () -> {
            if (making.provisional() && !isOfOpenMonth(tenant, making)) {
                rows.move(tenant, making, making.followed(rows.now()));
                return Optional.empty();
            }
            ReportDelivery sending = making.moved(ReportDelivery.State.SENDING, rows.now(), null);
            return rows.move(tenant, making, sending) ? Optional.of(sending) : Optional.empty();
        });
    }

    private void note(TenantId tenant, ReportDelivery sending, Delivery delivery) {
        transactions.inTenant(tenant, () -> {
            Instant now = rows.now();
            ReportDelivery after = switch (delivery) {
                case Delivery.Sent(List<Delivery.Refusal> refused) -> sent(sending, refused, now);
                case Delivery.NotConfigured missing ->
                    sending.withAttempts(0)
                            .moved(
                                    ReportDelivery.State.WAITING,
                                    now.plus(settings.firstRetry()),
                                    "No mail server is named");
                case Delivery.Failed(String why, boolean forGood) ->
                    forGood ? sending.moved(ReportDelivery.State.FAILED, now, why) : later(sending, now, why);
                case Delivery.Uncertain(String why) -> sending.moved(ReportDelivery.State.UNCERTAIN, now, why);
            };
            if (!rows.move(tenant, sending, after)) {
                // it took so long that somebody took this process for dead: it knows better, unless somebody had it
                // sent again
                rows.move(tenant, sending.moved(ReportDelivery.State.UNCERTAIN, now, null), after);
            }
            log.info("Report delivery is {}, delivery={}, tenant={}", after.state(), after.id(), tenant);
        });
    }

    /** Whoever has it gets it no more; the others do, where that may help. */
    private ReportDelivery sent(ReportDelivery sending, List<Delivery.Refusal> refused, Instant now) {
        ReportDelivery rest =
                sending.leaving(refused.stream().map(Delivery.Refusal::address).toList());
        if (refused.isEmpty()) {
            return rest.moved(
                    ReportDelivery.State.SENT, now, rest.provisional() ? "Sent before the month was closed" : null);
        }
        String why = "Taken for all but "
                + refused.stream().map(Delivery.Refusal::toString).collect(Collectors.joining("; "));
        return refused.stream().allMatch(Delivery.Refusal::forGood)
                ? rest.moved(ReportDelivery.State.FAILED, now, why)
                : later(rest, now, why);
    }

    private ReportDelivery later(ReportDelivery tried, Instant now, String why) {
        return tried.attempts() >= settings.tries()
                ? tried.moved(ReportDelivery.State.FAILED, now, why)
                : tried.moved(ReportDelivery.State.WAITING, now.plus(pause(tried.attempts())), why);
    }

    private Duration pause(int attempts) {
        return settings.firstRetry().multipliedBy(1L << Math.min(attempts - 1, MOST_DOUBLINGS));
    }
}
