package dev.artemis.ui.admin;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.artemis.configuration.Finding;
import dev.artemis.configuration.StartupReport;
import dev.artemis.configuration.StartupReports;
import dev.artemis.runs.WorkersFinding;
import dev.artemis.sandbox.Isolation;
import dev.artemis.shared.Caller;
import dev.artemis.supervisor.HealthReport;
import dev.artemis.supervisor.HealthReports;
import dev.artemis.ui.Live;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.Meanwhile;
import dev.artemis.ui.Paths;
import dev.artemis.ui.Phrases;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.Badge;
import dev.artemis.ui.parts.Facts;
import dev.artemis.ui.parts.Note;
import dev.artemis.ui.parts.PageHead;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.Tone;
import jakarta.annotation.security.RolesAllowed;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** How the platform stands, what its supervisor did, and the last check of its configuration with what to do about it. */
@Route(value = Paths.ADMIN_HEALTH, layout = MainLayout.class)
@RolesAllowed("ADMIN")
class HealthView extends AdminPage {

    private static final long serialVersionUID = 1;

    /** No notice tells how the platform stands. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

    private final transient HealthReports health;
    private final transient StartupReports checks;
    private final transient Live live;

    HealthView(Viewer viewer, HealthReports health, StartupReports checks, Live live) {
        super(viewer, translate("nav.health"));
        this.health = health;
        this.checks = checks;
        this.live = live;
    }

    @Override
    void show(BeforeEnterEvent event) {
        show(checks.last());
    }

    private void show(StartupReport report) {
        removeAll();
        var again = new Button(translate("health.again"), VaadinIcon.REFRESH.create());
        again.setDisableOnClick(true);
        again.addClickListener(click -> checkAgain(again));
        var format = new Format(UI.getCurrent().getLocale(), ZoneId.of("UTC"));
        Caller.Admin admin = admin();
        HealthReport now = health.now(admin);
        var figures = new Div();
        figures.addClassName("artemis-stack");
        fill(figures, now, format);
        live.watch(figures, BETWEEN_LOOKS, () -> health.now(admin), now, later -> fill(figures, later, format));
        var findings = new Div(checks(report, format));
        // what a trial found comes after the start
        live.watch(findings, BETWEEN_LOOKS, checks::last, report, later -> {
            findings.removeAll();
            findings.add(checks(later, format));
        });
        add(new PageHead(translate("nav.health")).action(again), figures, findings);
    }

    /** Takes seconds where a service does not answer: the button says so. */
    private void checkAgain(Button again) {
        again.setText(translate("health.checking"));
        Meanwhile.does(this, checks::again, this::show, () -> {
            again.setText(translate("health.again"));
            again.setEnabled(true);
        });
    }

    private static void fill(Div figures, HealthReport now, Format format) {
        figures.removeAll();
        figures.add(time("health.as-of", now.at(), format));
        figures.add(new Note(tone(now.status()), translate("health.status." + now.status())));
        now.reasons().forEach(reason -> figures.add(new Note(Tone.WARN, Phrases.say(reason))));
        figures.add(
                sandbox(now, format),
                isolation(now),
                ofWorkers(now, format),
                queue(now, format),
                money(now, format),
                alerts(now, format),
                supervision(now, format));
    }

    private static Panel sandbox(HealthReport now, Format format) {
        HealthReport.SecuritySandbox sandbox = now.securitySandbox();
        Isolation isolation = sandbox.isolation();
        var facts = new Facts()
                .fact(translate("run.backend"), sandbox.backend())
                .fact(
                        translate("health.isolation.strength"),
                        isolation == null
                                ? translate("health.isolation.strength.UNKNOWN")
                                : translate("health.isolation.strength." + isolation.strength()))
                .fact(translate("health.workers"), format.count(sandbox.workers()))
                .fact(translate("health.waiting"), format.count(now.queue().waiting()))
                .fact(translate("health.running"), format.count(now.queue().running()))
                .fact(
                        translate("health.oldest-wait"),
                        format.duration(Duration.ofSeconds(now.queue().oldestWaitSeconds())))
                .fact(translate("health.total-runs"), format.count(sandbox.totalRuns()))
                .fact(translate("health.blocked"), format.count(sandbox.blockedExecutions()))
                .fact(translate("health.killed"), format.count(sandbox.killedRuns()));
        return new Panel(translate("health.sandbox"), facts);
    }

    /** What holds a program here, and what does not; of this process's own sandbox, where it has one. */
    private static Panel isolation(HealthReport now) {
        var list = new UnorderedList();
        list.addClassName("artemis-list");
        Isolation isolation = now.securitySandbox().isolation();
        if (isolation == null) {
            list.add(new ListItem(new Div(translate("health.isolation.strength.UNKNOWN"))));
        } else {
            isolation
                    .holds()
                    .forEach(holds -> list.add(new ListItem(
                            new Div(Phrases.say(holds)), new Badge(translate("health.isolation.holds"), Tone.GOOD))));
            isolation
                    .lacks()
                    .forEach(lacks -> list.add(new ListItem(
                            new Div(Phrases.say(lacks)), new Badge(translate("health.isolation.lacks"), Tone.WARN))));
        }
        return new Panel(translate("health.isolation"), list);
    }

    /** What workers found of where their runs go, each thing with who says it: their processes may be others than this one. */
    private static Panel ofWorkers(HealthReport now, Format format) {
        List<WorkersFinding> all = now.securitySandbox().findings();
        if (all.isEmpty()) {
            return new Panel(translate("health.of-workers"), new Div(translate("health.of-workers.none")));
        }
        var list = new UnorderedList();
        list.addClassName("artemis-list");
        all.forEach(one -> {
            var who = new Div(translate(
                    "health.of-workers.who", String.join(", ", one.workers()), format.precise(one.checkedAt())));
            who.addClassName("artemis-quiet");
            list.add(line(one.finding(), who));
        });
        return new Panel(translate("health.of-workers"), list);
    }

    private static Panel queue(HealthReport now, Format format) {
        var facts = new Facts();
        now.queue()
                .teams()
                .forEach(team -> facts.fact(
                        team.team(),
                        translate(
                                "health.queue.team",
                                format.count(team.waiting()),
                                format.count(team.running()),
                                format.duration(Duration.ofSeconds(team.oldestWaitSeconds())))));
        return now.queue().teams().isEmpty()
                ? new Panel(translate("health.queue"), new Div(translate("health.queue.empty")))
                : new Panel(translate("health.queue"), facts);
    }

    private static Panel money(HealthReport now, Format format) {
        HealthReport.CostTracking money = now.costTracking();
        var facts = new Facts()
                .fact(translate("costs.calls"), format.count(money.totalCalls()))
                .amount(translate("costs.spent"), money.totalCost(), format)
                .fact(translate("health.refused"), format.count(money.budgetExceededCount()))
                .fact(
                        translate("health.unpriced"),
                        now.prices().unpriced().isEmpty()
                                ? translate("none")
                                : String.join(", ", now.prices().unpriced()))
                .fact(
                        translate("health.in-part"),
                        now.prices().inPart().isEmpty()
                                ? translate("none")
                                : String.join("; ", now.prices().inPart()));
        return new Panel(translate("health.money"), facts);
    }

    private static Panel alerts(HealthReport now, Format format) {
        var facts = new Facts();
        for (String of : List.of("waiting", "dead")) {
            facts.fact(
                    translate("health.alerts." + of), format.count(now.alerts().getOrDefault(of, 0L)));
        }
        return new Panel(translate("health.alerts"), facts);
    }

    private static Panel supervision(HealthReport now, Format format) {
        var facts = new Facts()
                .fact(
                        translate("health.interventions"),
                        format.count(now.supervision().interventions()))
                .fact(
                        translate("health.recoveries"),
                        format.count(now.supervision().recoveries()));
        now.supervision()
                .byKind()
                .forEach((kind, count) -> facts.fact(
                        translate("health.fault." + kind.name()),
                        translate(
                                "health.fault-count",
                                format.count(count.interventions()),
                                format.count(count.recoveries()))));
        return new Panel(translate("health.supervisor"), facts);
    }

    /** Figures are looked at again and again, the configuration at the start and when somebody asks: each says when. */
    private static Div time(String words, Instant at, Format format) {
        var time = new Div(translate(words, format.precise(at)));
        time.addClassName("artemis-quiet");
        return time;
    }

    private static Panel checks(StartupReport report, Format format) {
        var list = new UnorderedList();
        list.addClassName("artemis-list");
        report.findings().stream()
                .sorted(Comparator.comparing(Finding::verdict).reversed())
                .map(finding -> line(finding))
                .forEach(list::add);
        return new Panel(translate("health.checks"), time("health.checked", report.at(), format), list);
    }

    /** As a heading is written. */
    private static String begun(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static ListItem line(Finding finding, Div... more) {
        var subject = new Span(begun(Phrases.say(finding.subject())));
        subject.getElement().setAttribute("class", "artemis-strong");
        var detail = new Div(Phrases.say(finding.detail()));
        detail.addClassName("artemis-quiet");
        var words = new Div(subject, detail);
        if (finding.remedy() != null) {
            words.add(new Div(Phrases.say(finding.remedy())));
        }
        words.add(more);
        return new ListItem(
                words, new Badge(translate("health.finding." + finding.verdict()), tone(finding.verdict())));
    }

    private static Tone tone(HealthReport.Status status) {
        return switch (status) {
            case HEALTHY -> Tone.GOOD;
            case DEGRADED -> Tone.WARN;
            case UNHEALTHY -> Tone.BAD;
        };
    }

    private static Tone tone(Finding.Verdict verdict) {
        return switch (verdict) {
            case PASS -> Tone.GOOD;
            case WARN -> Tone.WARN;
            case FAIL -> Tone.BAD;
        };
    }
}
