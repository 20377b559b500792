package dev.artemis.ui.costs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.artemis.budgets.Admission;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.CallLabels;
import dev.artemis.budgets.CallSpending;
import dev.artemis.budgets.Refusals;
import dev.artemis.budgets.Repeatable;
import dev.artemis.idempotency.IdempotentRequest;
import dev.artemis.idempotency.KeptAnswer;
import dev.artemis.prices.ModelRef;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import dev.artemis.projects.Project;
import dev.artemis.shared.Role;
import dev.artemis.ui.Problems;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.parts.Checks;
import dev.artemis.ui.parts.FormDialog;
import dev.artemis.ui.parts.Keep;
import dev.artemis.ui.parts.MomentField;
import dev.artemis.ui.parts.Notices;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records a call by hand, such as one that a person made or that a program could not tell of. */
final class RecordCall {

    private final Viewer viewer;
    private final Budgets budgets;
    private final TeamScope scope;
    private final Select<Project> project = new Select<>();
    private final TextField model = new TextField(translate("costs.dimension.model"));
    private final TextField stage = new TextField(translate("costs.dimension.stage"));
    private final TextField card = new TextField(translate("costs.dimension.card"));
    private final TextField purpose = new TextField(translate("calls.purpose"));
    private final Select<ServiceTier> tier = new Select<>();
    private final MomentField happened;
    private final Clock clock;
    private final TokenCounts tokens = new TokenCounts();
    private final Checkbox enforced = new Checkbox(translate("calls.record-enforced"));

    /** One dialog records one call, however often it is tried. */
    private final UUID once = UUID.randomUUID();

    RecordCall(Viewer viewer, Budgets budgets, TeamScope scope, Clock clock, List<Project> all, Project first) {
        this.viewer = viewer;
        this.budgets = budgets;
        this.scope = scope;
        this.clock = clock;
        happened = new MomentField(translate("calls.happened"), scope.team().timeZone(), clock.instant());
        happened.setHelperText(
                translate("calls.happened-about", scope.team().timeZone().getId()));
        project.setLabel(translate("project"));
        project.setItemLabelGenerator(Project::name);
        project.setItems(all);
        project.setValue(first);
        Keep.field(project, "project");
        Keep.field(tier, "tier");
        Keep.field(enforced, "enforced");
        tier.setLabel(translate("prices.tier"));
        tier.setItems(ServiceTier.values());
        tier.setItemLabelGenerator(each -> translate("prices.tier." + each));
        tier.setValue(ServiceTier.STANDARD);
        Keep.field(happened, "happened");
        model.setRequiredIndicatorVisible(true);
        model.setHelperText(translate("calls.model-about"));
        stage.setRequiredIndicatorVisible(true);
    }

    /** Opens it; what is recorded shows itself. */
    void open() {
        var labels = new Div(project, model, tier, stage, card, purpose, happened);
        labels.addClassName("artemis-fields");
        new FormDialog(translate("calls.record"), translate("calls.record-do"), this::save)
                .with(new Paragraph(translate("calls.record-about")), labels, tokens, enforced)
                .wide()
                .open();
    }

    private boolean save() {
        boolean filled = Checks.filled(model) & Checks.filled(stage) & happened.check(clock.instant());
        Optional<Usage> usage = tokens.usage();
        if (!filled || usage.isEmpty()) {
            return false;
        }
        Map<String, HasValidation> fields = new HashMap<>(tokens.fields());
        fields.putAll(
                Map.of("model", model, "stage", stage, "card_id", card, "purpose", purpose, "occurred_at", happened));
        return Problems.attempt(fields, () -> {
            viewer.acting(scope, Role.OWNER, Role.DEVELOPER);
            var call = new CallSpending(
                    ModelRef.of(model.getValue().strip()),
                    usage.get(),
                    tier.getValue(),
                    new CallLabels(stage.getValue().strip(), text(purpose), text(card)),
                    happened.moment().orElse(null),
                    enforced.getValue() ? CallSpending.Mode.ENFORCE : CallSpending.Mode.RECORD);
            String recorded =
                    switch (budgets.track(scope.caller(project.getValue().id()), call, once(call))) {
                        case Admission.Tracked tracked -> said(tracked);
                        case Admission.Replayed _ -> translate("calls.recorded-before");
                        case Admission refused -> throw Refusals.of(refused);
                    };
            Notices.done(recorded);
        });
    }

    /** Tried again after an answer that was lost, it is charged once. */
    private Repeatable once(CallSpending call) {
        String said = project.getValue().id() + " " + call;
        return new Repeatable(
                IdempotentRequest.of(once, "recorded-by-hand", once.toString(), said.getBytes(StandardCharsets.UTF_8)),
                answers -> answers.getFirst() instanceof Admission.Tracked ? new KeptAnswer(201, "{}", null) : null);
    }

    private String said(Admission.Tracked tracked) {
        String cost = translate("calls.recorded", scope.format().exact(tracked.cost()));
        return tracked.overBudget() ? cost + " · " + translate("calls.over-budget") : cost;
    }

    private static @Nullable String text(TextField field) {
        return field.getValue().isBlank() ? null : field.getValue().strip();
    }
}
