package dev.artemis.schedules;

import dev.artemis.exports.ExportFormat;
import dev.artemis.reports.Dimension;
import dev.artemis.shared.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Reads and writes saved reports and deliveries in the running transaction. */
@Component
class SavedReportRows {

    private static final String REPORTS = """
            select report_id, name, project, format, chargeback, rhythm, delivery, recipients, next_due_at, group_by, due_day
            from saved_reports where tenant_id = ?""";

    private static final String DELIVERIES = """
            select delivery_id, report_id, from_day, to_day, state, attempts, at, detail, remaining, claim,
                   provisional
            from report_deliveries where tenant_id = ?""";

    private final JdbcTemplate jdbc;

    SavedReportRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** What a door names: a team's report or delivery. */
    record Named(TenantId tenant, UUID id) {}

    /**
     * A report whose time has come.
     *
     * @param day which day it was to be sent on; empty where a server of before kept none
     */
    record Due(SavedReport report, Instant at, Optional<LocalDate> day) {}

    /** The database's clock. */
    Instant now() {
        return Objects.requireNonNull(jdbc.queryForObject("select artemis.money_now()", OffsetDateTime.class))
                .toInstant();
    }

    List<Named> dueReports() {
        return named("select tenant_id, report_id from door.due_reports()");
    }

    List<Named> openDeliveries() {
        return named("select tenant_id, delivery_id from door.open_report_deliveries()");
    }

    private List<Named> named(String sql) {
        return jdbc.query(
                sql,
                (row, number) -> new Named(new TenantId(row.getObject(1, UUID.class)), row.getObject(2, UUID.class)));
    }

    List<SavedReport> all(TenantId tenant) {
        return jdbc.query(REPORTS + " order by name, report_id", (row, number) -> report(row), tenant.value());
    }

    Optional<SavedReport> find(TenantId tenant, UUID id) {
        return jdbc.query(REPORTS + " and report_id = ?", (row, number) -> report(row), tenant.value(), id).stream()
                .findFirst();
    }

    /** Locks a report whose time has come; empty where somebody else has it, or had it. */
    Optional<Due> lockDue(TenantId tenant, UUID id) {
        return jdbc
                .query(
                        REPORTS + " and report_id = ? and next_due_at <= artemis.money_now() for update skip locked",
                        (row, number) -> new Due(
                                report(row),
                                row.getObject(9, OffsetDateTime.class).toInstant(),
                                Optional.ofNullable(row.getObject(11, LocalDate.class))),
                        tenant.value(),
                        id)
                .stream()
                .findFirst();
    }

    /** Not due yet. */
    void insert(TenantId tenant, SavedReport report, String by) {
        jdbc.update(
                """
                insert into saved_reports (report_id, tenant_id, name, project, format, chargeback, rhythm, delivery,
                  recipients, group_by, created_by, created_at, next_due_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, artemis.money_now(),
                  case when ? then 'infinity'::timestamptz end)""",
                report.id(),
                tenant.value(),
                report.name(),
                report.project(),
                report.format().toString(),
                report.chargeback(),
                report.rhythm().toString(),
                report.delivery().toString(),
                report.recipients().toArray(String[]::new),
                report.by().stream().map(Dimension::toString).toArray(String[]::new),
                by,
                report.rhythm() != Rhythm.NEVER);
    }

    int delete(TenantId tenant, UUID id) {
        return jdbc.update("delete from saved_reports where tenant_id = ? and report_id = ?", tenant.value(), id);
    }

    /** It is sent on that day, which begins and comes to that moment wherever the team is by then. */
    void dueNext(TenantId tenant, UUID id, LocalDate day, Instant next) {
        jdbc.update(
                "update saved_reports set due_day = ?, next_due_at = ? where tenant_id = ? and report_id = ?",
                day,
                next.atOffset(ZoneOffset.UTC),
                tenant.value(),
                id);
    }

    /** Harmless when the period has its delivery already. */
    void addDelivery(TenantId tenant, UUID report, LocalDate from, LocalDate to) {
        jdbc.update("""
                insert into report_deliveries (delivery_id, tenant_id, report_id, from_day, to_day, state, at)
                values (gen_random_uuid(), ?, ?, ?, ?, 'waiting', artemis.money_now())
                on conflict (report_id, from_day, to_day) do nothing""", tenant.value(), report, from, to);
    }

    List<ReportDelivery> deliveries(TenantId tenant, UUID report, int most) {
        return jdbc.query(
                DELIVERIES + " and report_id = ? order by from_day desc, delivery_id limit ?",
                (row, number) -> delivery(row),
                tenant.value(),
                report,
                most);
    }

    /** As {@code door.report_delivery_counts} counts them. */
    int lost(TenantId tenant) {
        return Objects.requireNonNull(jdbc.queryForObject("""
                select count(*) from report_deliveries
                where tenant_id = ? and state in ('failed', 'uncertain') and at > artemis.money_now() - interval '7 days'""", Integer.class, tenant.value()));
    }

    Optional<ReportDelivery> findDelivery(TenantId tenant, UUID id) {
        return jdbc
                .query(DELIVERIES + " and delivery_id = ?", (row, number) -> delivery(row), tenant.value(), id)
                .stream()
                .findFirst();
    }

    /** If it still is in the state and the hands that it was in; returns whether it was. */
    boolean move(TenantId tenant, ReportDelivery before, ReportDelivery next) {
        List<String> remaining = next.remaining();
        return jdbc.update(
                        """
                        update report_deliveries set state = ?, attempts = ?, at = ?, detail = ?, remaining = ?, claim = ?,
                          provisional = ?
                        where tenant_id = ? and delivery_id = ? and state = ? and claim = ?""",
                        next.state().toString(),
                        next.attempts(),
                        next.at().atOffset(ZoneOffset.UTC),
                        next.detail(),
                        remaining == null ? null : remaining.toArray(String[]::new),
                        next.claim(),
                        next.provisional(),
                        tenant.value(),
                        before.id(),
                        before.state().toString(),
                        before.claim())
                == 1;
    }

    private static SavedReport report(ResultSet row) throws SQLException {
        return new SavedReport(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getString(3),
                ExportFormat.of(row.getString(4)),
                Arrays.stream((String[]) row.getArray(10).getArray())
                        .map(Dimension::of)
                        .toList(),
                row.getBoolean(5),
                Rhythm.of(row.getString(6)),
                DeliveryWay.of(row.getString(7)),
                Arrays.asList((String[]) row.getArray(8).getArray()));
    }

    private static ReportDelivery delivery(ResultSet row) throws SQLException {
        return new ReportDelivery(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                row.getObject(3, LocalDate.class),
                row.getObject(4, LocalDate.class),
                ReportDelivery.State.of(row.getString(5)),
                row.getInt(6),
                row.getObject(7, OffsetDateTime.class).toInstant(),
                row.getString(8),
                row.getArray(9) == null
                        ? null
                        : Arrays.asList((String[]) row.getArray(9).getArray()),
                row.getBoolean(11),
                row.getInt(10));
    }
}
