package dev.artemis.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.shared.Acting;
import dev.artemis.shared.Caller;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.Problem;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.Role;
import dev.artemis.shared.Scope;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.UserId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Service;
import org.springframework.test.context.TestConstructor;

/**
 * Walks every façade that changes something of a team for somebody ({@code Caller by, TenantId tenant, …}), whoever added it, with
 * everybody that there is: whatever an edge forgot, the façade refuses before it does anything.
 */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class WhoMayDoTest {

    private static final TenantId TEAM = TenantId.random();
    private static final UserId PERSON = UserId.random();

    private final List<Change> changes;

    WhoMayDoTest(ApplicationContext context) {
        this.changes = context.getBeansWithAnnotation(Service.class).values().stream()
                .filter(bean -> AopUtils.getTargetClass(bean).getPackageName().startsWith("dev.artemis"))
                .flatMap(bean -> Arrays.stream(AopUtils.getTargetClass(bean).getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .filter(method -> isForATeam(method.getParameterTypes()))
                        .map(method -> new Change(bean, method)))
                .toList();
    }

    /** A way to change something. */
    private record Change(Object bean, Method method) {

        /** The code of the refusal; null where it went on, to whatever end: what it was given is nothing. */
        @Nullable String refusalOf(Caller by) {
            List<@Nullable Object> arguments = new ArrayList<>();
            for (Class<?> type : method.getParameterTypes()) {
                arguments.add(type == Caller.class ? by : type == TenantId.class ? TEAM : null);
            }
            try {
                method.invoke(bean, arguments.toArray());
                return null;
            } catch (InvocationTargetException e) {
                return e.getCause() instanceof Problem problem
                                && List.of(403, 404).contains(problem.status())
                        ? problem.code()
                        : null;
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public String toString() {
            return method.getDeclaringClass().getSimpleName() + "." + method.getName();
        }
    }

    @Test
    void thereIsSomethingToWalk() {
        assertThat(changes).hasSizeGreaterThan(15);
    }

    @Test
    void whoLooksChangesNothing() {
        for (Caller by : List.of(
                member(TEAM, Role.VIEWER),
                new Caller.PlatformFinance(PERSON, "finance"),
                new Caller.ForTenant(TEAM, PERSON, Acting.reading(Role.FINANCE), "finance"),
                new Caller.ForTenant(TEAM, PERSON, Acting.reading(Role.OWNER), "owner who only reads"),
                new Caller.ForProject(
                        TEAM, ProjectId.random(), KeyId.random(), null, EnumSet.allOf(Scope.class), "program"))) {
            for (Change change : changes) {
                assertThat(change.refusalOf(by)).as("%s by %s", change, by).isEqualTo("missing-role");
            }
        }
    }

    @Test
    void anotherTeamsOwnerIsNobody() {
        for (Change change : changes) {
            assertThat(change.refusalOf(member(TenantId.random(), Role.OWNER)))
                    .as("%s", change)
                    .isIn("missing-role", "not-found");
        }
    }

    /** By the names that the platform's own have. All others are a team's. */
    @Test
    void aTeamsOwnerChangesWhatIsTheTeams() {
        List<String> thePlatforms = List.of(
                "Tenants.create",
                "Tenants.change",
                "Tenants.undo",
                "Tenants.undoSuspension",
                "Tenants.requestDeletion",
                "Budgets.setLimits",
                "RunQuotas.set",
                "RunQuotas.change");
        for (Change change : changes) {
            if (!thePlatforms.contains(change.toString())) {
                assertThat(change.refusalOf(member(TEAM, Role.OWNER)))
                        .as("%s", change)
                        .isNotEqualTo("missing-role");
            }
        }
    }

    @Test
    void aTeamsOwnBudgetAndQuotaAreThePlatforms() {
        Map<String, Long> refused = new java.util.TreeMap<>();
        for (Change change : changes) {
            if ("missing-role".equals(change.refusalOf(member(TEAM, Role.OWNER)))) {
                refused.merge(change.toString(), 1L, Long::sum);
            }
        }

        assertThat(refused.keySet())
                .containsExactlyInAnyOrder(
                        "Tenants.create",
                        "Tenants.change",
                        "Tenants.undo",
                        "Tenants.undoSuspension",
                        "Tenants.requestDeletion",
                        "RunQuotas.set",
                        "RunQuotas.change");
        assertThat(refused).containsEntry("RunQuotas.set", 1L).containsEntry("RunQuotas.change", 1L);
    }

    private static Caller member(TenantId team, Role role) {
        return new Caller.ForTenant(team, PERSON, role, role.name());
    }

    private static boolean isForATeam(Class<?>[] parameters) {
        return parameters.length >= 2 && parameters[0] == Caller.class && parameters[1] == TenantId.class;
    }
}
