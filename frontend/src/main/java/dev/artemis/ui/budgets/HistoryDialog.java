package dev.artemis.ui.budgets;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.artemis.budgets.LimitChange;
import dev.artemis.budgets.Limits;
import dev.artemis.shared.Usd;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.ActorNames;
import dev.artemis.ui.parts.Percentages;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who set a level's limits to what, newest first. */
final class HistoryDialog extends Dialog {

    private static final long serialVersionUID = 1;

    private final transient Format format;

    /**
     * A dialog that is not open yet.
     *
     * @param of whose limits
     * @param now as they are
     */
    HistoryDialog(String of, Limits now, List<LimitChange> changes, Format format) {
        super(translate("budgets.history") + ": " + of);
        this.format = format;
        var content = new Div();
        content.addClassName("artemis-form");
        if (changes.isEmpty()) {
            content.add(new Paragraph(
                    translate(now.equals(Limits.NONE) ? "budgets.history-none" : "budgets.history-unrecorded")));
        } else {
            var list = new UnorderedList();
            list.addClassName("artemis-list");
            changes.stream().map(this::line).forEach(list::add);
            content.add(list);
        }
        add(content);
        getFooter().add(new Button(translate("close"), click -> close()));
    }

    private ListItem line(LimitChange change) {
        var who = new Span(ActorNames.said(change.actor()) + " · " + format.dateTime(change.at()));
        who.addClassNames("artemis-quiet", "artemis-small");
        var words = new Div();
        differences(change.before(), change.after()).forEach(text -> words.add(new Div(text)));
        return new ListItem(words, who);
    }

    private List<String> differences(Limits before, Limits after) {
        List<String> texts = new ArrayList<>();
        if (!Objects.equals(before.daily(), after.daily())) {
            texts.add(translate("budgets.changed-daily", amount(before.daily()), amount(after.daily())));
        }
        if (!Objects.equals(before.monthly(), after.monthly())) {
            texts.add(translate("budgets.changed-monthly", amount(before.monthly()), amount(after.monthly())));
        }
        if (!before.alertThresholds().equals(after.alertThresholds())) {
            texts.add(translate("budgets.changed-thresholds", percent(before), percent(after)));
        }
        return texts.isEmpty() ? List.of(translate("budgets.changed-nothing")) : texts;
    }

    private String amount(@Nullable Usd limit) {
        return limit == null ? translate("budgets.no-limit") : format.money(limit);
    }

    private static String percent(Limits limits) {
        return Percentages.written(limits.alertThresholds(), UI.getCurrent().getLocale());
    }
}
