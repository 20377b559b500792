package dev.artemis.ui.costs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.artemis.reports.Dimension;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** To what alone a page is narrowed, such as one stage; each can be taken away. */
class NarrowedTo extends Div {

    private static final long serialVersionUID = 1;

    /**
     * One button for each.
     *
     * @param names what to call keys and members, by id
     * @param widen called with what shall narrow no more
     */
    NarrowedTo(Map<Dimension, String> only, Map<String, String> names, Consumer<Dimension> widen) {
        addClassName("artemis-actions");
        new TreeMap<>(only).forEach((dimension, value) -> {
            String name = value.isEmpty() ? translate("costs.none." + dimension) : names.getOrDefault(value, value);
            String words = translate("costs.only", translate("costs.dimension." + dimension), name);
            var one = new Button(words, VaadinIcon.CLOSE_SMALL.create(), click -> widen.accept(dimension));
            one.setIconAfterText(true);
            one.setAriaLabel(translate("costs.only-no-more", words));
            one.addThemeVariants(ButtonVariant.SMALL);
            add(one);
        });
    }
}
