package dev.artemis.ui.runs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.artemis.projects.Project;
import dev.artemis.runs.Finding;
import dev.artemis.runs.Found;
import dev.artemis.runs.RunStatus;
import dev.artemis.scanning.RuleIds;
import dev.artemis.shared.Role;
import dev.artemis.ui.Paths;
import dev.artemis.ui.Phrases;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.parts.Badge;
import dev.artemis.ui.parts.CodeEditor;
import dev.artemis.ui.parts.Link;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.Tone;
import java.util.List;
import java.util.stream.Collectors;

/** What the scanner saw, line by line, each leading to its line; for a blocked run also why, and what can be done. */
class FindingsPanel extends Panel {

    private static final long serialVersionUID = 1;

    FindingsPanel(TeamScope scope, Project project, RunStatus status, Found found, CodeEditor code) {
        super(translate("run.findings"));
        List<Finding> findings = found.findings();
        if (status == RunStatus.BLOCKED) {
            explain(scope, project, findings);
        }
        add(list(findings, code));
        if (found.leftOut() > 0) {
            add(new Paragraph(translate("run.findings-left-out", scope.format().count(found.leftOut()))));
        }
        code.mark(findings.stream().map(FindingsPanel::mark).toList());
    }

    /** Findings to be read, also by who has no mouse: each line's button puts the cursor there. */
    static UnorderedList list(List<Finding> findings, CodeEditor code) {
        var list = new UnorderedList();
        list.addClassName("artemis-findings");
        findings.forEach(finding -> list.add(line(finding, code)));
        return list;
    }

    static CodeEditor.Mark mark(Finding finding) {
        return new CodeEditor.Mark(
                finding.line(),
                Math.max(0, finding.column() - 1),
                finding.severity(),
                finding.rule() + ": " + Phrases.say(finding.message()));
    }

    private void explain(TeamScope scope, Project project, List<Finding> findings) {
        String severities = project.scanPolicy().block().stream()
                .map(severity -> translate("run.severity." + severity))
                .collect(Collectors.joining(", "));
        String rules = findings.stream()
                .filter(finding -> project.scanPolicy().block().contains(finding.severity()))
                .map(Finding::rule)
                .filter(RuleIds.all()::contains)
                .distinct()
                .collect(Collectors.joining(", "));
        add(new Paragraph(translate("run.blocked-by", severities)));
        if (rules.isEmpty() || findings.stream().map(Finding::rule).anyMatch(RuleIds::isUnparsable)) {
            add(new Paragraph(translate("run.blocked-by-then")));
        }
        if (rules.isEmpty()) {
            return;
        }
        var way = new Paragraph(translate(scope.may(Role.OWNER) ? "run.blocked-way-owner" : "run.blocked-way", rules));
        if (scope.may(Role.OWNER)) {
            way.add(new Span(" "), new Link(Paths.project(scope.slug(), project.slug()), translate("run.to-settings")));
        }
        add(way);
    }

    private static ListItem line(Finding finding, CodeEditor code) {
        var line = new Button(
                translate("run.finding-line", String.valueOf(finding.line())), click -> code.goToLine(finding.line()));
        line.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        var rule = new Span(finding.rule());
        rule.addClassName("artemis-mono");
        return new ListItem(
                new Badge(
                        translate("run.severity." + finding.severity()),
                        finding.severity().equals("high") ? Tone.BAD : Tone.WARN),
                line,
                new Span(Phrases.say(finding.message())),
                rule);
    }
}
