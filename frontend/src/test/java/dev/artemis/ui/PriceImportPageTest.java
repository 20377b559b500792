package dev.artemis.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.upload.Upload;
import dev.artemis.OnDatabase;
import dev.artemis.access.Members;
import dev.artemis.access.Users;
import dev.artemis.prices.ImportReport;
import dev.artemis.prices.Prices;
import dev.artemis.tenants.Tenants;
import dev.artemis.ui.parts.FileFault;
import dev.artemis.ui.parts.Panel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;

/** What became of each model of an imported list is told on the page: how many came in, and of the others which and why. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class PriceImportPageTest extends AtThePages {

    private final Prices prices;

    PriceImportPageTest(Tenants tenants, Users users, Members members, Prices prices) {
        super(tenants, users, members);
        this.prices = prices;
    }

    @Test
    void tellsOfEachModelWhatBecameOfItAndWhy() {
        String known = "known-" + UUID.randomUUID();
        String fresh = "fresh-" + UUID.randomUUID();
        String free = "free-" + UUID.randomUUID();
        String without = "without-" + UUID.randomUUID();
        signInAsAdministrator();
        open(Paths.ADMIN_PRICES);
        click("Import list");

        hand("{%s}".formatted(model(known, "1e-6", "2e-6")));
        assertThat(summaries()).contains("1 imported, 0 unchanged, 0 flagged, 0 rejected");
        assertThat(find(Panel.class).all()).noneMatch(panel -> titled(panel, "Flagged"));
        hand("{%s,%s,%s,%s}"
                .formatted(
                        model(known, "1e-6", "2e-6"),
                        model(fresh, "3e-6", "4e-6"),
                        model(free, "0", "0"),
                        "\"" + without + "\": {\"litellm_provider\": \"acme\", \"mode\": \"chat\"}"));

        assertThat(summaries()).contains("1 imported, 1 unchanged, 1 flagged, 1 rejected");
        ImportReport.Remark flagged = remark("Flagged: 1");
        assertThat(flagged.model()).isEqualTo(free);
        assertThat(flagged.why()).contains("zero both ways");
        ImportReport.Remark rejected = remark("Rejected: 1");
        assertThat(rejected.model()).isEqualTo(without);
        assertThat(rejected.why()).isNotBlank();
        assertThat(prices.history("acme", fresh)).hasSize(1);
        assertThat(prices.history("acme", free).getFirst().isUsable()).isFalse();
        assertThat(prices.history("acme", without)).isEmpty();
    }

    @Test
    void whatIsNoListChangesNothingAndIsSaid() {
        signInAsAdministrator();
        open(Paths.ADMIN_PRICES);
        click("Import list");

        hand("not a list");

        assertThat(summaries()).noneMatch(text -> text.contains("imported"));
        assertThat(find(FileFault.class).single().isInvalid()).isTrue();
        assertThat(find(FileFault.class).single().getErrorMessage()).isNotBlank();
    }

    private static String model(String name, String input, String output) {
        return """
            "%s": {"litellm_provider": "acme", "mode": "chat", "input_cost_per_token": %s, "output_cost_per_token": %s}""".formatted(name, input, output);
    }

    private void hand(String list) {
        test(find(Upload.class).single())
                .upload("prices.json", "application/json", list.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> summaries() {
        return find(Paragraph.class).all().stream().map(Paragraph::getText).toList();
    }

    private static boolean titled(Panel panel, String title) {
        return panel.getElement().getTextRecursively().startsWith(title);
    }

    /** The only one of the panel of that title, as it is written in its table. */
    @SuppressWarnings("unchecked") // a grid is found by its raw class
    private ImportReport.Remark remark(String title) {
        Panel panel = find(Panel.class).all().stream()
                .filter(each -> titled(each, title))
                .findFirst()
                .orElseThrow();
        Grid<ImportReport.Remark> grid = (Grid<ImportReport.Remark>)
                panel.getChildren().filter(Grid.class::isInstance).findFirst().orElseThrow();
        assertThat(test(grid).size()).isEqualTo(1);
        return new ImportReport.Remark(test(grid).getCellText(0, 0), test(grid).getCellText(0, 1));
    }
}
