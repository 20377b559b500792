package dev.artemis.access.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.access.ApiKeys;
import dev.artemis.access.AuthenticateKey;
import dev.artemis.access.KeyDemand;
import dev.artemis.access.NewApiKey;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Scope;
import dev.artemis.shared.Slug;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import dev.artemis.web.ProblemWriter;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.TestConstructor;
import org.springframework.util.unit.DataSize;

/** An instance that has just started knows no key yet, good or bad. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class GuessLimitsTest {

    private static final int STRANGERS = 10;
    private static final int AT_ONCE = 60;

    private static final AtomicInteger count = new AtomicInteger();

    private final GuessLimits limits;
    private final ApiKeys keys;
    private final Tenant team;
    private final Project project;

    GuessLimitsTest(
            AuthenticateKey authenticate,
            KeyDemand demand,
            ProblemWriter problems,
            ApiKeys keys,
            Tenants tenants,
            Projects projects) {
        this.keys = keys;
        this.team = tenants.create(new Slug("guessed-" + count.incrementAndGet()), "Guessed", ZoneId.of("UTC"));
        this.project = projects.create(team.id(), new Slug("web"), "Web");
        var settings = new ApiSettings(DataSize.ofMegabytes(1), 10_000, STRANGERS);
        this.limits = new GuessLimits(authenticate, new Allowances(settings, demand), problems);
    }

    /** None gets its answer before all have asked. */
    @Test
    void aBusyProgramIsNotRefusedBecauseItsKeyIsNotKnownYet() throws Exception {
        String key = unknown();

        assertThat(allAtOnce(IntStream.range(0, AT_ONCE).mapToObj(each -> key).toList()))
                .doesNotContain(429);
    }

    @Test
    void differentKeysAreDifferentGuesses() throws Exception {
        List<String> guesses =
                IntStream.range(0, AT_ONCE).mapToObj(each -> unknown()).toList();

        assertThat(allAtOnce(guesses).stream().filter(status -> status == 429).count())
                .isGreaterThan(AT_ONCE / 2);
    }

    private List<Integer> allAtOnce(List<String> keys) throws Exception {
        var looked = new CountDownLatch(keys.size());
        List<Integer> statuses = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = keys.stream()
                    .map(key -> threads.submit(() -> ask(key, looked)))
                    .toList();
            for (Future<Integer> answer : answers) {
                statuses.add(answer.get());
            }
        }
        return statuses;
    }

    private int ask(String key, CountDownLatch looked) throws Exception {
        var request = new MockHttpServletRequest("GET", "/api/v1/calls");
        request.setRemoteAddr("203.0.113.77");
        request.addHeader("Authorization", "Bearer " + key);
        var response = new MockHttpServletResponse();
        limits.doFilter(request, response, (asked, answer) -> {
            looked.countDown();
            await(looked);
        });
        looked.countDown();
        return response.getStatus();
    }

    private static void await(CountDownLatch looked) {
        try {
            looked.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A good key that nobody showed yet. */
    private String unknown() {
        return keys.create(
                        new Caller.Platform("test"),
                        team.id(),
                        project.id(),
                        new NewApiKey("ci", EnumSet.allOf(Scope.class)))
                .secret();
    }
}
