package dev.artemis.e2e.bench;

import dev.artemis.budgets.Admission;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.CallLabels;
import dev.artemis.budgets.CallSpending;
import dev.artemis.e2e.Api;
import dev.artemis.prices.ModelRef;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import dev.artemis.shared.Caller;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** A team with a daily and a monthly limit on itself, on its project and on its key: all six windows count. */
record BenchTeam(String slug, TenantId tenant, ProjectId project, KeyId key, String secret, Numbers numbers) {

    /** What its entries name by number. */
    record Numbers(LocalDate day, long price, int stage, int model, int provider) {}

    static final String CALL = """
            {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "development"}""";

    private static final String LIMITS = "\"daily_limit\": \"1000000\", \"monthly_limit\": \"10000000\"";

    private static final CallSpending SPENDING = new CallSpending(
            ModelRef.of("gpt-4o"),
            Usage.of(5000, 2000),
            ServiceTier.STANDARD,
            new CallLabels("development", null, null),
            null,
            CallSpending.Mode.ENFORCE);

    /** Makes it through the API, and tracks its first call. */
    static BenchTeam create(Api admin, DataSource owner, String slug) {
        String path = "admin/tenants/" + slug;
        admin.post("admin/tenants", """
                {"slug": "%s", "name": "Team", "time_zone": "UTC"}""".formatted(slug)).expect(201);
        admin.put(path + "/budget", "{" + LIMITS + "}").expect(200);
        admin.post(path + "/projects", "{\"slug\": \"web\", \"name\": \"Web\"}").expect(201);
        admin.put(path + "/projects/web/budget", "{" + LIMITS + "}").expect(200);
        var key = admin.post(path + "/projects/web/keys", """
                {"name": "bench", "scopes": ["calls:write", "costs:read"], %s}""".formatted(LIMITS))
                .expect(201)
                .json();
        String secret = key.get("key").asString();
        admin.with("Authorization", "Bearer " + secret).post("calls", CALL).expect(201);
        return read(owner, slug, secret);
    }

    private static BenchTeam read(DataSource owner, String slug, String secret) {
        try (Connection connection = owner.getConnection();
                PreparedStatement select = connection.prepareStatement("""
                        select t.tenant_id, e.project_id, e.key_id, e.day, e.price_id, e.stage, e.model, e.provider
                        from tenants t join entries e using (tenant_id) where t.slug = ?""")) {
            select.setString(1, slug);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new BenchTeam(
                        slug,
                        new TenantId(row.getObject(1, UUID.class)),
                        new ProjectId(row.getObject(2, UUID.class)),
                        new KeyId(row.getObject(3, UUID.class)),
                        secret,
                        new Numbers(
                                row.getObject(4, LocalDate.class),
                                row.getLong(5),
                                row.getInt(6),
                                row.getInt(7),
                                row.getInt(8)));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Admits one call in process, as the controller does. Returns 201, or 402 where it does not fit. */
    int track(Budgets budgets) {
        var caller = new Caller.ForProject(tenant, project, key, null, Set.of(), "bench");
        return budgets.track(caller, SPENDING) instanceof Admission.Tracked ? 201 : 402;
    }
}
