package dev.artemis.schedules;

import dev.artemis.audit.Action;
import dev.artemis.audit.Audit;
import dev.artemis.audit.Change;
import dev.artemis.exports.ChargebackColumns;
import dev.artemis.exports.Export;
import dev.artemis.exports.ReportPart;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.projects.Projects;
import dev.artemis.reports.Span;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.Right;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** A team's saved reports: kept, and turned into files. */
@Service
public class SavedReports {

    private static final int MOST_SAVED = 100;
    private static final int SHOWN = 50;

    private final SavedReportRows rows;
    private final Tenants tenants;
    private final Projects projects;
    private final TenantTransactions transactions;
    private final Audit audit;

    SavedReports(
            SavedReportRows rows, Tenants tenants, Projects projects, TenantTransactions transactions, Audit audit) {
        this.rows = rows;
        this.tenants = tenants;
        this.projects = projects;
        this.transactions = transactions;
        this.audit = audit;
    }

    /**
     * Keeps a report; the first letter goes when its rhythm says so next. Joins the transaction of its tenant; audited.
     *
     * @throws Problem 404: no such project; 422: a hundred are saved already, or naming the field that is not allowed
     */
    public SavedReport save(Caller by, TenantId tenant, SavedReport report) {
        Right.CHANGE_FINANCE.require(by, tenant);
        report.requireAllowed();
        if (report.project() != null) {
            projects.named(tenant, slug(report.project()));
        }
        return transactions.inTenant(tenant, () -> {
            if (rows.all(tenant).size() >= MOST_SAVED) {
                throw Problem.notAllowed("name", "at most " + MOST_SAVED + " reports; delete one first");
            }
            ZoneId zone = tenant(tenant).timeZone();
            rows.insert(tenant, report, by.name());
            report.rhythm()
                    .dayAfter(rows.now(), zone)
                    .ifPresent(day -> rows.dueNext(tenant, report.id(), day, Rhythm.morning(day, zone)));
            audit.record(by, new Change(Action.REPORT_SAVED, tenant, report.id().toString(), null, report));
            return report;
        });
    }

    /**
     * Forgets a report and its deliveries; audited.
     *
     * @throws Problem 404
     */
    public void delete(Caller by, TenantId tenant, UUID id) {
        Right.CHANGE_FINANCE.require(by, tenant);
        transactions.inTenant(tenant, () -> {
            SavedReport before = rows.find(tenant, id).orElseThrow(() -> Problem.notFound("The report"));
            rows.delete(tenant, id);
            audit.record(by, new Change(Action.REPORT_DELETED, tenant, id.toString(), before, null));
        });
    }

    /** By name. */
    public List<SavedReport> all(TenantId tenant) {
        return transactions.inTenant(tenant, () -> rows.all(tenant));
    }

    public Optional<SavedReport> find(TenantId tenant, UUID id) {
        return transactions.inTenant(tenant, () -> rows.find(tenant, id));
    }

    /** The latest letters of a report, the newest period first. */
    public List<ReportDelivery> deliveries(TenantId tenant, UUID report) {
        return transactions.inTenant(tenant, () -> rows.deliveries(tenant, report, SHOWN));
    }

    /** Letters of the last seven days that not all have, or of which nobody knows: somebody should look. */
    public int lost(TenantId tenant) {
        return transactions.inTenant(tenant, () -> rows.lost(tenant));
    }

    public Optional<ReportDelivery> delivery(TenantId tenant, UUID id) {
        return transactions.inTenant(tenant, () -> rows.findDelivery(tenant, id));
    }

    /**
     * Sends a letter again that failed, or of which nobody knows, to those whom no mail server took it for; audited.
     *
     * @throws Problem 404; 409 {@code delivery-open}: it waits, is being sent, or was sent
     */
    public void sendAgain(Caller by, TenantId tenant, UUID delivery) {
        Right.CHANGE_FINANCE.require(by, tenant);
        transactions.inTenant(tenant, () -> {
            ReportDelivery before =
                    rows.findDelivery(tenant, delivery).orElseThrow(() -> Problem.notFound("The delivery"));
            switch (before.state()) {
                case WAITING, SENDING, SENT ->
                    throw Problem.of(409, "delivery-open", "Only what failed or is uncertain is sent again.");
                case FAILED, UNCERTAIN -> {
                    ReportDelivery next = before.again(rows.now());
                    rows.move(tenant, before, next);
                    audit.record(by, new Change(Action.REPORT_SENT_AGAIN, tenant, delivery.toString(), before, next));
                }
            }
        });
    }

    /**
     * The file of a report over some days.
     *
     * @throws Problem 404: its project is gone; 422: a statement of what is no month
     */
    public Export export(TenantId tenant, SavedReport report, Span.Days days) {
        ProjectId project = report.project() == null
                ? null
                : projects.named(tenant, slug(report.project())).id();
        return new Export(
                report.format(),
                List.of(new ReportPart(tenant(tenant), project, days)),
                report.chargeback() ? ChargebackColumns.SHOWN : ChargebackColumns.LEFT_OUT,
                report.by());
    }

    private Tenant tenant(TenantId tenant) {
        return tenants.find(tenant).orElseThrow(() -> Problem.notFound("The team"));
    }

    private static Slug slug(String text) {
        try {
            return new Slug(text);
        } catch (IllegalArgumentException e) {
            throw Problem.notFound("The project");
        }
    }
}
