package dev.artemis.ui.admin;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import dev.artemis.prices.RateTier;
import dev.artemis.prices.ServiceTier;
import dev.artemis.ui.Problems;
import dev.artemis.ui.parts.Checks;
import java.util.Optional;
import java.util.function.Consumer;

/** Rates that hold for one service tier, from one length of the prompt on. */
class TierFields extends Div {

    private static final long serialVersionUID = 1;

    private final Select<ServiceTier> service = new Select<>();
    private final IntegerField above = new IntegerField(translate("prices.above"));
    private final RateFields rates = new RateFields();

    /** @param away called with these fields when they are taken away again */
    TierFields(Consumer<TierFields> away) {
        addClassName("artemis-tier");
        getElement().setAttribute("role", "group");
        getElement().setAttribute("aria-label", translate("prices.tier-rates"));
        service.setLabel(translate("prices.tier"));
        service.setItems(ServiceTier.values());
        service.setItemLabelGenerator(it -> translate("prices.tier." + it));
        service.setValue(ServiceTier.BATCH);
        above.setMin(0);
        above.setStepButtonsVisible(false);
        above.setPlaceholder("0");
        above.setHelperText(translate("prices.above-help"));
        var remove = new Button(translate("prices.tier-away"), click -> away.accept(this));
        remove.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        var which = new Div(service, above);
        which.addClassName("artemis-fields");
        add(which, rates, remove);
    }

    void take(RateTier tier) {
        service.setValue(tier.service());
        above.setValue(Math.toIntExact(Math.min(tier.abovePromptTokens(), Integer.MAX_VALUE)));
        rates.take(tier.rates());
    }

    /** What was typed; empty, and said at the fields, where it cannot be one. */
    Optional<RateTier> tier() {
        if (!Checks.whole(above)) {
            return Optional.empty();
        }
        int tokens = above.getValue() == null ? 0 : above.getValue();
        if (service.getValue() == ServiceTier.STANDARD && tokens == 0) {
            clash(translate("prices.above-standard"));
            return Optional.empty();
        }
        return rates.rates().map(found -> new RateTier(service.getValue(), tokens, found));
    }

    /** Says that another group is about the same. */
    void clash(String why) {
        Problems.fault(above, why);
    }
}
