package dev.artemis.audit;

import dev.artemis.shared.Caller;
import java.sql.Types;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import tools.jackson.databind.json.JsonMapper;

/** The audit log, written. */
@Service
public class Audit {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    Audit(JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /** Adds an entry in the running transaction, which acts for the change's tenant or for none. */
    public void record(Caller by, Change change) {
        UUID tenant = change.tenant() == null ? null : change.tenant().value();
        jdbc.sql("""
                        insert into audit_entries (tenant_id, at, actor, address, action, subject, before, after)
                        values (:tenant, :at, :actor, :address, :action, :subject, :before::jsonb, :after::jsonb)""")
                .param("tenant", tenant, Types.OTHER)
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .param("actor", by.name())
                .param("address", address(), Types.VARCHAR)
                .param("action", change.action().toString())
                .param("subject", change.subject())
                .param("before", text(change.before()), Types.VARCHAR)
                .param("after", text(change.after()), Types.VARCHAR)
                .update();
    }

    private @Nullable String text(@Nullable Object value) {
        return value == null ? null : json.writeValueAsString(value);
    }

    /** Where the request came from; none in background work. */
    private static @Nullable String address() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? attributes.getRequest().getRemoteAddr()
                : null;
    }
}
