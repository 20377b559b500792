package dev.artemis.ui.parts;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasComponents;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.icon.Icon;
import com.vaadin.flow.component.icon.VaadinIcon;
import java.util.List;
import java.util.function.Supplier;

/** The quick way to anything: Ctrl or Cmd with K, some letters, Enter. What there is, is asked when it opens. */
@Tag("artemis-palette")
@JsModule("./artemis-palette.ts")
public final class CommandPalette extends Component implements HasComponents {

    private static final long serialVersionUID = 1;

    /**
     * Somewhere to go, or something to do.
     *
     * @param group where it belongs, said beside it
     */
    public record Command(String label, String group, Runnable action) {}

    private record Shown(String label, String group) {}

    private record Words(String open, String search, String nothing, String hint) {}

    private transient List<Command> commands = List.of();

    public CommandPalette(Supplier<List<Command>> what) {
        getElement()
                .setPropertyBean(
                        "words",
                        new Words(
                                translate("palette.open"),
                                translate("palette.search"),
                                translate("palette.nothing"),
                                translate("palette.hint")));
        Icon icon = VaadinIcon.SEARCH.create();
        icon.getElement().setAttribute("slot", "icon");
        icon.getElement().setAttribute("aria-hidden", "true");
        add(icon);
        getElement().addEventListener("palette-open", event -> {
            commands = List.copyOf(what.get());
            getElement()
                    .setPropertyList(
                            "items",
                            commands.stream()
                                    .map(it -> new Shown(it.label(), it.group()))
                                    .toList());
        });
        getElement()
                .addEventListener(
                        "palette-choose",
                        event -> choose(
                                event.getEventData().get("event.detail.index").asInt()))
                .addEventData("event.detail.index");
    }

    private void choose(int index) {
        if (index >= 0 && index < commands.size()) {
            commands.get(index).action().run();
        }
    }
}
