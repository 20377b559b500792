package dev.artemis.ui.admin;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.provider.DataProvider;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.artemis.prices.Price;
import dev.artemis.prices.PriceQuery;
import dev.artemis.prices.Prices;
import dev.artemis.prices.UnpricedModel;
import dev.artemis.shared.Usd;
import dev.artemis.ui.Live;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.Paths;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.Badge;
import dev.artemis.ui.parts.EmptyState;
import dev.artemis.ui.parts.Note;
import dev.artemis.ui.parts.PageHead;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.Table;
import dev.artemis.ui.parts.Tone;
import jakarta.annotation.security.RolesAllowed;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The dated catalogue of prices: searched by part of a model's name, paged lazily. */
@Route(value = Paths.ADMIN_PRICES, layout = MainLayout.class)
@RolesAllowed("ADMIN")
class PricesView extends AdminPage {

    private static final long serialVersionUID = 1;

    private static final int PER = 1_000_000;

    /** The catalogue is a picture in memory that comes a moment after the notice of a change. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final transient Viewer viewer;
    private final transient Prices prices;
    private final transient Live live;
    private final transient Clock clock;
    private final TextField search = new TextField(translate("prices.search"));
    private final Checkbox all = new Checkbox(translate("prices.past"));
    private final Div refused = new Div();
    private final Div found = new Div();
    private transient Wanted wanted = new Wanted("", false);

    /** What the address asks for. */
    private record Wanted(String model, boolean past) {

        static Wanted of(QueryParameters query) {
            return new Wanted(
                    query.getSingleParameter("model").orElse(""),
                    query.getSingleParameter("past").isPresent());
        }

        QueryParameters query() {
            Map<String, String> query = new LinkedHashMap<>();
            if (!model.isEmpty()) {
                query.put("model", model);
            }
            if (past) {
                query.put("past", "true");
            }
            return QueryParameters.simple(query);
        }
    }

    PricesView(Viewer viewer, Prices prices, Live live, Clock clock) {
        super(viewer, translate("nav.prices"));
        this.viewer = viewer;
        this.prices = prices;
        this.live = live;
        this.clock = clock;
    }

    @Override
    void show(BeforeEnterEvent event) {
        var format = new Format(UI.getCurrent().getLocale(), ZoneId.of("UTC"));
        found.addClassName("artemis-stack");
        long seen = prices.version();
        Runnable again = () -> {
            warn();
            fill(format);
        };
        var add = new Button(
                translate("prices.add"),
                VaadinIcon.PLUS.create(),
                click -> new PriceDialog(viewer, prices).open(again));
        add.addThemeVariants(ButtonVariant.PRIMARY);
        var list = new Button(
                translate("prices.import"),
                VaadinIcon.UPLOAD.create(),
                click -> new PriceImport(viewer, prices, format, again).open());
        add(
                new PageHead(translate("nav.prices"))
                        .about(translate("prices.about"))
                        .action(list)
                        .action(add),
                refused,
                filters(),
                found);
        ask(event);
        again.run();
        live.watch(found, BETWEEN_LOOKS, prices::version, seen, changed -> again.run());
    }

    @Override
    boolean narrow(BeforeEnterEvent event) {
        ask(event);
        fill(new Format(UI.getCurrent().getLocale(), ZoneId.of("UTC")));
        return true;
    }

    /** A field that says so already is left alone: somebody may be typing into it. */
    private void ask(BeforeEnterEvent event) {
        wanted = Wanted.of(event.getLocation().getQueryParameters());
        if (!search.getValue().strip().equals(wanted.model())) {
            search.setValue(wanted.model());
        }
        all.setValue(wanted.past());
    }

    /** What is in force at this moment, not when the page was opened. */
    private void fill(Format format) {
        var query = new PriceQuery(wanted.model(), null, wanted.past() ? null : clock.instant());
        int count = prices.count(query);
        found.removeAll();
        found.add(new Panel(
                translate("prices.count", count, format.count(count)),
                count == 0 ? nothing() : table(query, format, () -> fill(format))));
    }

    /** What else to look for, or how prices get here. */
    private Component nothing() {
        if (wanted.model().isEmpty()) {
            return new EmptyState(VaadinIcon.TAGS, translate("prices.none"), translate("prices.none-why"));
        }
        return new EmptyState(
                VaadinIcon.SEARCH,
                translate("prices.no-match", wanted.model()),
                translate(wanted.past() ? "prices.no-match-why" : "prices.no-match-now-why"));
    }

    private void warn() {
        refused.removeAll();
        List<UnpricedModel> unpriced = prices.unpriced();
        if (!unpriced.isEmpty()) {
            refused.add(new Note(
                    Tone.WARN,
                    translate(
                            "prices.unpriced",
                            unpriced.stream().map(UnpricedModel::model).collect(Collectors.joining(", ")))));
        }
    }

    private Grid<Price> table(PriceQuery wanted, Format format, Runnable changed) {
        var grid = new Table<Price>();
        grid.setHeight("38rem");
        grid.addColumn(Price::model)
                .setHeader(translate("costs.dimension.model"))
                .setTooltipGenerator(Price::model)
                .setWidth("11.25rem")
                .setFlexGrow(2);
        grid.addColumn(Price::provider)
                .setHeader(translate("costs.dimension.provider"))
                .setWidth("6.5rem");
        rate(grid, "prices.input", price -> price.tariff().basis().input(), format);
        rate(grid, "prices.cached", price -> price.tariff().basis().cacheRead(), format);
        rate(grid, "prices.output", price -> price.tariff().basis().output(), format);
        grid.addColumn(price -> format.date(LocalDate.ofInstant(price.validFrom(), ZoneId.of("UTC"))))
                .setHeader(translate("prices.from"))
                .setWidth("7.5rem");
        grid.addColumn(new ComponentRenderer<>(price -> price.isUsable()
                        ? new Span(translate("prices.source." + price.source()))
                        : new Badge(translate("prices.refused"), Tone.WARN)))
                .setHeader(translate("prices.source"))
                .setWidth("7rem");
        grid.addColumn(new ComponentRenderer<>(price -> history(price, format, changed)))
                .setHeader(translate("actions"))
                .setWidth("7rem")
                .setFlexGrow(0);
        grid.setItems(DataProvider.fromCallbacks(
                asked -> prices.slice(wanted, asked.getOffset(), asked.getLimit()).stream(), asked -> {
                    asked.getOffset();
                    asked.getLimit();
                    return prices.count(wanted);
                }));
        return grid;
    }

    private Button history(Price price, Format format, Runnable changed) {
        var history = new Button(
                translate("prices.history"),
                click -> new PriceHistory(viewer, prices, format, clock.instant(), changed)
                        .open(price.provider(), price.model()));
        history.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        history.setAriaLabel(translate("prices.history-of", price.model(), price.provider()));
        return history;
    }

    /** What a rate comes to for a million tokens, to the last digit. */
    static String million(@Nullable BigDecimal perToken, Format format) {
        return perToken == null ? "–" : format.exact(Usd.rounded(perToken.multiply(BigDecimal.valueOf(PER))));
    }

    /** For a million tokens, as price lists say it. */
    private static void rate(
            Grid<Price> grid,
            String title,
            java.util.function.Function<Price, @Nullable BigDecimal> rate,
            Format format) {
        grid.addColumn(price -> million(rate.apply(price), format))
                .setHeader(translate(title))
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("6.75rem");
    }

    private Div filters() {
        search.setPrefixComponent(VaadinIcon.SEARCH.create());
        search.setClearButtonVisible(true);
        search.setPlaceholder("gpt-4o");
        search.setWidth("18rem");
        search.setValueChangeMode(ValueChangeMode.LAZY);
        search.addValueChangeListener(
                change -> open(new Wanted(change.getValue().strip(), wanted.past())));
        all.addValueChangeListener(change -> open(new Wanted(wanted.model(), change.getValue())));
        var filters = new Div(search, all);
        filters.addClassName("artemis-filters");
        return filters;
    }

    /** What the page was asked for by its address is there already. */
    private void open(Wanted other) {
        if (!other.equals(wanted)) {
            UI.getCurrent().navigate(Paths.ADMIN_PRICES, other.query());
        }
    }
}
