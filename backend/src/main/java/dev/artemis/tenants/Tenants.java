package dev.artemis.tenants;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;

/** Teams: made, found, changed. */
@Service
public class Tenants {

    private static final int MAX_NAME = 200;

    private final TenantRows rows;
    private final TenantTransactions transactions;
    private final Clock clock;

    Tenants(TenantRows rows, TenantTransactions transactions, Clock clock) {
        this.rows = rows;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Makes a team.
     *
     * @throws Problem 409 {@code slug-taken}; 422 for a name that is blank or longer than 200 characters
     */
    public Tenant create(Slug slug, String name, ZoneId timeZone) {
        TenantId id = TenantId.random();
        String checked = checkedName(name);
        try {
            return transactions.inTenant(
                    id,
                    () -> rows.save(new TenantRow(id.value(), slug, checked, timeZone, clock.instant()))
                            .asOf(clock.instant()));
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
    public Tenant change(TenantId id, TenantChange change) {
        return transactions.inTenant(id, () -> {
            TenantRow row = rows.findById(id.value()).orElseThrow(() -> Problem.notFound("The team"));
            if (change.name() != null) {
                row.rename(checkedName(change.name()));
            }
            if (change.timeZone() != null) {
                row.moveTo(change.timeZone(), clock.instant());
            }
            if (change.suspended() != null) {
                row.suspend(change.suspended());
            }
            if (change.computeRates() != null) {
                row.charge(change.computeRates());
            }
            return rows.save(row).asOf(clock.instant());
        });
    }

    private static String checkedName(String name) {
        String stripped = name.strip();
        if (stripped.isEmpty() || stripped.length() > MAX_NAME) {
            throw Problem.notAllowed("name", "1 to " + MAX_NAME + " characters");
        }
        return stripped;
    }
}
