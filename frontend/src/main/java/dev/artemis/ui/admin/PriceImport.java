package dev.artemis.ui.admin;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.artemis.prices.ImportReport;
import dev.artemis.prices.Prices;
import dev.artemis.ui.Phrases;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.FileField;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.Table;
import java.io.ByteArrayInputStream;
import java.util.List;

/** Takes the community's price list as a file, and shows what became of each of its models. */
final class PriceImport {

    private static final int MOST_BYTES = 32 << 20;
    private static final int SHOWN_WITHOUT_SCROLLING = 5;

    private final Viewer viewer;
    private final Prices prices;
    private final Format format;
    private final Runnable changed;
    private final Dialog dialog = new Dialog();
    private final Div report = new Div();

    PriceImport(Viewer viewer, Prices prices, Format format, Runnable changed) {
        this.viewer = viewer;
        this.prices = prices;
        this.format = format;
        this.changed = changed;
    }

    void open() {
        dialog.setHeaderTitle(translate("prices.import"));
        dialog.setWidth("60rem");
        var upload = new FileField(List.of(".json"), MOST_BYTES, (name, bytes) -> take(bytes));
        report.addClassName("artemis-stack");
        report.getElement().setAttribute("aria-live", "polite");
        var content = new Div(new Paragraph(translate("prices.import-about")), upload, report);
        content.addClassName("artemis-stack");
        dialog.add(content);
        dialog.getFooter().add(new Button(translate("close"), click -> dialog.close()));
        dialog.open();
    }

    private void take(byte[] list) {
        report.removeAll();
        ImportReport done = prices.importList(viewer.admin(), new ByteArrayInputStream(list));
        show(done);
        changed.run();
    }

    private void show(ImportReport done) {
        report.removeAll();
        report.add(new Paragraph(translate(
                "prices.import-done",
                format.count(done.imported()),
                format.count(done.unchanged()),
                format.count(done.flagged().size()),
                format.count(done.rejected().size()))));
        remarks("prices.import-flagged", done.flagged());
        remarks("prices.import-rejected", done.rejected());
    }

    private void remarks(String title, List<ImportReport.Remark> remarks) {
        if (remarks.isEmpty()) {
            return;
        }
        var grid = new Table<ImportReport.Remark>();
        if (remarks.size() <= SHOWN_WITHOUT_SCROLLING) {
            grid.setAllRowsVisible(true);
        } else {
            grid.setHeight("16rem");
        }
        grid.addColumn(ImportReport.Remark::model)
                .setHeader(translate("costs.dimension.model"))
                .setWidth("16rem");
        grid.addColumn(remark -> Phrases.say(remark.why()))
                .setHeader(translate("prices.why"))
                .setFlexGrow(3);
        grid.setItems(remarks);
        report.add(new Panel(translate(title, format.count(remarks.size())), grid));
    }
}
