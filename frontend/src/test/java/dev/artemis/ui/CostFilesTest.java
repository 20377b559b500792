package dev.artemis.ui;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.server.StreamResourceRegistry;
import com.vaadin.flow.server.VaadinService;
import com.vaadin.flow.server.VaadinServletRequest;
import com.vaadin.flow.server.VaadinServletResponse;
import com.vaadin.flow.server.VaadinServletService;
import com.vaadin.flow.server.VaadinSession;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.artemis.OnDatabase;
import dev.artemis.access.Members;
import dev.artemis.access.PlatformRole;
import dev.artemis.access.Users;
import dev.artemis.budgets.CallLabels;
import dev.artemis.budgets.CallSpending;
import dev.artemis.budgets.History;
import dev.artemis.chargeback.ChargebackRates;
import dev.artemis.chargeback.Rate;
import dev.artemis.exports.StatementText;
import dev.artemis.exports.Workbooks;
import dev.artemis.prices.ModelRef;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.reports.CostQuery;
import dev.artemis.reports.Costs;
import dev.artemis.reports.Dimension;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Role;
import dev.artemis.shared.Slug;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import dev.artemis.ui.costs.CostPeriod;
import dev.artemis.ui.parts.Note;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.http.ContentDisposition;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.TestConstructor;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/** The files of the pages of costs where these have more lines than a table shows. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@Tag("slow")
class CostFilesTest extends AtThePages {

    private static final int CARDS = 300;

    private final Projects projects;
    private final History history;
    private final ChargebackRates rates;
    private final Costs costs;
    private final Clock clock;

    CostFilesTest(
            Tenants tenants,
            Users users,
            Members members,
            Projects projects,
            History history,
            ChargebackRates rates,
            Costs costs,
            Clock clock) {
        super(tenants, users, members);
        this.projects = projects;
        this.history = history;
        this.rates = rates;
        this.costs = costs;
        this.clock = clock;
    }

    @Test
    void aFileHasAllCardsOfTheLedgerAlsoThoseThatTheTableLeavesOut() throws IOException {
        Tenant team = aTeam();
        Project shop = projects.create(team.id(), new Slug("shop"), "Shop");
        String stage = "stage-" + UUID.randomUUID();
        spendOnCards(shop, stage, CARDS);
        spendOnCards(shop, stage, 20);
        signIn(aMember(team, Role.FINANCE), PlatformRole.FINANCE);
        String query = "?by=card&stage=" + stage;

        for (String page : List.of(Paths.costs(team.slug()) + query, Paths.ALL_COSTS + query)) {
            open(page);
            assertThat(notes()).as(page).anyMatch(note -> note.endsWith("cost most. All of them are in the file."));
            List<NamedCsvRecord> file = download();
            assertThat(costOf(file)).as(page).isEqualTo(ledger(team, stage));
            assertThat(file.getFirst().getHeader()).as(page).doesNotContain("markup_usd");
        }

        LocalDate today = LocalDate.ofInstant(clock.instant(), team.timeZone());
        rates.set(new Caller.Admin(null, "test"), team.id(), new Rate(today.minusDays(1), BigDecimal.TEN));
        for (String page : List.of(Paths.costs(team.slug()) + query, Paths.ALL_COSTS + query)) {
            open(page);
            assertThat(notes()).as(page).anyMatch(note -> note.contains("without mark-up and charged"));
            List<NamedCsvRecord> file = download();
            assertThat(costOf(file)).as(page).isEqualTo(ledger(team, stage));
            assertThat(file).as(page).allSatisfy(line -> {
                var cost = new BigDecimal(line.getField("cost_usd"));
                assertThat(line.getField("markup_usd")).isEqualTo(text(cost.multiply(new BigDecimal("0.1"))));
                assertThat(line.getField("charged_usd")).isEqualTo(text(cost.multiply(new BigDecimal("1.1"))));
            });
        }
    }

    private static String text(BigDecimal amount) {
        return amount.stripTrailingZeros().toPlainString();
    }

    private Map<String, String> ledger(Tenant team, String stage) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), team.timeZone());
        Map<String, String> ledger = costs
                .breakdown(new CostQuery(
                        team.id(),
                        null,
                        CostPeriod.monthOf(today).span(),
                        List.of(Dimension.CARD),
                        Map.of(Dimension.STAGE, stage)))
                .items()
                .stream()
                .collect(Collectors.toMap(
                        line -> line.group().getOrDefault(Dimension.CARD, ""),
                        line -> line.cost().toString()));
        assertThat(ledger).hasSize(CARDS).containsEntry("CARD-19", "0.065").containsEntry("CARD-20", "0.0325");
        return ledger;
    }

    private static Map<String, String> costOf(List<NamedCsvRecord> file) {
        return file.stream()
                .collect(Collectors.toMap(line -> line.getField("card"), line -> line.getField("cost_usd")));
    }

    @Test
    void whatIsTakenAwayFromThePageIsTheLedgerInEveryFormat() throws Exception {
        Tenant team = aTeam();
        Project shop = projects.create(team.id(), new Slug("shop"), "Shop");
        spendOnCards(shop, "=stage; one", 3);
        spendOnCards(shop, "two", 2);
        signIn(aMember(team, Role.FINANCE), null);
        var five = new BigDecimal("0.1625");

        open(Paths.costs(team.slug()) + "?by=stage");

        var asJson = JsonMapper.builder()
                .build()
                .readTree(download("JSON", new Taken()).toByteArray());
        assertThat(new BigDecimal(asJson.get("total").asString())).isEqualByComparingTo(five);
        assertThat(lines(download("FOCUS 1.2", new Taken())).stream()
                        .map(row -> new BigDecimal(row.getField("BilledCost")))
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(five);
        Map<String, List<List<String>>> sheets =
                Workbooks.sheets(download("Excel", new Taken()).toByteArray());
        assertThat(sheets).hasSize(11);
        sheets.forEach((name, rows) -> {
            assertThat(Workbooks.exact(rows.getLast(), rows.getFirst(), "cost_usd"))
                    .as(name)
                    .isEqualByComparingTo(five);
            assertThat(Workbooks.number(rows.getLast(), rows.getFirst(), "calls"))
                    .as(name)
                    .isEqualByComparingTo("5");
        });
        StatementText statement =
                StatementText.of(download("Statement (PDF)", new Taken()).toByteArray());
        assertThat(statement.fact("Cost (USD)")).isEqualByComparingTo(five);
        assertThat(statement.fact("Calls")).isEqualByComparingTo("5");
    }

    @Test
    void whatIsTakenAwayIsNarrowedAsThePageIs() throws Exception {
        Tenant team = aTeam();
        Project shop = projects.create(team.id(), new Slug("shop"), "Shop");
        spendOnCards(shop, "one", 3);
        spendOnCards(shop, "two", 2);
        signIn(aMember(team, Role.FINANCE), null);
        var two = new BigDecimal("0.065");

        open(Paths.costs(team.slug()) + "?by=model&stage=two");

        assertThat(download())
                .singleElement()
                .satisfies(line ->
                        assertThat(new BigDecimal(line.getField("cost_usd"))).isEqualByComparingTo(two));
        var asJson = JsonMapper.builder()
                .build()
                .readTree(download("JSON", new Taken()).toByteArray());
        assertThat(new BigDecimal(asJson.get("total").asString())).isEqualByComparingTo(two);
        Workbooks.sheets(download("Excel", new Taken()).toByteArray())
                .forEach((name, rows) -> assertThat(Workbooks.exact(rows.getLast(), rows.getFirst(), "cost_usd"))
                        .as(name)
                        .isEqualByComparingTo(two));
        assertThat(find(Anchor.class).withText("FOCUS 1.2").exists())
                .as("it says all that was spent")
                .isFalse();
        assertThat(name("Download CSV")).startsWith("artemis-costs-").endsWith("-narrowed.csv");
        assertThat(name("JSON")).startsWith("artemis-costs-").endsWith("-narrowed.json");
        assertThat(find(Paragraph.class).all())
                .extracting(Paragraph::getText)
                .filteredOn(text -> text.contains("statement"))
                .singleElement(as(STRING))
                .contains("only what is chosen above", "FOCUS", "all that was spent");
        open(Paths.costs(team.slug()) + "?by=model");
        assertThat(name("Download CSV")).doesNotContain("narrowed");
        assertThat(find(Paragraph.class).all())
                .extracting(Paragraph::getText)
                .noneMatch(text -> text.contains("chosen above"));
    }

    @Test
    void filesOfAllTeamsHaveThoseThatCameSince() throws IOException {
        String stage = "stage-" + UUID.randomUUID();
        spendOnCards(projects.create(aTeam().id(), new Slug("shop"), "Shop"), stage, 1);
        signIn(aPerson(), PlatformRole.FINANCE);
        open(Paths.ALL_COSTS + "?by=tenant&stage=" + stage);
        assertThat(total(download("JSON", new Taken()))).isEqualByComparingTo("0.0325");

        Tenant late = aTeam();
        spendOnCards(projects.create(late.id(), new Slug("shop"), "Shop"), stage, 2);
        Grid<?> grid = find(Grid.class).single();
        awaitUntil(() -> grid.getListDataView().getItemCount() == 2);

        assertThat(total(download("JSON", new Taken()))).isEqualByComparingTo("0.0975");
    }

    @Test
    void whatNoTextCanBeIsUnclear() {
        Tenant team = aTeam();
        projects.create(team.id(), new Slug("shop"), "Shop");
        signIn(aMember(team, Role.FINANCE), null);

        open(Paths.costs(team.slug()) + "?stage=%00");

        assertThat(notes()).anyMatch(note -> note.contains("stage"));
    }

    private static BigDecimal total(ByteArrayOutputStream json) {
        return new BigDecimal(JsonMapper.builder()
                .build()
                .readTree(json.toByteArray())
                .get("total")
                .asString());
    }

    private List<NamedCsvRecord> download() throws IOException {
        return lines(download("Download CSV", new OutsideTransactions()));
    }

    private static List<NamedCsvRecord> lines(ByteArrayOutputStream file) throws IOException {
        try (CsvReader<NamedCsvRecord> lines =
                CsvReader.builder().ofNamedCsvRecord(file.toString(StandardCharsets.UTF_8))) {
            return lines.stream().toList();
        }
    }

    private ByteArrayOutputStream download(String name, Taken sent) throws IOException {
        answer(name, sent);
        return sent.bytes;
    }

    /** What the browser is told to call it. */
    private String name(String link) throws IOException {
        return String.valueOf(ContentDisposition.parse(
                        Objects.requireNonNull(answer(link, new Taken()).getHeader("Content-Disposition")))
                .getFilename());
    }

    private MockHttpServletResponse answer(String name, Taken sent) throws IOException {
        var response = new MockHttpServletResponse() {
            @Override
            public ServletOutputStream getOutputStream() {
                return sent;
            }
        };
        Anchor link = find(Anchor.class).withText(name).single();
        var service = (VaadinServletService) VaadinService.getCurrent();
        VaadinSession.getCurrent()
                .getResourceRegistry()
                .getResource(StreamResourceRegistry.ElementStreamResource.class, URI.create(link.getHref()))
                .orElseThrow()
                .getElementRequestHandler()
                .handleRequest(
                        new VaadinServletRequest(new MockHttpServletRequest(), service),
                        new VaadinServletResponse(response, service),
                        VaadinSession.getCurrent(),
                        link.getElement());
        return response;
    }

    /** What arrives at the browser. */
    private static class Taken extends ServletOutputStream {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void write(int one) {
            bytes.write(one);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException("written by whoever answers");
        }
    }

    /** Whoever reads slowly must not hold a connection to the database. */
    private static final class OutsideTransactions extends Taken {

        @Override
        public void write(int one) {
            assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                    .isFalse();
            super.write(one);
        }
    }

    private List<String> notes() {
        return find(Note.class).all().stream()
                .map(note -> note.getElement().getTextRecursively())
                .toList();
    }

    /** Each costs 0.0325 dollars. */
    private void spendOnCards(Project shop, String stage, int cards) {
        history.record(
                new Caller.ForProject(shop.tenant(), shop.id(), null, null, Set.of(), "test"),
                clock.instant(),
                IntStream.range(0, cards)
                        .mapToObj(n -> new CallSpending(
                                ModelRef.of("gpt-4o"),
                                Usage.of(5_000, 2_000),
                                ServiceTier.STANDARD,
                                new CallLabels(stage, null, "CARD-" + n),
                                null,
                                CallSpending.Mode.RECORD))
                        .toList());
    }
}
