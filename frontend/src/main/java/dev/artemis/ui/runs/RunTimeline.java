package dev.artemis.ui.runs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.artemis.runs.RunNews;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.Panel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened when: each attempt, and how long each step took. */
class RunTimeline extends Panel {

    private static final long serialVersionUID = 1;

    private final transient Format format;
    private final OrderedList list = new OrderedList();
    private final Paragraph loading = new Paragraph(translate("loading"));
    private @Nullable Instant before;

    RunTimeline(Format format) {
        super(translate("run.timeline"));
        this.format = format;
        list.addClassNames("artemis-list", "artemis-timeline");
        loading.addClassName("artemis-quiet");
        loading.setVisible(false);
        add(loading, list);
    }

    void empty() {
        list.removeAll();
        before = null;
    }

    /** Says so until something is added. */
    void loading() {
        loading.setVisible(true);
    }

    void add(List<RunNews.Moved> moves) {
        loading.setVisible(false);
        moves.forEach(move -> list.add(line(move)));
    }

    /** Never less than nothing: the moments are of machines whose clocks may differ. */
    private static Duration since(Instant before, Instant now) {
        return now.isBefore(before) ? Duration.ZERO : Duration.between(before, now);
    }

    private ListItem line(RunNews.Moved move) {
        var when = new Span(
                before == null
                        ? format.time(move.at())
                        : translate("run.after", format.duration(since(before, move.at()))));
        when.setTitle(format.precise(move.at()));
        when.addClassNames("artemis-quiet", "artemis-number");
        before = move.at();
        var attempt =
                new Span(move.attempt() == 0 ? "" : translate("run.attempt-number", String.valueOf(move.attempt())));
        attempt.addClassName("artemis-quiet");
        var line = new ListItem(RunWords.badge(move.status()), attempt, when);
        if (move.detail() != null) {
            var detail = new Span(RunWords.detail(move.detail()));
            detail.addClassName("artemis-small");
            line.addComponentAtIndex(2, detail);
        }
        if (move.words() != null) {
            var words = new Span(move.words());
            words.addClassNames("artemis-small", "artemis-quiet");
            line.add(words);
        }
        return line;
    }
}
