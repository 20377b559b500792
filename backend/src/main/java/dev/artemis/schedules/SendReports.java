package dev.artemis.schedules;

import dev.artemis.exports.ExportFormat;
import dev.artemis.exports.Exports;
import dev.artemis.mail.Delivery;
import dev.artemis.mail.Letter;
import dev.artemis.mail.Mail;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.TenantId;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Sends what is due; any number of processes may look at once. 1. A report whose time has come gets its delivery, and its next time, in one transaction. 2. A
 * delivery is marked as being sent, and that is committed; a statement waits until its month is closed, some days at most. 3. The mail server is spoken to. 4. What it said is noted.
 * Whoever dies between 2 and 4 leaves it uncertain: it is not sent again by itself.
 */
@Component
class SendReports {

    private static final Logger log = LoggerFactory.getLogger(SendReports.class);
    private static final int MOST_DOUBLINGS = 10;

    /** After the month's end: then its statement goes as it stands. */
    private static final int DAYS_UNTIL_CLOSED = 10;

    /** Between two looks whether a month was closed meanwhile. */
    private static final Duration UNTIL_CLOSED = Duration.ofMinutes(10);

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
        for (SavedReportRows.Named due : transactions.acrossTenants(rows::dueReports)) {
            transactions.inTenant(due.tenant(), () -> plan(due.tenant(), due.id()));
        }
        for (SavedReportRows.Named open : transactions.acrossTenants(rows::openDeliveries)) {
            claimed(open.tenant(), open.id()).ifPresent(delivery -> send(open.tenant(), delivery));
        }
    }

    private void plan(TenantId tenant, UUID id) {
        rows.lockDue(tenant, id).ifPresent(due -> {
            Tenant team = tenants.find(tenant).orElseThrow();
            Rhythm rhythm = due.report().rhythm();
            var days = rhythm.period(due.at().atZone(team.timeZone()).toLocalDate());
            rows.addDelivery(tenant, id, days.from(), days.to());
            rows.dueNext(tenant, id, rhythm.nextAfter(due.at(), team.timeZone()).orElseThrow());
        });
    }

    /**
     * Marks it as being sent; one that was left so by a process that died is uncertain. What was open a moment ago may be
     * in somebody else's hands by now: that one is left alone.
     */
    private Optional<ReportDelivery> claimed(TenantId tenant, UUID id) {
        return transactions.inTenant(
                tenant,
                () -> rows.findDelivery(tenant, id).flatMap(before -> {
                    Instant now = rows.now();
                    return switch (before.state()) {
                        case WAITING -> {
                            if (before.at().isAfter(now)) {
                                yield Optional.empty();
                            }
                            if (isProvisional(tenant, before, now)) {
                                Instant again = now.plus(UNTIL_CLOSED);
                                yield left(
                                        tenant,
                                        before,
                                        ReportDelivery.State.WAITING,
                                        again,
                                        "The month is not closed yet");
                            }
                            ReportDelivery sending =
                                    moved(before, ReportDelivery.State.SENDING, before.attempts() + 1, now, null);
                            yield rows.move(tenant, id, before.state(), sending)
                                    ? Optional.of(sending)
                                    : Optional.empty();
                        }
                        case SENDING -> {
                            if (before.at().plus(LONGEST_SENDING).isAfter(now)) {
                                yield Optional.empty();
                            }
                            log.warn("Report delivery is uncertain, delivery={}, tenant={}", id, tenant);
                            yield left(
                                    tenant,
                                    before,
                                    ReportDelivery.State.UNCERTAIN,
                                    now,
                                    "The process that sent it ended meanwhile");
                        }
                        case SENT, FAILED, UNCERTAIN -> Optional.empty();
                    };
                }));
    }

    /** Nobody sends it now. */
    private Optional<ReportDelivery> left(
            TenantId tenant, ReportDelivery before, ReportDelivery.State state, Instant at, String why) {
        rows.move(tenant, before.id(), before.state(), moved(before, state, before.attempts(), at, why));
        return Optional.empty();
    }

    /** A statement whose figures may still change; where nobody closes the month it goes all the same, and says so. */
    private boolean isProvisional(TenantId tenant, ReportDelivery delivery, Instant now) {
        ZoneId zone = tenants.find(tenant).map(Tenant::timeZone).orElse(ZoneOffset.UTC);
        return now.isBefore(delivery.to()
                        .plusDays(DAYS_UNTIL_CLOSED)
                        .atStartOfDay(zone)
                        .toInstant())
                && rows.find(tenant, delivery.report())
                        .filter(report -> report.format() == ExportFormat.PDF)
                        .isPresent()
                && !exports.isClosed(tenant, YearMonth.from(delivery.from()));
    }

    private void send(TenantId tenant, ReportDelivery sending) {
        Delivery delivery;
        try {
            SavedReport report = transactions
                    .inTenant(tenant, () -> rows.find(tenant, sending.report()))
                    .orElseThrow();
            Letter letter = letters.write(tenants.find(tenant).orElseThrow(), report, sending);
            delivery = mail.send(letter);
        } catch (RuntimeException e) {
            log.error("Report could not be made, delivery={}, tenant={}", sending.id(), tenant, e);
            delivery = new Delivery.Failed("The report could not be made", false);
        }
        note(tenant, sending, delivery);
    }

    private void note(TenantId tenant, ReportDelivery sending, Delivery delivery) {
        transactions.inTenant(tenant, () -> {
            Instant now = rows.now();
            ReportDelivery after = switch (delivery) {
                case Delivery.Sent sent -> moved(sending, ReportDelivery.State.SENT, sending.attempts(), now, null);
                case Delivery.NotConfigured missing ->
                    moved(
                            sending,
                            ReportDelivery.State.WAITING,
                            0,
                            now.plus(settings.firstRetry()),
                            "No mail server is named");
                case Delivery.Failed failed -> {
                    boolean over = failed.forGood() || sending.attempts() >= settings.tries();
                    yield moved(
                            sending,
                            over ? ReportDelivery.State.FAILED : ReportDelivery.State.WAITING,
                            sending.attempts(),
                            over ? now : now.plus(pause(sending.attempts())),
                            failed.why());
                }
            };
            if (!rows.move(tenant, sending.id(), ReportDelivery.State.SENDING, after)) {
                // it took so long that somebody took this process for dead: it knows better
                rows.move(tenant, sending.id(), ReportDelivery.State.UNCERTAIN, after);
            }
            log.info("Report delivery is {}, delivery={}, tenant={}", after.state(), after.id(), tenant);
        });
    }

    private Duration pause(int attempts) {
        return settings.firstRetry().multipliedBy(1L << Math.min(attempts - 1, MOST_DOUBLINGS));
    }

    private static ReportDelivery moved(
            ReportDelivery before, ReportDelivery.State state, int attempts, Instant at, @Nullable String detail) {
        return new ReportDelivery(
                before.id(), before.report(), before.from(), before.to(), state, attempts, at, detail);
    }
}
