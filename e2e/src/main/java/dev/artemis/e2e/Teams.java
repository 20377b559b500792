package dev.artemis.e2e;

import java.util.concurrent.atomic.AtomicInteger;

/** Makes teams by the API, as an admin does. */
public final class Teams {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private Teams() {}

    /** A new team in UTC with one project, and a key of that project that may do everything. */
    public static Team create(Instance instance) {
        Api admin = instance.admin();
        String slug = "team-" + NUMBER.incrementAndGet();
        admin.post("admin/tenants", """
                {"slug": "%s", "name": "Team %s", "time_zone": "UTC"}""".formatted(slug, slug)).expect(201);
        admin.post("admin/tenants/" + slug + "/projects", """
                {"slug": "web", "name": "Web"}""").expect(201);
        String key = admin.post("admin/tenants/" + slug + "/projects/web/keys", """
                {"name": "e2e", "scopes": ["calls:write", "runs:write", "costs:read", "runs:read"]}""")
                .expect(201)
                .json()
                .get("key")
                .asString();
        return new Team(slug, instance.api(key));
    }

    /** A team by its slug, and a client that holds its project's key. */
    public record Team(String slug, Api api) {}
}
