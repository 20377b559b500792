package dev.artemis.ui.audit;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.combobox.ComboBox;
import dev.artemis.audit.Action;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Chooses one of the actions that the audit log tells of, or the beginning of several, such as "key.". */
final class ActionField extends ComboBox<String> {

    private static final long serialVersionUID = 1;

    private static final Set<String> KNOWN =
            Arrays.stream(Action.values()).map(Action::toString).collect(Collectors.toUnmodifiableSet());

    /** @param chosen null: any */
    ActionField(@Nullable String chosen) {
        super(translate("audit.filter-action"));
        setPlaceholder(translate("audit.any-action"));
        setItemLabelGenerator(ActionField::words);
        Stream<String> typed = Stream.ofNullable(chosen).filter(it -> !KNOWN.contains(it));
        setItems(Stream.concat(typed, KNOWN.stream().sorted(Comparator.comparing(ActionField::words)))
                .toList());
        setAllowCustomValue(true);
        addCustomValueSetListener(event -> setValue(event.getDetail().strip()));
        setClearButtonVisible(true);
        setValue(chosen);
    }

    /** Empty: any. */
    String code() {
        return Objects.requireNonNullElse(getValue(), "");
    }

    /** What people call it; a code that is not known any more is shown as it is. */
    static String words(String code) {
        return KNOWN.contains(code) ? translate("audit.did." + code) : code;
    }
}
