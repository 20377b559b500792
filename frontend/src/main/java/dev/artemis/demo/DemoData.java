package dev.artemis.demo;

import dev.artemis.budgets.BudgetStatus;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.CallLabels;
import dev.artemis.budgets.Level;
import dev.artemis.budgets.LimitPeriod;
import dev.artemis.budgets.LimitScope;
import dev.artemis.budgets.Limits;
import dev.artemis.budgets.Repeatable;
import dev.artemis.budgets.ReservationWish;
import dev.artemis.prices.ModelRef;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import dev.artemis.runs.RunRequest;
import dev.artemis.runs.Runs;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Role;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenant;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Fills an empty platform when {@code artemis.demo} is on, and prints once how to sign in. */
@Component
@ConditionalOnProperty(name = "artemis.demo", havingValue = "true")
class DemoData implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(DemoData.class);

    private static final Caller DEMO = new Caller.Platform("demo");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final int PASSWORD_BYTES = 9;
    private static final List<RunRequest> RUNS = List.of(
            RunRequest.of("python", "print(\"hello\")\n").forWork("testing", "SHOP-101"),
            RunRequest.of("python", "total = sum(n * n for n in range(100_000))\nprint(f\"{total:,}\")\n")
                    .forWork("development", "SHOP-102"),
            RunRequest.of(
                            "python",
                            "import sys\nprint(\"checking\")\nprint(\"no such file\", file=sys.stderr)\nsys.exit(3)\n")
                    .forWork("testing", "SHOP-103"),
            RunRequest.of("python", "code = input()\neval(code)\n").forWork("review", "SHOP-104"));

    private final DemoTeam teams;
    private final DemoYear year;
    private final Budgets budgets;
    private final Runs runs;
    private final Clock clock;

    DemoData(DemoTeam teams, DemoYear year, Budgets budgets, Runs runs, Clock clock) {
        this.teams = teams;
        this.year = year;
        this.budgets = budgets;
        this.runs = runs;
        this.clock = clock;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (!teams.isPlatformEmpty()) {
            log.info("There are teams already: the demo adds nothing");
            return;
        }
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        // first, for whom it does not come to an end
        System.out.println("Demo sign-ins, all with the password " + password);
        Tenant empty = empty(password);
        Tenant busy = busy(password);
        Tenant over = overBudget(password);
        for (Tenant team : List.of(empty, busy, over)) {
            System.out.println("  " + DemoTeam.email(team, Role.OWNER) + "   " + team.name());
        }
        for (Role role : List.of(Role.DEVELOPER, Role.FINANCE, Role.VIEWER)) {
            System.out.println("  " + DemoTeam.email(busy, role) + "   " + busy.name());
        }
    }

    private Tenant empty(String password) {
        Tenant team = teams.team("empty", "Fresh Start", ZoneId.of("Etc/UTC"));
        teams.people(DEMO, team, password, Role.OWNER);
        return team;
    }

    private Tenant busy(String password) {
        Tenant team = teams.team("busy", "Busy Bees", BERLIN);
        teams.people(DEMO, team, password, Role.values());
        Map<String, String> names = new LinkedHashMap<>();
        names.put("shop", "Shop");
        names.put("search", "Search");
        names.put("support", "Support Desk");
        List<DemoTeam.ProjectWithKey> projects = teams.projects(DEMO, team, names);
        year.write(projects, BERLIN, clock.instant(), 7, 9);
        hold(projects.get(1));
        limit(team, new Level.WholeTenant(), LimitScope.TENANT, "1.5");
        for (RunRequest request : RUNS) {
            runs.submit(projects.getFirst().program(), request);
        }
        return team;
    }

    /** A call that a program is about to make, for as long as can be. */
    private void hold(DemoTeam.ProjectWithKey project) {
        budgets.reserve(
                project.program(),
                new ReservationWish(
                        ModelRef.of("gpt-4o"),
                        Usage.of(12_000, 4_000),
                        ServiceTier.STANDARD,
                        new CallLabels("planning", "outline of the next release", "SEARCH-7"),
                        Duration.ofDays(1)),
                Repeatable.NEVER);
    }

    private Tenant overBudget(String password) {
        ZoneId newYork = ZoneId.of("America/New_York");
        Tenant team = teams.team("over-budget", "Big Spenders", newYork);
        teams.people(DEMO, team, password, Role.OWNER, Role.DEVELOPER);
        Map<String, String> names = new LinkedHashMap<>();
        names.put("agents", "Agents");
        names.put("research", "Research");
        List<DemoTeam.ProjectWithKey> projects = teams.projects(DEMO, team, names);
        year.write(projects, newYork, clock.instant(), 11, 7);
        limit(team, new Level.WholeTenant(), LimitScope.TENANT, "0.95");
        return team;
    }

    /** Limits by what was spent: that many times as much, in whole dollars where it is some. */
    private void limit(Tenant team, Level level, LimitScope scope, String times) {
        BudgetStatus status = budgets.status(team.id(), null, null);
        budgets.setLimits(
                DEMO,
                team.id(),
                level,
                new Limits(
                        rounded(status.window(scope, LimitPeriod.DAILY).spent(), times),
                        rounded(status.window(scope, LimitPeriod.MONTHLY).spent(), times),
                        List.of(BigDecimal.valueOf(50), BigDecimal.valueOf(80), BigDecimal.valueOf(100))));
    }

    private static Usd rounded(Usd spent, String times) {
        BigDecimal limit = spent.amount().multiply(new BigDecimal(times));
        return new Usd(
                limit.compareTo(BigDecimal.TEN) < 0
                        ? limit.round(new MathContext(2, RoundingMode.DOWN))
                        : limit.setScale(0, RoundingMode.DOWN));
    }
}
