package dev.artemis.budgets;

import dev.artemis.audit.Action;
import dev.artemis.audit.AuditEntry;
import dev.artemis.audit.AuditLog;
import dev.artemis.shared.TenantId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** Who set a level's limits to what, as the audit log has it. */
@Service
public class LimitHistory {

    private static final int MOST = 20;
    private static final int ALL = 10_000;

    private final AuditLog log;
    private final JsonMapper json;

    LimitHistory(AuditLog log, JsonMapper json) {
        this.log = log;
        this.json = json;
    }

    /** The last twenty changes, newest first. */
    public List<LimitChange> of(TenantId tenant, Level level) {
        return log.of(tenant, Action.BUDGET_CHANGED, subject(tenant, level), MOST).stream()
                .map(this::change)
                .toList();
    }

    /** All changes from a moment on, newest first. */
    List<LimitChange> since(TenantId tenant, Level level, Instant moment) {
        return log.of(tenant, Action.BUDGET_CHANGED, subject(tenant, level), ALL).stream()
                .filter(entry -> !entry.at().isBefore(moment))
                .map(this::change)
                .toList();
    }

    static String subject(TenantId tenant, Level level) {
        return level.scope() + " " + Budgets.id(tenant, level);
    }

    private LimitChange change(AuditEntry entry) {
        return new LimitChange(entry.at(), entry.actor(), limits(entry.before()), limits(entry.after()));
    }

    private Limits limits(@Nullable String kept) {
        return kept == null ? Limits.NONE : json.readValue(kept, Limits.class);
    }
}
