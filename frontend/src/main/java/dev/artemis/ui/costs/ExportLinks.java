package dev.artemis.ui.costs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.server.streams.DownloadHandler;
import dev.artemis.exports.ChargebackColumns;
import dev.artemis.exports.Export;
import dev.artemis.exports.ExportFormat;
import dev.artemis.exports.ExportProgress;
import dev.artemis.exports.Exports;
import dev.artemis.exports.ReportPart;
import dev.artemis.ui.Live;
import dev.artemis.ui.format.Format;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** All lines of a report in each format, and how far those are that were asked for here. */
public class ExportLinks extends Div {

    private static final long serialVersionUID = 1;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final transient Exports exports;
    private final transient Map<ExportFormat, ExportProgress> asked = new ConcurrentHashMap<>();
    private final Div states = new Div();
    private final transient Format format;

    /** How far one is. */
    private record Standing(ExportFormat format, ExportProgress.State state, int before, long rows) {}

    /**
     * Links for some parts.
     *
     * @param parts asked for again with each file: whatever the page shows by then; which files there are is of the first
     * @param name of the files, without their ending
     */
    public ExportLinks(
            Exports exports,
            Live live,
            Format format,
            String name,
            Supplier<List<ReportPart>> parts,
            ChargebackColumns chargeback) {
        this.exports = exports;
        this.format = format;
        addClassName("artemis-stack");
        var links = new Div();
        links.addClassName("artemis-actions");
        List<ReportPart> first = parts.get();
        for (ExportFormat each : ExportFormat.values()) {
            if (Export.isPossible(each, first)) {
                links.add(link(each, () -> new Export(each, parts.get(), chargeback), name));
            }
        }
        states.getElement().setAttribute("role", "status");
        add(new Paragraph(translate("exports.about")));
        if (first.stream().anyMatch(part -> !part.only().isEmpty())) {
            add(new Paragraph(translate("exports.narrowed")));
        }
        add(links, states);
        live.watch(this, PAUSE, this::standings, List.of(), this::show);
    }

    private Anchor link(ExportFormat of, Supplier<Export> export, String name) {
        DownloadHandler handler = event -> {
            exports.refuseWhenFull();
            var progress = new ExportProgress();
            asked.put(of, progress);
            event.setFileName(name + "." + of.extension());
            event.setContentType(of.mediaType());
            exports.write(export.get(), progress, event.getOutputStream());
        };
        var link = new Anchor(handler, translate("exports.format." + of));
        link.addClassName("artemis-button-link");
        link.getElement().setAttribute("download", true);
        return link;
    }

    private List<Standing> standings() {
        return asked.entrySet().stream()
                .map(each -> new Standing(
                        each.getKey(),
                        each.getValue().state(),
                        exports.before(each.getValue()),
                        each.getValue().rows()))
                .sorted(Comparator.comparing(Standing::format))
                .toList();
    }

    private void show(List<Standing> standings) {
        states.removeAll();
        for (Standing standing : standings) {
            String name = translate("exports.format." + standing.format());
            String rows = format.count(standing.rows());
            states.add(new Paragraph(
                    switch (standing.state()) {
                        case WAITING -> translate("exports.waiting", name, format.count(standing.before()));
                        case RUNNING -> translate("exports.running", name, rows);
                        case DONE -> translate("exports.done", name, rows);
                        case FAILED -> translate("exports.failed", name);
                    }));
        }
    }
}
