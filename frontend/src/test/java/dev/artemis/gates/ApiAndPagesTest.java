package dev.artemis.gates;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The API does all that the pages do, and the pages all that the API does: whatever one of them calls of the modules, the other calls too, or
 * it stands here with what does the same, or with why there is nothing. See ADR-0074.
 */
class ApiAndPagesTest {

    private static final String PAGES = "dev.artemis.ui";

    /** Of no module: what it answers is that there is nothing. */
    private static final String NOWHERE = "dev.artemis.web";

    /** What only the API calls, with what does the same for a page. */
    private static final Map<String, String> OF_A_PAGE = Map.ofEntries(
            entry("Budgets.setLimits", "Budgets.changeLimits"),
            entry("Budgets.reservation", "Reservations.page"),
            entry("CorrectEntries.correct", "CorrectEntries.correctOnce"),
            entry("Exports.latest", "Exports.before"),
            entry("People.put", "People.giveRole"),
            entry("Prices.find", "Prices.history"),
            entry("Prices.search", "Prices.slice"),
            entry("Projects.slugs", "Projects.all"),
            entry("Reconciliations.compare", "Reconciliations.reconcile"),
            entry("Reconciliations.keep", "Reconciliations.reconcile"),
            entry("Reconciliations.compareAll", "Reconciliations.reconcileAll"),
            entry("Reconciliations.keepOfAll", "Reconciliations.reconcileAll"),
            entry("RunQuotas.set", "RunQuotas.change"),
            entry("Runs.await", "Runs.summary"),
            entry("Runs.inspect", "Runs.submit"),
            entry("Runs.inspectAgain", "Runs.given"),
            entry("Statements.closeUnsealed", "Statements.close"),
            entry("Statements.sealed", "Statements.close"),
            entry("Statements.find", "Statements.all"),
            entry("Tenants.named", "CurrentUser.in"));

    /** What only the API calls, with why no page does. */
    private static final Map<String, String> NO_PAGE = Map.ofEntries(
            entry("Budgets.reserve", "a program holds money for the call that it is about to make: ADR-0063"),
            entry("Budgets.settle", "the answer is the program's that held: ADR-0063"),
            entry("Budgets.trackAll", "a person records one call that no program told of: ADR-0063"),
            entry("Idempotency.once", "a page's button is pressed once; what is sent anew is a program's"),
            entry("Idempotency.onceAfter", "as Idempotency.once"),
            entry("Idempotency.onceMaking", "as Idempotency.once"),
            entry("Idempotency.replayed", "as Idempotency.once"));

    /** What only pages call, with what the API calls for the same. */
    private static final Map<String, String> OF_THE_API = Map.ofEntries(
            entry("AlertChannels.putBack", "AlertChannels.add"),
            entry("Alerts.usedUp", "Alerts.latest"),
            entry("Budgets.changeLimits", "Budgets.setLimits"),
            entry("Budgets.standing", "Budgets.status"),
            entry("ChargebackRates.byDay", "ChargebackRates.all"),
            entry("ChargedCosts.stream", "ChargedCosts.sum"),
            entry("Comparisons.dearest", "Comparisons.sum"),
            entry("Comparisons.withTeam", "Comparisons.sum"),
            entry("CorrectEntries.correctOnce", "CorrectEntries.correct"),
            entry("Costs.breakdown", "Comparisons.sum"),
            entry("Costs.dearest", "Comparisons.sum"),
            entry("Costs.stream", "Comparisons.sum"),
            entry("Costs.together", "Comparisons.sum"),
            entry("Entries.page", "Entries.pageOfProjects"),
            entry("Exports.before", "Exports.latest"),
            entry("Members.add", "Members.put"),
            entry("Members.putBack", "Members.put"),
            entry("People.disable", "People.put"),
            entry("People.enable", "People.put"),
            entry("People.giveRole", "People.put"),
            entry("People.takeRoleBack", "People.put"),
            entry("Prices.count", "Prices.search"),
            entry("Prices.history", "Prices.find"),
            entry("Prices.putBackAlias", "Prices.add"),
            entry("Prices.undoEnd", "Prices.add"),
            entry("Prices.slice", "Prices.search"),
            entry("Prices.unpriced", "HealthReports.now"),
            entry("Projects.find", "Projects.named"),
            entry("Reconciliations.reconcile", "Reconciliations.keep"),
            entry("Reconciliations.reconcileAll", "Reconciliations.keepOfAll"),
            entry("RunQuotas.change", "RunQuotas.set"),
            entry("Runs.found", "Runs.await"),
            entry("Runs.given", "Runs.inspectAgain"),
            entry("Runs.printed", "Runs.await"),
            entry("Runs.projects", "Runs.list"),
            entry("Runs.statistics", "Statistics.costTracking"),
            entry("Runs.unfinished", "Runs.list"),
            entry("SavedReports.delivery", "SavedReports.deliveries"),
            entry("SavedReports.export", "Exports.write"),
            entry("SavedReports.lost", "SavedReports.deliveries"),
            entry("Statements.close", "Statements.closeUnsealed"),
            entry("Statements.next", "Statements.all"),
            entry("Tenants.undo", "Tenants.change"),
            entry("Tenants.undoSuspension", "Tenants.change"));

    /** What only pages call, with why the API does not. */
    private static final Map<String, String> NO_API = Map.ofEntries(
            entry("AccessLinks.look", "a link of an invitation is opened in a browser"),
            entry("AccessLinks.use", "as AccessLinks.look"),
            entry("Changes.version", "a page is drawn anew when something changed; a program asks"),
            entry("Changes.watch", "as Changes.version"),
            entry("Changes.watchAllMoney", "as Changes.version"),
            entry("Changes.watchPlatform", "as Changes.version"),
            entry("CurrentUser.admin", "who is signed in; a program has a key"),
            entry("CurrentUser.in", "as CurrentUser.admin"),
            entry("CurrentUser.required", "as CurrentUser.admin"),
            entry("CurrentUser.signedIn", "as CurrentUser.admin"),
            entry("CurrentUser.teams", "as CurrentUser.admin"),
            entry("LiveSessions.keeping", "sessions are browsers'"),
            entry("LiveSessions.watch", "sessions are browsers'"),
            entry("PassOnLinks.canMail", "whether the page of sign-in can offer a new password"),
            entry("PassOnLinks.forgot", "who forgot the password has a browser, and no key"),
            entry("Passkeys.all", "what is one's own is changed in a browser: ADR-0070"),
            entry("Passkeys.askToMake", "as Passkeys.all"),
            entry("Passkeys.askToShow", "as Passkeys.all"),
            entry("Passkeys.keep", "as Passkeys.all"),
            entry("Passkeys.remove", "as Passkeys.all"),
            entry("Passkeys.signIn", "as Passkeys.all"),
            entry("PeoplesTongues.cameInWith", "a browser's language"),
            entry("PeoplesTongues.chosen", "as Passkeys.all"),
            entry("PersonalKeys.all", "as Passkeys.all"),
            entry("PersonalKeys.create", "as Passkeys.all"),
            entry("PersonalKeys.revoke", "as Passkeys.all"),
            entry("Prices.version", "as Changes.version"),
            entry("Reconciliations.providers", "choices of a field; whoever sends a bill names its provider"),
            entry("Reconciliations.providersOfAll", "as Reconciliations.providers"),
            entry("SecondFactors.begin", "as Passkeys.all"),
            entry("SecondFactors.codesLeft", "as Passkeys.all"),
            entry("SecondFactors.confirm", "as Passkeys.all"),
            entry("SecondFactors.isOn", "as Passkeys.all"),
            entry("SignInSteps.left", "a program has a key"),
            entry("SignInSteps.withCode", "a program has a key"),
            entry("SingleSignOn.button", "a program has a key"),
            entry("SingleSignOn.directories", "a program has a key"),
            entry("SingleSignOn.signIn", "a program has a key"),
            entry("Tenants.deletionGrace", "a sentence of the page that asks back"),
            entry("Users.changePassword", "as Passkeys.all"),
            entry("Users.signOutEverywhere", "as Passkeys.all"));

    private static final JavaClasses ours = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.artemis");

    private final Map<String, Set<String>> endpoints = endpoints();
    private final Set<String> byPages = byPages();
    private final Set<String> byApi = union(endpoints.values());

    @Test
    void thePagesDoWhatTheApiDoes() {
        Map<String, Set<String>> missing = new TreeMap<>();
        endpoints.forEach((endpoint, calls) -> {
            Set<String> left = without(calls, byPages, OF_A_PAGE.keySet(), NO_PAGE.keySet());
            if (!left.isEmpty()) {
                missing.put(endpoint, left);
            }
        });

        assertThat(missing)
                .as(
                        "no page does what these endpoints do; what does the same, or why nothing does, is said in this test")
                .isEmpty();
    }

    @Test
    void theApiDoesWhatThePagesDo() {
        assertThat(without(byPages, byApi, OF_THE_API.keySet(), NO_API.keySet()))
                .as(
                        "no endpoint does what pages do here; what does the same, or why nothing does, is said in this test")
                .isEmpty();
    }

    /** One that calls none would be passed over. */
    @Test
    void everyEndpointCallsAModule() {
        assertThat(endpoints).hasSizeGreaterThan(100);
        assertThat(endpoints).allSatisfy((endpoint, calls) -> assertThat(calls).isNotEmpty());
    }

    @Test
    void whatDoesTheSameIsThereAndNothingIsListedInVain() {
        assertThat(byPages).containsAll(OF_A_PAGE.values());
        assertThat(byApi).containsAll(OF_THE_API.values());
        assertThat(without(byApi, byPages)).containsAll(OF_A_PAGE.keySet()).containsAll(NO_PAGE.keySet());
        assertThat(without(byPages, byApi)).containsAll(OF_THE_API.keySet()).containsAll(NO_API.keySet());
    }

    /** By their names, what they call of the modules, be it through others of the API's edge. */
    private static Map<String, Set<String>> endpoints() {
        Map<String, Set<String>> endpoints = new TreeMap<>();
        for (JavaClass controller : ours) {
            if (controller.isAnnotatedWith(RestController.class)
                    && isEdge(controller)
                    && !controller.getPackageName().equals(NOWHERE)) {
                for (JavaMethod method : controller.getMethods()) {
                    if (method.isMetaAnnotatedWith(RequestMapping.class)) {
                        Set<String> calls = endpoints.computeIfAbsent(
                                controller.getSimpleName() + "." + method.getName(), name -> new TreeSet<>());
                        follow(method, calls, new HashSet<>());
                    }
                }
            }
        }
        return endpoints;
    }

    private static void follow(JavaCodeUnit from, Set<String> calls, Set<JavaCodeUnit> seen) {
        if (!seen.add(from)) {
            return;
        }
        for (JavaAccess<?> access : from.getAccessesFromSelf()) {
            if (isCallOfAModule(access)) {
                calls.add(name(access));
            } else if (isEdge(access.getTargetOwner())
                    && access.getTarget().resolveMember().orElse(null) instanceof JavaCodeUnit next) {
                follow(next, calls, seen);
            }
        }
    }

    private static Set<String> byPages() {
        Set<String> calls = new TreeSet<>();
        for (JavaClass page : ours) {
            if (isPage(page)) {
                page.getAccessesFromSelf().stream()
                        .filter(ApiAndPagesTest::isCallOfAModule)
                        .map(ApiAndPagesTest::name)
                        .forEach(calls::add);
            }
        }
        return calls;
    }

    private static boolean isCallOfAModule(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        return owner.getPackageName().startsWith("dev.artemis.")
                && !isEdge(owner)
                && !isPage(owner)
                && owner.isMetaAnnotatedWith(Component.class)
                && !(access instanceof JavaFieldAccess)
                && !access.getName().startsWith("<");
    }

    private static boolean isEdge(JavaClass type) {
        return type.getPackageName().startsWith("dev.artemis.")
                && type.getPackageName().endsWith(".web");
    }

    private static boolean isPage(JavaClass type) {
        return type.getPackageName().startsWith(PAGES);
    }

    private static String name(JavaAccess<?> access) {
        return access.getTargetOwner().getSimpleName() + "." + access.getName();
    }

    private static Set<String> union(Collection<Set<String>> sets) {
        Set<String> all = new TreeSet<>();
        sets.forEach(all::addAll);
        return all;
    }

    @SafeVarargs
    private static Set<String> without(Set<String> all, Set<String>... known) {
        Set<String> left = new TreeSet<>(all);
        for (Set<String> each : known) {
            left.removeAll(each);
        }
        return left;
    }
}
