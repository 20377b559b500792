package dev.artemis.ui.parts;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.dom.Element;
import dev.artemis.shared.Usd;
import dev.artemis.ui.format.Format;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What of a day's or month's budget is spent, reserved and left: as a bar, in numbers and in words. */
public final class BudgetBar extends Div {

    private static final long serialVersionUID = 1;

    private static final long NEARLY = 80;

    /**
     * Where a window stands, in US dollars.
     *
     * @param limit null: unlimited
     * @param remaining null where unlimited
     */
    public record Standing(
            String title,
            @Nullable Usd limit,
            Usd spent,
            Usd reserved,
            @Nullable Usd remaining,
            Instant resetsAt) {}

    private final Span title = new Span();
    private final Element spent = new Element("strong");
    private final Span reserved = new Span();

    public BudgetBar(Standing standing, Format format) {
        addClassName("artemis-budget");
        getElement().setAttribute("role", "group");
        getElement().setAttribute("aria-label", standing.title());
        getElement().setAttribute("data-state", state(standing));
        title.setText(standing.title());
        title.addClassName("artemis-budget-title");
        var head = new Div(title, badge(standing, format));
        head.addClassName("artemis-budget-head");
        var amount = new Span();
        spent.setText(format.money(standing.spent()));
        amount.getElement().appendChild(spent);
        amount.addClassName("artemis-budget-amount");
        var of = new Span(
                standing.limit() == null
                        ? translate("budget.spent-unlimited")
                        : translate("budget.spent-of", format.money(standing.limit())));
        of.addClassName("artemis-quiet");
        amount.add(of);
        add(head, amount);
        if (standing.limit() != null) {
            add(bar(standing, standing.limit(), format));
        }
        add(figures(standing, format));
    }

    /** Lets the whole of it lead somewhere: its title is the link, and the rest of it can be clicked. */
    public BudgetBar leadingTo(String path) {
        var link = new Link(path, title.getText()).quiet();
        link.addClassName("artemis-stretched");
        title.removeAll();
        title.add(link);
        addClassName("artemis-leads");
        return this;
    }

    /** Lets what is spent lead to what it was spent for. */
    public BudgetBar spentLeadingTo(String path) {
        String amount = spent.getText();
        var link = new Link(path, amount).quiet();
        link.addClassName("artemis-above");
        link.getElement().setAttribute("aria-label", translate("budget.spent-link", title(), amount));
        spent.removeAllChildren();
        spent.appendChild(link.getElement());
        return this;
    }

    private String title() {
        return getElement().getAttribute("aria-label");
    }

    /** Lets what is reserved lead to what it is reserved for. */
    public BudgetBar reservedLeadingTo(String path) {
        String amount = reserved.getText();
        var link = new Link(path, amount).quiet();
        link.addClassName("artemis-above");
        link.getElement().setAttribute("aria-label", translate("budget.reserved-of", amount));
        reserved.removeAll();
        reserved.add(link);
        return this;
    }

    private static Div bar(Standing standing, Usd limit, Format format) {
        var spent = new Span();
        spent.addClassName("artemis-bar-spent");
        spent.getStyle().set("inline-size", share(standing.spent(), limit));
        var reserved = new Span();
        reserved.addClassName("artemis-bar-reserved");
        reserved.getStyle().set("inline-size", share(standing.reserved(), limit));
        var bar = new Div(spent, reserved);
        bar.addClassName("artemis-bar");
        bar.getElement().setAttribute("role", "meter");
        bar.getElement().setAttribute("aria-label", standing.title());
        bar.getElement().setAttribute("aria-valuemin", "0");
        bar.getElement().setAttribute("aria-valuemax", "100");
        long used = Math.min(100, Format.percentOf(standing.spent().plus(standing.reserved()), limit));
        bar.getElement().setAttribute("aria-valuenow", String.valueOf(used));
        bar.getElement()
                .setAttribute(
                        "aria-valuetext",
                        translate("budget.spent-of-spoken", format.money(standing.spent()), format.money(limit)));
        return bar;
    }

    private Facts figures(Standing standing, Format format) {
        reserved.setText(format.money(standing.reserved(), standing.spent()));
        reserved.addClassName("artemis-exact");
        Facts facts = Facts.inLine().fact(translate("budget.reserved"), reserved);
        if (standing.remaining() != null) {
            facts.fact(translate("budget.left"), format.money(standing.remaining(), standing.spent()));
        }
        return facts.fact(translate("budget.resets"), format.dateTime(standing.resetsAt()));
    }

    private static Badge badge(Standing standing, Format format) {
        if (standing.limit() == null) {
            return new Badge(translate("budget.state.unlimited"), Tone.CALM);
        }
        String used = format.percent(standing.spent().plus(standing.reserved()), standing.limit());
        return switch (state(standing)) {
            case "over" -> new Badge(translate("budget.state.over", used), Tone.BAD);
            case "warn" -> new Badge(translate("budget.state.warn", used), Tone.WARN);
            default -> new Badge(translate("budget.state.good", used), Tone.GOOD);
        };
    }

    private static String state(Standing standing) {
        if (standing.limit() == null) {
            return "good";
        }
        long used = Format.percentOf(standing.spent().plus(standing.reserved()), standing.limit());
        return used >= 100 ? "over" : used >= NEARLY ? "warn" : "good";
    }

    private static String share(Usd part, Usd whole) {
        if (whole.isZero()) {
            return part.isZero() ? "0%" : "100%";
        }
        BigDecimal percent = part.amount()
                .movePointRight(2)
                .divide(whole.amount(), 2, RoundingMode.HALF_EVEN)
                .max(BigDecimal.ZERO)
                .min(BigDecimal.valueOf(100));
        return percent.toPlainString() + "%";
    }
}
