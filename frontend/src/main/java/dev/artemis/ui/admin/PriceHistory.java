package dev.artemis.ui.admin;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import dev.artemis.prices.EndedPrice;
import dev.artemis.prices.Price;
import dev.artemis.prices.PriceAlias;
import dev.artemis.prices.Prices;
import dev.artemis.prices.RateTier;
import dev.artemis.prices.Rates;
import dev.artemis.ui.Problems;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.ActorNames;
import dev.artemis.ui.parts.Ask;
import dev.artemis.ui.parts.DayField;
import dev.artemis.ui.parts.Facts;
import dev.artemis.ui.parts.FormDialog;
import dev.artemis.ui.parts.Notices;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All prices that a model ever had, the newest first; one that is in force or to come can be ended, and another name taken away. */
final class PriceHistory {

    private final Viewer viewer;
    private final Prices prices;
    private final Format format;
    private final Instant now;
    private final Runnable changed;

    PriceHistory(Viewer viewer, Prices prices, Format format, Instant now, Runnable changed) {
        this.viewer = viewer;
        this.prices = prices;
        this.format = format;
        this.now = now;
        this.changed = changed;
    }

    void open(String provider, String model) {
        var dialog = new Dialog();
        dialog.setHeaderTitle(translate("prices.history-of", model, provider));
        dialog.setWidth("68rem");
        var grid = new Table<Price>();
        grid.setAllRowsVisible(true);
        grid.addColumn(price -> date(price.validFrom()))
                .setHeader(translate("prices.from"))
                .setWidth("8rem");
        grid.addColumn(price -> price.validTo() == null ? "–" : date(price.validTo()))
                .setHeader(translate("prices.to"))
                .setWidth("8rem");
        grid.addColumn(new ComponentRenderer<>(this::rates))
                .setHeader(translate("prices.rates"))
                .setFlexGrow(3);
        grid.addColumn(price ->
                        translate("prices.source." + price.source()) + ", " + ActorNames.said(price.createdBy()))
                .setHeader(translate("prices.source"))
                .setWidth("10rem");
        grid.addColumn(new ComponentRenderer<>(price -> actions(price, dialog)))
                .setHeader(translate("actions"))
                .setWidth("13rem")
                .setFlexGrow(0);
        grid.setItems(prices.history(provider, model));
        dialog.add(grid);
        List<PriceAlias> aliases = prices.aliases().stream()
                .filter(alias ->
                        alias.provider().equals(provider) && alias.model().equals(model))
                .toList();
        if (!aliases.isEmpty()) {
            dialog.add(new Panel(translate("prices.aliases"), names(aliases, dialog)));
        }
        dialog.getFooter().add(new Button(translate("close"), click -> dialog.close()));
        dialog.open();
    }

    /** Each other name, and a way to take it away. */
    private Div names(List<PriceAlias> aliases, Dialog within) {
        var names = new Div();
        names.addClassName("artemis-stack");
        for (PriceAlias alias : aliases) {
            var remove = small("prices.alias-remove", () -> remove(alias, within));
            remove.setAriaLabel(translate("prices.alias-remove-of", alias.alias()));
            var line = new Div(new Span(alias.alias()), remove);
            line.addClassName("artemis-actions");
            names.add(line);
        }
        return names;
    }

    private void remove(PriceAlias alias, Dialog within) {
        Ask.before(translate("prices.alias-remove-of", alias.alias()))
                .saying(translate("prices.alias-remove-why", alias.alias(), alias.model()))
                .then(translate("prices.alias-remove"), () -> {
                    prices.removeAlias(viewer.admin(), alias.alias());
                    within.close();
                    changed.run();
                    Notices.done(translate("prices.alias-removed", alias.alias()), () -> putBack(alias));
                });
    }

    private void putBack(PriceAlias alias) {
        Problems.attempt(() -> {
            prices.putBackAlias(viewer.admin(), alias);
            Notices.done(translate("prices.alias-back", alias.alias(), alias.model()));
        });
        changed.run();
    }

    /** One line a tier: what differs for a service tier or a long prompt is part of the price. */
    private Component rates(Price price) {
        var lines = new Div();
        for (RateTier tier : price.tariff().tiers()) {
            String name = translate("prices.tier." + tier.service())
                    + (tier.abovePromptTokens() == 0 ? "" : " > " + format.count(tier.abovePromptTokens()));
            var service = new Div(name);
            service.addClassNames("artemis-strong", "artemis-small");
            lines.add(new Div(service, rates(tier.rates())));
        }
        return lines;
    }

    /** Those that there are, each with its name: a row of figures alone says not which is which. */
    private Facts rates(Rates rates) {
        Facts facts = Facts.inLine();
        rate(facts, "costs.tokens-input", rates.input());
        rate(facts, "costs.tokens-cache", rates.cacheRead());
        rate(facts, "prices.written-5m", rates.cacheWrite5m());
        rate(facts, "prices.written-1h", rates.cacheWrite1h());
        rate(facts, "costs.tokens-output", rates.output());
        return facts;
    }

    private void rate(Facts facts, String name, @Nullable BigDecimal rate) {
        if (rate != null) {
            facts.fact(translate(name), PricesView.million(rate, format));
        }
    }

    private Component actions(Price price, Dialog within) {
        var actions = new Div();
        if (price.validTo() == null || price.validTo().isAfter(now)) {
            actions.add(small("prices.end", () -> end(price, within)));
        }
        actions.addClassName("artemis-actions");
        actions.add(small("prices.like", () -> {
            within.close();
            new PriceDialog(viewer, prices).like(price).open(changed);
        }));
        if (!price.isUsable()) {
            actions.add(small("prices.mark-free", () -> markFree(price, within)));
        }
        return actions;
    }

    private static Button small(String key, Runnable action) {
        var button = new Button(translate(key), click -> action.run());
        button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        return button;
    }

    /** From then on no budget stops the model's calls, and no click takes it back: it is asked before. */
    private void markFree(Price price, Dialog within) {
        Ask.before(translate("prices.mark-free-of", price.model()))
                .saying(translate("prices.mark-free-why", price.model()))
                .then(translate("prices.mark-free"), () -> {
                    prices.markFree(viewer.admin(), price.id());
                    done(price, within, "prices.marked-free");
                });
    }

    private void end(Price price, Dialog within) {
        var at = new DayField(translate("prices.to"));
        at.setHelperText(translate("prices.end-help"));
        new FormDialog(
                        translate("prices.end-of", price.model()),
                        translate("prices.end"),
                        () -> at.check()
                                && Problems.attempt(Map.of("valid_to", at), () -> {
                                    EndedPrice ended = prices.end(viewer.admin(), price.id(), chosen(at.getValue()));
                                    within.close();
                                    changed.run();
                                    Notices.done(translate("prices.ended", price.model()), () -> undoEnd(ended));
                                }))
                .with(at)
                .open();
    }

    private void undoEnd(EndedPrice ended) {
        Problems.attempt(() -> {
            prices.undoEnd(viewer.admin(), ended);
            Notices.done(translate("prices.goes-on", ended.price().model()));
        });
        changed.run();
    }

    private Instant chosen(@Nullable LocalDate day) {
        return day == null ? now : day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private void done(Price price, Dialog within, String key) {
        Notices.done(translate(key, price.model()));
        within.close();
        changed.run();
    }

    private String date(Instant at) {
        return format.date(LocalDate.ofInstant(at, ZoneOffset.UTC));
    }
}
