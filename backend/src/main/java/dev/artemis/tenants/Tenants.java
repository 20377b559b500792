package dev.artemis.tenants;

import dev.artemis.audit.Action;
import dev.artemis.audit.Audit;
import dev.artemis.audit.Change;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Caller;
import dev.artemis.shared.PlainText;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Right;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;

/** Teams: made, found, changed. */
@Service
public class Tenants {

    private static final Caller PLATFORM = new Caller.Platform("platform");
    private static final int MAX_NAME = 200;

    private final TenantRows rows;
    private final TenantTransactions transactions;
    private final Audit audit;
    private final ApplicationEventPublisher events;
    private final DeletionSettings deletion;
    private final Clock clock;

    Tenants(
            TenantRows rows,
            TenantTransactions transactions,
            Audit audit,
            ApplicationEventPublisher events,
            DeletionSettings deletion,
            Clock clock) {
        this.rows = rows;
        this.transactions = transactions;
        this.audit = audit;
        this.events = events;
        this.deletion = deletion;
        this.clock = clock;
    }

    /** For tests and demonstrations: the platform itself makes the team. */
    public Tenant create(Slug slug, String name, ZoneId timeZone) {
        return create(PLATFORM, slug, name, timeZone);
    }

    /** For tests and demonstrations: the platform itself changes the team. */
    public Tenant change(TenantId id, TenantChange change) {
        return change(PLATFORM, id, change);
    }

    /**
     * Makes a team.
     *
     * @throws Problem 409 {@code slug-taken}; 422 for a name that is blank or longer than 200 characters
     */
    public Tenant create(Caller by, Slug slug, String name, ZoneId timeZone) {
        return create(by, TenantId.random(), slug, name, timeZone);
    }

    /** The same under an id that was chosen before; joins a transaction of that team. */
    public Tenant create(Caller by, TenantId id, Slug slug, String name, ZoneId timeZone) {
        Right.requirePlatform(by);
        String checked = checkedName(name);
        try {
            return transactions.inTenant(id, () -> {
                Instant now = clock.instant();
                Tenant tenant = rows.save(new TenantRow(id.value(), slug, checked, timeZone, now))
                        .asOf(now);
                rows.flush();
                audit.record(by, new Change(Action.TENANT_CREATED, id, slug.value(), null, Shown.of(tenant)));
                return tenant;
            });
        } catch (DataIntegrityViolationException e) {
            throw Problem.of(409, "slug-taken", "There is a team named " + slug + " already.");
        }
    }

    /** All teams, by slug: for administrators and the platform itself. */
    public List<Tenant> all() {
        return transactions.acrossTenants(
                () -> rows.all().stream().map(row -> row.asOf(clock.instant())).toList());
    }

    public Optional<Tenant> find(Slug slug) {
        return transactions.acrossTenants(() -> rows.bySlug(slug.value()).map(row -> row.asOf(clock.instant())));
    }

    public Optional<Tenant> find(TenantId id) {
        return transactions.inTenant(id, () -> rows.findById(id.value()).map(row -> row.asOf(clock.instant())));
    }

    /**
     * The team of that slug.
     *
     * @throws Problem 404
     */
    public Tenant named(Slug slug) {
        return find(slug).orElseThrow(() -> Problem.notFound("The team " + slug));
    }

    /**
     * Changes what is named, and leaves the rest.
     *
     * @throws Problem 404; 422 for a bad name
     */
    public Tenant change(Caller by, TenantId id, TenantChange change) {
        Right.requirePlatform(by);
        return transactions.inTenant(id, () -> {
            TenantRow row = rows.findById(id.value()).orElseThrow(() -> Problem.notFound("The team"));
            Tenant before = row.asOf(clock.instant());
            if (change.name() != null) {
                row.rename(checkedName(change.name()));
            }
            if (change.timeZone() != null) {
                row.moveTo(change.timeZone(), clock.instant());
            }
            if (change.suspended() != null) {
                if (row.isErased() && !change.suspended()) {
                    throw Problem.of(409, "tenant-erased", "The team was erased: only its ledger is left.");
                }
                row.suspend(change.suspended());
            }
            if (change.computeRates() != null) {
                row.charge(change.computeRates());
            }
            Tenant after = rows.save(row).asOf(clock.instant());
            audit.record(
                    by,
                    new Change(
                            Action.TENANT_CHANGED,
                            id,
                            after.slug().value(),
                            Shown.of(before),
                            Shown.of(change, after)));
            events.publishEvent(new TenantChanged(id));
            return after;
        });
    }

    /**
     * Takes a suspension back that was a mistake, and nothing else.
     *
     * @throws Problem 404; 409 {@code tenant-to-be-deleted}: its deletion was asked for meanwhile, and stays
     */
    public Tenant undoSuspension(Caller by, TenantId id) {
        Right.requirePlatform(by);
        return transactions.inTenant(id, () -> {
            TenantRow row = rows.findById(id.value()).orElseThrow(() -> Problem.notFound("The team"));
            if (row.asOf(clock.instant()).deletionRequestedAt() != null) {
                throw Problem.of(409, "tenant-to-be-deleted", "The team's deletion was asked for meanwhile.");
            }
            return change(by, id, new TenantChange(null, null, false, null));
        });
    }

    /**
     * Puts back what a change touched.
     *
     * @param back the values before
     * @throws Problem 404; 409 {@code team-changed}: somebody else changed it since
     */
    public Tenant undo(Caller by, TenantId id, TenantChange made, TenantChange back) {
        Right.requirePlatform(by);
        return transactions.inTenant(id, () -> {
            TenantRow row = rows.findById(id.value()).orElseThrow(() -> Problem.notFound("The team"));
            if (!made.isIn(row.asOf(clock.instant()))) {
                throw Problem.of(409, "team-changed", "Somebody else changed this team meanwhile.");
            }
            return change(by, id, back);
        });
    }

    /**
     * Asks for a team to be deleted: it is suspended at once and says since when. Nothing is erased: the ledger is kept
     * for finance, and a change that lifts the suspension restores the team. Harmless when repeated.
     *
     * @throws Problem 404
     */
    public Tenant requestDeletion(Caller by, TenantId id) {
        Right.requirePlatform(by);
        return transactions.inTenant(id, () -> {
            TenantRow row = rows.findById(id.value()).orElseThrow(() -> Problem.notFound("The team"));
            Tenant before = row.asOf(clock.instant());
            row.requestDeletion(clock.instant());
            Tenant after = rows.save(row).asOf(clock.instant());
            if (before.deletionRequestedAt() == null) {
                audit.record(
                        by,
                        new Change(
                                Action.TENANT_DELETION_REQUESTED,
                                id,
                                after.slug().value(),
                                Shown.of(before),
                                Shown.of(after)));
            }
            events.publishEvent(new TenantChanged(id));
            return after;
        });
    }

    /** How long a team that shall be deleted can still be restored. */
    public Duration deletionGrace() {
        return deletion.deletionGrace();
    }

    private static String checkedName(String name) {
        String stripped = name.strip();
        if (stripped.isEmpty() || stripped.length() > MAX_NAME || !PlainText.is(stripped)) {
            throw Problem.notAllowed("name", "1 to " + MAX_NAME + " characters, no control characters");
        }
        return stripped;
    }

    /** What the audit log shows of a team: a zone that was chosen, though it begins with the next day. */
    private record Shown(String name, String timeZone, boolean suspended, String cpuSecondRate, String gibSecondRate) {

        static Shown of(Tenant tenant) {
            return of(tenant.timeZone(), tenant);
        }

        static Shown of(TenantChange change, Tenant tenant) {
            return of(change.timeZone() == null ? tenant.timeZone() : change.timeZone(), tenant);
        }

        private static Shown of(ZoneId zone, Tenant tenant) {
            return new Shown(
                    tenant.name(),
                    zone.getId(),
                    tenant.suspended(),
                    tenant.computeRates().cpuSecond().toString(),
                    tenant.computeRates().gibSecond().toString());
        }
    }
}
