package dev.artemis.ui.parts;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.HasComponents;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dependency.JsModule;
import java.util.Objects;

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
        setTimeout(() => this.sayAgain());
        setTimeout(() => this.sayAgain(), $0);
        """;

    private static final String FORGET = """
        document.querySelectorAll('artemis-keep').forEach((one) => one.getAttribute('place') === $0 && one.forget());
        sessionStorage.removeItem('artemis.typed.' + $0);
        """;

    private static final String FORGET_ALL = """
        Object.keys(sessionStorage).filter((key) => key.startsWith('artemis.typed.')).forEach((key) => sessionStorage.removeItem(key));
        """;

    /** By then the page is built, on any machine. */
    private static final int LATER_MS = 300;

    private String place;
    private String whose = "";

    /**
     * Keeps nothing yet.
     *
     * @param place names these fields among all of the platform's, such as an address
     */
    public Keep(String place) {
        this.place = place;
        getElement().addEventListener("restored", event -> Notices.done(translate("keep.restored")));
        addAttachListener(attached -> {
            whose = Objects.requireNonNullElse(ComponentUtil.getData(attached.getUI(), Whose.class), Whose.NOBODYS)
                    .person();
            getElement().setAttribute("place", where());
            getElement().executeJs(SAY_AGAIN, LATER_MS);
        });
    }

    private record Whose(String person) {

        static final Whose NOBODYS = new Whose("");
    }

    /** What is typed in this tab is that person's from now on, and given back to nobody else. */
    public static void isOf(UI tab, String person) {
        ComponentUtil.setData(tab, Whose.class, new Whose(person));
    }

    /** Nobody is here any more: nothing that was typed in this tab is kept. */
    public static void forgetAll(UI tab) {
        tab.getPage().executeJs(FORGET_ALL);
    }

    private String where() {
        return whose.isEmpty() ? place : whose + " " + place;
    }

    /** Names them otherwise, before they are shown. */
    void at(String other) {
        place = other;
        getElement().setAttribute("place", where());
    }

    /** Lets a field take part, under a name of its own; its value is text. */
    public static <C extends Component> C field(C field, String name) {
        field.getElement().setAttribute("data-keep", name);
        return field;
    }

    /** Lets every field take part that people write text or numbers into, as soon as it is there; fields of passwords never do. */
    public Keep ofAll() {
        getElement().setAttribute("all", true);
        return this;
    }

    /** Keeps this one out: what is written there is nobody else's, such as an address that lets in whoever knows it. */
    public static <C extends Component> C not(C field) {
        field.getElement().setAttribute("data-keep-not", true);
        return field;
    }

    /** What was typed is safe with the server, or is not wanted any more. */
    public void forget() {
        UI.getCurrent().getPage().executeJs(FORGET, where());
    }
}
