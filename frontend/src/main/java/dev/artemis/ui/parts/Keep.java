package dev.artemis.ui.parts;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasComponents;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dependency.JsModule;

/**
 * Keeps what is typed in its fields in the browser's tab: when the session is lost, or the server starts anew, the page
 * that is loaded again has it.
 */
@Tag("artemis-keep")
@JsModule("./artemis-keep.ts")
public final class Keep extends Component implements HasComponents, HasStyle {

    private static final long serialVersionUID = 1;

    /**
     * What is put back while the page is being built is shown, but nobody listens to the fields yet: they say it again as soon as
     * somebody does, before anyone can press a button, or else what is shown is not what is sent; and once more for what was put back
     * late. The client sends what the server does not know.
     */
    private static final String SAY_AGAIN = """
        const say = () => {
          for (const field of this.querySelectorAll('[data-keep]')) {
            field.dispatchEvent(new CustomEvent('value-changed', { detail: { value: field.value } }));
            field.dispatchEvent(new CustomEvent('change', { bubbles: true }));
          }
        };
        setTimeout(say);
        setTimeout(say, $0);
        """;

    /** By then the page is built, on any machine. */
    private static final int LATER_MS = 300;

    private final String place;

    /**
     * Keeps nothing yet.
     *
     * @param place names these fields among all of the platform's, such as an address
     */
    public Keep(String place) {
        this.place = place;
        getElement().setAttribute("place", place);
        getElement().addEventListener("restored", event -> Notices.done(translate("keep.restored")));
        addAttachListener(attached -> getElement().executeJs(SAY_AGAIN, LATER_MS));
    }

    /** Lets a field take part, under a name of its own; its value is text. */
    public static <C extends Component> C field(C field, String name) {
        field.getElement().setAttribute("data-keep", name);
        return field;
    }

    /** What was typed is safe with the server. */
    public void forget() {
        UI.getCurrent().getPage().executeJs("sessionStorage.removeItem('artemis.typed.' + $0)", place);
    }
}
