package dev.artemis.access.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.idempotency.IdempotentRequest;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.test.context.TestConstructor;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** A program whose answer was lost asks again with the same {@code Idempotency-Key}, whatever it asked for. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class EveryPostMayBeRepeatedTest {

    /** They change nothing that a repeat would change again, or are asked for again on purpose: a new link, a new look. */
    private static final Set<String> KEPT_BY_NOBODY = Set.of(
            "/api/v1/admin/people/{id}/link",
            "/api/v1/admin/tenants/{tenant}/members/{id}/invitation",
            "/api/v1/admin/tenants/{tenant}/provider-keys/{id}/check",
            "/api/v1/admin/startup-check",
            "/api/v1/runs/{id}/cancellation",
            "/api/v1/scans");

    private final RequestMappingHandlerMapping mapping;

    EveryPostMayBeRepeatedTest(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping) {
        this.mapping = mapping;
    }

    @Test
    void andGetsTheFirstAnswer() {
        Set<String> posts = new TreeSet<>();
        Set<String> unread = new TreeSet<>();
        mapping.getHandlerMethods().forEach((request, handler) -> {
            if (request.getMethodsCondition().getMethods().contains(RequestMethod.POST) && isOurs(handler)) {
                request.getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/"))
                        .forEach(path -> {
                            posts.add(path);
                            if (!readsTheKey(handler)) {
                                unread.add(path);
                            }
                        });
            }
        });

        assertThat(posts).hasSizeGreaterThan(20);
        assertThat(unread).containsExactlyInAnyOrderElementsOf(KEPT_BY_NOBODY);
    }

    /** And no probe of another test. */
    private static boolean isOurs(HandlerMethod handler) {
        return !handler.getBeanType()
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath()
                .endsWith("/test-classes/");
    }

    private static boolean readsTheKey(HandlerMethod handler) {
        return Arrays.stream(handler.getMethodParameters())
                .anyMatch(parameter -> parameter.getParameterType() == IdempotentRequest.class);
    }
}
