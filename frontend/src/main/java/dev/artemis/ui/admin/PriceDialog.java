package dev.artemis.ui.admin;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import dev.artemis.prices.NewPrice;
import dev.artemis.prices.Price;
import dev.artemis.prices.Prices;
import dev.artemis.prices.RateTier;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Tariff;
import dev.artemis.ui.Problems;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.parts.DayField;
import dev.artemis.ui.parts.FormDialog;
import dev.artemis.ui.parts.Notices;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A new price: for a million tokens, with what differs for service tiers and long prompts. */
final class PriceDialog {

    private final TextField provider = new TextField(translate("costs.dimension.provider"));
    private final TextField model = new TextField(translate("costs.dimension.model"));
    private final RateFields basis = new RateFields();
    private final List<TierFields> tiers = new ArrayList<>();
    private final Div tierList = new Div();
    private final DayField from = new DayField(translate("prices.from"));
    private final DayField to = new DayField(translate("prices.to"));
    private final TextField aliases = new TextField(translate("prices.aliases"));
    private final Checkbox free = new Checkbox(translate("prices.free"));
    private final Viewer viewer;
    private final Prices prices;

    PriceDialog(Viewer viewer, Prices prices) {
        this.viewer = viewer;
        this.prices = prices;
        provider.setRequiredIndicatorVisible(true);
        model.setRequiredIndicatorVisible(true);
        from.setHelperText(translate("prices.from-help"));
        to.setHelperText(translate("prices.to-help"));
        to.setClearButtonVisible(true);
        aliases.setHelperText(translate("prices.aliases-help"));
        tierList.addClassName("artemis-form");
    }

    /** Begins with what another price says. */
    PriceDialog like(Price price) {
        provider.setValue(price.provider());
        model.setValue(price.model());
        basis.take(price.tariff().basis());
        free.setValue(price.free());
        price.tariff().tiers().stream()
                .filter(tier -> tier.service() != ServiceTier.STANDARD || tier.abovePromptTokens() > 0)
                .forEach(tier -> addTier().take(tier));
        return this;
    }

    /** Opens it; {@code saved} runs when the price is written. */
    void open(Runnable saved) {
        var names = new Div(provider, model);
        names.addClassName("artemis-fields");
        var when = new Div(from, to);
        when.addClassName("artemis-fields");
        var more = new Button(translate("prices.tier-add"), VaadinIcon.PLUS.create(), click -> addTier());
        new FormDialog(translate("prices.add"), translate("save"), () -> save(saved))
                .with(
                        names,
                        basis,
                        new H3(translate("prices.tiers")),
                        new Paragraph(translate("prices.tiers-about")),
                        tierList,
                        more,
                        when,
                        aliases,
                        free)
                .wide()
                .open();
    }

    private TierFields addTier() {
        var fields = new TierFields(gone -> {
            tiers.remove(gone);
            tierList.remove(gone);
        });
        tiers.add(fields);
        tierList.add(fields);
        return fields;
    }

    private boolean save(Runnable saved) {
        Optional<Tariff> tariff = tariff();
        if (!(from.check() & to.check()) || tariff.isEmpty()) {
            return false;
        }
        Map<String, HasValidation> fields = new LinkedHashMap<>(basis.byName());
        fields.put("provider", provider);
        fields.put("model", model);
        fields.put("aliases", aliases);
        fields.put("valid_from", from);
        fields.put("valid_to", to);
        return Problems.attempt(fields, () -> {
            prices.add(viewer.admin(), typed(tariff.get()));
            Notices.done(translate("prices.added", model.getValue()));
            saved.run();
        });
    }

    /** All rates; empty where one cannot be, or two are about the same: said at the fields. */
    private Optional<Tariff> tariff() {
        List<RateTier> all = new ArrayList<>();
        basis.rates().map(RateTier::standard).ifPresent(all::add);
        Set<Map.Entry<ServiceTier, Long>> taken = new HashSet<>();
        for (TierFields fields : tiers) {
            fields.tier().ifPresent(tier -> {
                if (taken.add(Map.entry(tier.service(), tier.abovePromptTokens()))) {
                    all.add(tier);
                } else {
                    fields.clash(translate("prices.tier-twice"));
                }
            });
        }
        return all.size() == tiers.size() + 1 ? Optional.of(new Tariff(all)) : Optional.empty();
    }

    private NewPrice typed(Tariff tariff) {
        List<String> others = Arrays.stream(aliases.getValue().split(","))
                .map(String::strip)
                .filter(alias -> !alias.isEmpty())
                .toList();
        return new NewPrice(
                provider.getValue().strip(),
                model.getValue().strip(),
                tariff,
                start(from.getValue()),
                start(to.getValue()),
                free.getValue(),
                others);
    }

    private static @Nullable Instant start(@Nullable LocalDate day) {
        return day == null ? null : day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
