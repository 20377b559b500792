package dev.artemis.access.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class AdministrationTest {

    private static final AtomicInteger count = new AtomicInteger();

    private final MockMvcTester mvc;

    AdministrationTest(MockMvcTester mvc) {
        this.mvc = mvc;
    }

    @Test
    void refusesAStranger() {
        assertThat(mvc.get().uri("/api/v1/admin/tenants"))
                .hasStatus(401)
                .hasHeader("WWW-Authenticate", "Bearer realm=\"artemis\"")
                .hasContentType("application/problem+json")
                .bodyJson()
                .extractingPath("$.code")
                .isEqualTo("unauthenticated");
    }

    @Test
    void makesATeam() {
        assertThat(mvc.post()
                        .uri("/api/v1/admin/tenants")
                        .header("Authorization", "Bearer " + OnDatabase.ADMIN_KEY)
                        .contentType("application/json")
                        .content("""
                {"slug": "t%d", "name": "Team", "time_zone": "Europe/Berlin"}""".formatted(count.incrementAndGet())))
                .hasStatus(201);
    }
}
