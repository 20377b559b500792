package dev.artemis.ui.parts;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasComponents;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import java.util.List;

/**
 * A program's two streams, side by side or in the order in which they came; to be searched. Text goes in as text, never as
 * markup. It is kept in the browser alone: the session holds none of it.
 */
@Tag("artemis-output")
@JsModule("./artemis-output.ts")
public final class OutputView extends Component implements HasComponents, HasStyle {

    private static final long serialVersionUID = 1;

    /**
     * What was printed to one stream.
     *
     * @param channel "stdout" or "stderr"
     */
    public record Piece(String channel, String text) {}

    private record Words(
            String stdout,
            String stderr,
            String both,
            String search,
            String next,
            String previous,
            String of,
            String nothing,
            String sideBySide,
            String merged,
            String leftOut) {}

    private record Remarks(String stdout, String stderr) {}

    public OutputView() {
        getElement()
                .setPropertyBean(
                        "words",
                        new Words(
                                translate("run.stdout"),
                                translate("run.stderr"),
                                translate("run.both"),
                                translate("run.search"),
                                translate("run.search-next"),
                                translate("run.search-previous"),
                                translate("run.search-of", "{0}", "{1}"),
                                translate("run.search-nothing"),
                                translate("run.side-by-side"),
                                translate("run.merged"),
                                translate("run.left-out", "{0}")));
    }

    /** Puts something beside a stream's title, such as its download. */
    public void beside(String channel, Component component) {
        component.getElement().setAttribute("slot", channel);
        add(component);
    }

    /** Says something below each stream; empty for nothing. */
    public void remark(String stdout, String stderr) {
        getElement().setPropertyBean("notes", new Remarks(stdout, stderr));
    }

    /** Shows more, in the order in which it was printed. */
    public void append(List<Piece> pieces) {
        getElement().callJsFunction("print", pieces);
    }

    /** Begins anew. */
    public void clear() {
        getElement().callJsFunction("clear");
    }
}
