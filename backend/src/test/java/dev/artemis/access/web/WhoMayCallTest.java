package dev.artemis.access.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.access.Members;
import dev.artemis.access.People;
import dev.artemis.access.PersonalKeys;
import dev.artemis.access.PlatformRole;
import dev.artemis.access.Roles;
import dev.artemis.shared.Caller;
import dev.artemis.shared.RequiresRight;
import dev.artemis.shared.RequiresScope;
import dev.artemis.shared.Right;
import dev.artemis.shared.Role;
import dev.artemis.shared.Scope;
import dev.artemis.shared.Slug;
import dev.artemis.shared.UserId;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Walks every call that the running application serves, whoever added it, with every kind of caller. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class WhoMayCallTest {

    private static final AtomicInteger count = new AtomicInteger();
    private static final Caller PLATFORM = new Caller.Platform("test");

    private final RestClient admin;
    private final List<Call> calls;
    private final Tenants tenants;
    private final Members members;
    private final People people;
    private final PersonalKeys personalKeys;

    WhoMayCallTest(
            MockMvcTester mvc,
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping,
            Tenants tenants,
            Members members,
            People people,
            PersonalKeys personalKeys) {
        this.admin = RestClient.admin(mvc);
        this.calls = calls(mapping);
        this.tenants = tenants;
        this.members = members;
        this.people = people;
        this.personalKeys = personalKeys;
    }

    /** One way to call. */
    private record Call(HttpMethod method, String path, HandlerMethod handler) {

        boolean takes(Class<? extends Caller> type) {
            return CallerArguments.wantedCaller(handler).filter(type::equals).isPresent();
        }

        boolean isOfThePlatform() {
            return path.startsWith("admin/") && !path.contains("{tenant}");
        }

        boolean reads() {
            return method.equals(HttpMethod.GET);
        }

        String in(String tenant) {
            return path.replace("{tenant}", tenant)
                    .replace("{project}", "web")
                    .replaceAll("\\{[^}]*}", "00000000-0000-0000-0000-000000000000");
        }
    }

    @Test
    void everyCallSaysWhoMayMakeIt() {
        assertThat(calls).hasSizeGreaterThan(10);
        for (Call call : calls) {
            assertThat(call.handler().getMethodParameters())
                    .as("%s takes one Caller", call)
                    .filteredOn(parameter -> Caller.class.isAssignableFrom(parameter.getParameterType()))
                    .hasSize(1);
            assertThat(call.handler().hasMethodAnnotation(RequiresScope.class))
                    .as("%s names a scope exactly where it acts for a project", call)
                    .isEqualTo(call.takes(Caller.ForProject.class));
            assertThat(call.path().startsWith("admin/"))
                    .as("%s: under /admin are all calls but a project's", call)
                    .isNotEqualTo(call.takes(Caller.ForProject.class));
        }
    }

    @Test
    void aStrangerIsRefusedEverywhere() {
        String team = admin.newTeam();
        for (Call call : calls) {
            assertThat(answer(admin.with(null), call, team)).as("%s", call).isEqualTo(401);
        }
    }

    @Test
    void aProjectsKeyAdministersNothing() {
        String team = admin.newTeam();
        RestClient program =
                admin.with(RestClient.expect(201, admin.post("admin/tenants/" + team + "/projects/web/keys", """
                    {"name": "x", "scopes": ["calls:write", "runs:write", "costs:read", "runs:read"]}\
                    """))
                        .get("key")
                        .asString());
        for (Call call : calls) {
            if (call.path().startsWith("admin/")) {
                assertThat(answer(program, call, team)).as("%s", call).isEqualTo(403);
            }
        }
    }

    @Test
    void aKeyWithoutTheScopeIsRefused() {
        String team = admin.newTeam();
        for (String scope : List.of("calls:write", "runs:write", "costs:read", "runs:read")) {
            RestClient program = admin.with(RestClient.expect(
                            201, admin.post("admin/tenants/" + team + "/projects/web/keys", """
                                {"name": "x", "scopes": ["%s"]}\
                                """.formatted(scope)))
                    .get("key")
                    .asString());
            for (Call call : calls) {
                RequiresScope required = call.handler().getMethodAnnotation(RequiresScope.class);
                if (required != null && !required.value().toString().equals(scope)) {
                    assertThat(answer(program, call, team))
                            .as("%s with %s", call, scope)
                            .isEqualTo(403);
                }
            }
        }
    }

    @Test
    void anotherTeamDoesNotExist() {
        String mine = admin.newTeam();
        String theirs = admin.newTeam();
        Map<Role, RestClient> people = peopleOf(mine);
        for (Call call : calls) {
            if (call.path().contains("{tenant}")) {
                people.forEach((role, client) -> assertThat(answer(client, call, theirs))
                        .as("%s as %s", call, role)
                        .isEqualTo(404));
            }
        }
    }

    @Test
    void aMemberMayWhatTheRoleAllows() {
        String team = admin.newTeam();
        Map<Role, RestClient> people = peopleOf(team);
        for (Call call : calls) {
            if (!call.takes(Caller.ForTenant.class)) {
                continue;
            }
            RequiresRight required = call.handler().getMethodAnnotation(RequiresRight.class);
            Set<Role> allowed =
                    required == null ? Set.of(Role.values()) : required.value().roles();
            people.forEach((role, client) -> {
                if (allowed.contains(role)) {
                    assertThat(answer(client, call, team))
                            .as("%s as %s", call, role)
                            .isNotEqualTo(403);
                } else {
                    assertThat(answer(client, call, team))
                            .as("%s as %s", call, role)
                            .isEqualTo(403);
                }
            });
        }
    }

    @Test
    void onlyThePlatformsOwnMayWhatIsThePlatforms() {
        Map<Role, RestClient> people = peopleOf(admin.newTeam());
        for (Call call : calls) {
            if (call.isOfThePlatform()) {
                people.forEach((role, client) -> assertThat(answer(client, call, "none"))
                        .as("%s as %s", call, role)
                        .isEqualTo(403));
            }
        }
    }

    @Test
    void thePlatformsFinanceReadsInEveryTeamAndChangesNothing() {
        String team = admin.newTeam();
        RestClient finance = ofThePlatform(PlatformRole.FINANCE);
        for (Call call : calls) {
            if (call.takes(Caller.ForTenant.class)) {
                RequiresRight required = call.handler().getMethodAnnotation(RequiresRight.class);
                boolean may = call.reads()
                        && (required == null || required.value().roles().contains(Role.FINANCE));
                assertThat(answer(finance, call, team) != 403).as("%s", call).isEqualTo(may);
            }
        }
    }

    @Test
    void thePlatformsFinanceMayOfThePlatformsWhatIsSharedWithIt() {
        RestClient finance = ofThePlatform(PlatformRole.FINANCE);
        for (Call call : calls) {
            if (call.isOfThePlatform()) {
                assertThat(answer(finance, call, "none") != 403).as("%s", call).isEqualTo(call.takes(Caller.class));
            }
        }
        assertThat(calls)
                .filteredOn(call -> call.takes(Caller.class) && !call.reads())
                .extracting(Call::path)
                .as("no team's, and kept for finance itself")
                .containsExactly("admin/reconciliations");
    }

    @Test
    void anAdministratorsPersonalKeyAdministersEverything() {
        RestClient administrator = ofThePlatform(PlatformRole.ADMIN);
        for (Call call : calls) {
            if (call.path().startsWith("admin/")) {
                assertThat(answer(administrator, call, admin.newTeam()))
                        .as("%s", call)
                        .isNotIn(401, 403);
            }
        }
    }

    @Test
    void aPersonsKeyMayInAProjectWhatTheRoleAllows() {
        String team = admin.newTeam();
        String others = admin.newTeam();
        Map<RestClient, Role> everybody = new HashMap<>();
        peopleOf(team).forEach((role, client) -> everybody.put(client, role));
        everybody.put(ofThePlatform(PlatformRole.ADMIN), Role.OWNER);
        everybody.put(ofThePlatform(PlatformRole.FINANCE), Role.FINANCE);
        Map<Role, RestClient> strangers = peopleOf(team);
        for (Call call : calls) {
            RequiresScope required = call.handler().getMethodAnnotation(RequiresScope.class);
            if (required == null) {
                continue;
            }
            Scope scope = required.value();
            everybody.forEach((client, role) -> assertThat(answer(client.actingFor(team + "/web"), call, team) != 403)
                    .as("%s as %s", call, role)
                    .isEqualTo(Roles.scopesOf(role).contains(scope)));
            strangers.forEach((role, client) -> assertThat(answer(client.actingFor(others + "/web"), call, others))
                    .as("%s as a stranger", call)
                    .isEqualTo(404));
        }
    }

    @Test
    void onlyAnOwnerLetsCodeRunUnscanned() {
        String team = admin.newTeam();
        String path = "admin/tenants/" + team + "/projects/web";

        peopleOf(team).forEach((role, client) -> {
            MvcTestResult answer = client.patch(path, "{\"allow_unscanned\": true}");
            assertThat(answer).as("%s", role).hasStatus(role == Role.OWNER ? 200 : 403);
            boolean allowed = RestClient.expect(200, admin.get("admin/tenants/" + team + "/projects"))
                    .get("items")
                    .get(0)
                    .get("allow_unscanned")
                    .asBoolean();
            assertThat(allowed).as("%s", role).isEqualTo(role == Role.OWNER);
            RestClient.expect(200, admin.patch(path, "{\"allow_unscanned\": false}"));
        });
    }

    @Test
    void nobodyOfASuspendedTeamChangesIt() {
        String team = admin.newTeam();
        Map<Role, RestClient> people = peopleOf(team);
        RestClient.expect(200, admin.patch("admin/tenants/" + team, "{\"suspended\": true}"));
        for (Call call : calls) {
            if (call.takes(Caller.ForTenant.class) && !call.reads()) {
                people.forEach((role, client) -> assertThat(answer(client, call, team))
                        .as("%s as %s", call, role)
                        .isEqualTo(403));
            }
        }
    }

    @Test
    void aRightSaysWhetherItChanges() {
        for (Call call : calls) {
            RequiresRight required = call.handler().getMethodAnnotation(RequiresRight.class);
            if (required != null && !call.reads()) {
                assertThat(required.value()).as("%s", call).matches(Right::changes);
            }
        }
    }

    /** A body that no call takes: whoever may call gets 400 or 404 for it, and nothing changes. */
    private static int answer(RestClient client, Call call, String team) {
        boolean hasBody =
                !call.method().equals(HttpMethod.GET) && !call.method().equals(HttpMethod.DELETE);
        MvcTestResult result = client.send(call.method(), call.in(team), hasBody ? "[" : null);
        return result.getResponse().getStatus();
    }

    private Map<Role, RestClient> peopleOf(String team) {
        Tenant tenant = tenants.named(new Slug(team));
        Map<Role, RestClient> people = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            UserId person = members.person(PLATFORM, "p" + count.incrementAndGet() + "@example.org");
            members.put(PLATFORM, tenant.id(), person, role);
            people.put(
                    role,
                    admin.with(personalKeys
                            .create(PLATFORM, person, "laptop", null)
                            .secret()));
        }
        return people;
    }

    private RestClient ofThePlatform(PlatformRole role) {
        UserId person = members.person(PLATFORM, "p" + count.incrementAndGet() + "@example.org");
        people.put(new Caller.Admin(null, "test"), person, new People.Standing(role, false));
        return admin.with(personalKeys.create(PLATFORM, person, "laptop", null).secret());
    }

    private static List<Call> calls(RequestMappingHandlerMapping mapping) {
        List<Call> calls = new ArrayList<>();
        mapping.getHandlerMethods()
                .forEach((info, handler) -> info.getPatternValues().forEach(pattern -> {
                    if (pattern.startsWith("/api/v1/")) {
                        info.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> calls.add(new Call(
                                        method.asHttpMethod(), pattern.substring("/api/v1/".length()), handler)));
                    }
                }));
        return calls;
    }
}
