package dev.artemis.exports;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.artemis.OnDatabase;
import dev.artemis.budgets.TestTeam;
import dev.artemis.chargeback.ChargebackRates;
import dev.artemis.chargeback.Rate;
import dev.artemis.ledger.EntryKind;
import dev.artemis.ledger.LedgerIds;
import dev.artemis.ledger.NewEntry;
import dev.artemis.prices.Usage;
import dev.artemis.reports.Costs;
import dev.artemis.reports.Dimension;
import dev.artemis.reports.Span;
import dev.artemis.shared.Caller;
import dev.artemis.shared.ProjectId;
import dev.artemis.tenants.Tenant;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever a ledger holds, every format's total is its sum, and what {@code GET /costs} says. */
@OnDatabase
@Import(RandomLedger.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@Tag("slow")
class ExportsAddUpTest {

    private static final int ENTRIES = 60;
    private static final int OF_SEVERAL = 160;
    private static final int MORE_THAN_A_BUFFER = 700;
    private static final Caller.Admin ADMIN = new Caller.Admin(null, "test");

    private static final List<String> QUANTITIES = LineColumns.SUMS;

    private final MockMvcTester mvc;
    private final RandomLedger ledgers;
    private final Exports exports;
    private final Costs costs;
    private final ChargebackRates rates;
    private final JsonMapper json;

    ExportsAddUpTest(
            MockMvcTester mvc,
            RandomLedger ledgers,
            Exports exports,
            Costs costs,
            ChargebackRates rates,
            JsonMapper json) {
        this.mvc = mvc;
        this.ledgers = ledgers;
        this.exports = exports;
        this.costs = costs;
        this.rates = rates;
        this.json = json;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void everyFormatsTotalIsTheLedgers(long seed) throws IOException, XMLStreamException {
        RandomLedger.Written ledger = ledgers.write(seed, ENTRIES);
        Span span = new Span.Days(RandomLedger.Written.from(), RandomLedger.Written.to());
        BigDecimal total = ledger.cost();

        for (Dimension by : Dimension.values()) {
            assertThat(costs.breakdown(ledger.tenant().id(), null, span, List.of(by))
                            .total()
                            .amount())
                    .as("%s", by)
                    .isEqualByComparingTo(total);
        }
        addsUp(ledger, new ReportPart(ledger.tenant(), null, span));
        statementsAddUp(ledger, null);
    }

    /** A project's file has its project's money, all of it and nothing else. */
    @ParameterizedTest
    @ValueSource(longs = {61, 62, 63})
    void everyFormatOfOneProjectAddsUpToThatProjectsLedger(long seed) throws IOException, XMLStreamException {
        RandomLedger.Written team = ledgers.write(seed, OF_SEVERAL);
        Span span = new Span.Days(RandomLedger.Written.from(), RandomLedger.Written.to());
        List<ProjectId> projects = team.entries().stream()
                .map(entry -> entry.payer().project())
                .distinct()
                .toList();
        assertThat(projects).hasSize(2);

        for (ProjectId project : projects) {
            RandomLedger.Written its =
                    only(team, entry -> entry.payer().project().equals(project));
            assertThat(its.cost()).isNotEqualByComparingTo(team.cost());
            assertThat(costs.breakdown(team.tenant().id(), project, span, List.of())
                            .total()
                            .amount())
                    .isEqualByComparingTo(its.cost());
            addsUp(its, new ReportPart(team.tenant(), project, span));
            statementsAddUp(its, project);
        }
    }

    /** Not from midnight to midnight: read from the entries themselves. */
    @ParameterizedTest
    @ValueSource(longs = {71, 72, 73})
    void everyFormatOfATimeThatIsNotWholeDaysAddsUp(long seed) throws IOException, XMLStreamException {
        RandomLedger.Written all = ledgers.write(seed, OF_SEVERAL);
        ZoneId zone = all.tenant().timeZone();
        Instant from = RandomLedger.Written.from()
                .plusDays(8)
                .atTime(LocalTime.NOON)
                .atZone(zone)
                .toInstant();
        Instant to = RandomLedger.Written.to()
                .minusDays(6)
                .atTime(LocalTime.NOON)
                .atZone(zone)
                .toInstant();
        RandomLedger.Written within = only(
                all, entry -> !recorded(entry).isBefore(from) && recorded(entry).isBefore(to));
        assertThat(within.entries()).isNotEmpty().hasSizeLessThan(all.entries().size());

        addsUp(within, new ReportPart(all.tenant(), null, new Span.Stretch(from, to)));
    }

    /** Of one stage, card, key … whichever: what is left out is missing everywhere, and nothing else. */
    @ParameterizedTest
    @CsvSource({"91, STAGE", "92, MODEL", "93, PROVIDER", "94, CARD", "95, KEY", "96, MEMBER"})
    void everyNarrowedFileAddsUpToItsPartOfTheLedger(long seed, Dimension dimension)
            throws IOException, XMLStreamException {
        RandomLedger.Written ledger = ledgers.write(seed, OF_SEVERAL);
        Function<NewEntry, String> values = ledgers.values(ledger, dimension);
        String value = values.apply(
                ledger.entries().get(new Random(seed).nextInt(ledger.entries().size())));
        RandomLedger.Written its = only(ledger, entry -> values.apply(entry).equals(value));
        assertThat(its.entries()).hasSizeLessThan(ledger.entries().size());
        var part = new ReportPart(
                ledger.tenant(),
                null,
                new Span.Days(RandomLedger.Written.from(), RandomLedger.Written.to()),
                Map.of(dimension, value));

        addsUpSparsely(its, part);
        jsonAddsUp(its, file(part, ExportFormat.JSON));
        workbookAddsUp(its, file(part, ExportFormat.XLSX));
    }

    private void addsUp(RandomLedger.Written expected, ReportPart part) throws IOException, XMLStreamException {
        costsSayTheSame(expected, part);
        csvAddsUp(expected, file(part, ExportFormat.CSV));
        jsonAddsUp(expected, file(part, ExportFormat.JSON));
        if (part.span() instanceof Span.Days) {
            focusAddsUpAndConforms(expected, file(part, ExportFormat.FOCUS));
        }
        workbookAddsUp(expected, file(part, ExportFormat.XLSX));
    }

    /** What came late is of the day that it belongs to, whatever the clocks did there: in Beirut at midnight, they went back. */
    @ParameterizedTest
    @CsvSource({"81, Asia/Beirut", "82, Europe/Berlin", "83, Pacific/Kiritimati", "84, Pacific/Pago_Pago"})
    void everyFormatAddsUpWithWhatCameLate(long seed, ZoneId zone) throws IOException, XMLStreamException {
        RandomLedger.Written ledger = ledgers.write(seed, OF_SEVERAL, zone);
        List<NewEntry> all = new ArrayList<>(ledger.entries());
        for (int n = 0; n < 12; n++) {
            all.add(ledgers.repeat(ledger, ledger.entries().get(n * 10), 1 + n));
        }
        var withLate = new RandomLedger.Written(ledger.tenant(), all);

        addsUp(
                withLate,
                new ReportPart(
                        ledger.tenant(), null, new Span.Days(RandomLedger.Written.from(), RandomLedger.Written.to())));
        statementsAddUp(withLate, null);
        LocalDate change = LocalDate.of(2026, 10, 25);
        for (LocalDate day : List.of(change.minusDays(1), change)) {
            addsUpSparsely(
                    only(withLate, entry -> entry.day().equals(day)),
                    new ReportPart(ledger.tenant(), null, new Span.Days(day, day.plusDays(1))));
        }
    }

    /** Of a day there may be few lines, and not all that is looked for elsewhere. */
    private void addsUpSparsely(RandomLedger.Written expected, ReportPart part) {
        costsSayTheSame(expected, part);
        for (String column : QUANTITIES) {
            assertThat(sum(csv(file(part, ExportFormat.CSV)), row -> new BigDecimal(row.getField(column))))
                    .as(column)
                    .isEqualByComparingTo(quantity(expected, column));
        }
    }

    /** What one project spent its own key asks for; here an administrator asks. */
    private void costsSayTheSame(RandomLedger.Written expected, ReportPart part) {
        if (part.project() != null) {
            return;
        }
        String span = switch (part.span()) {
            case Span.Days(LocalDate from, LocalDate to) -> "&from=" + from + "&to=" + to;
            case Span.Stretch(Instant from, Instant to) -> "&from=" + from + "&to=" + to;
        };
        String only = part.only().keySet().stream()
                .map(dimension -> "&" + dimension + "={value}")
                .collect(Collectors.joining());
        for (String by : List.of("", "day,stage", "month,model,provider", "card,project", "member,key")) {
            JsonNode answer = json.readTree(TestTeam.body(mvc.get()
                    .uri(
                            "/api/v1/admin/costs?tenant=" + part.tenant().slug() + span + only + "&group_by=" + by,
                            part.only().values().toArray())
                    .header("Authorization", "Bearer " + OnDatabase.ADMIN_KEY)
                    .exchange()));
            assertThat(new BigDecimal(answer.get("total").asString())).as(by).isEqualByComparingTo(expected.cost());
            itemsAddUp(expected, answer, by);
        }
    }

    private static void itemsAddUp(RandomLedger.Written expected, JsonNode answer, String by) {
        for (String column : QUANTITIES) {
            String field = column.equals("cost_usd") ? "cost" : column;
            assertThat(sum(
                            answer.get("items").values(),
                            item -> new BigDecimal(item.get(field).asString())))
                    .as("%s by %s", field, by)
                    .isEqualByComparingTo(quantity(expected, column));
        }
    }

    /** What the ledger's entries say, one by one. */
    private static BigDecimal quantity(RandomLedger.Written ledger, String column) {
        return sum(ledger.entries(), entry -> {
            var quantities = entry.quantities();
            Usage tokens = quantities.tokens();
            return switch (column) {
                case "calls" -> one(entry.kind() == EntryKind.CALL);
                case "runs" -> one(entry.kind() == EntryKind.RUN);
                case "tokens_input" -> BigDecimal.valueOf(tokens.tokensInput());
                case "tokens_cache_read" -> BigDecimal.valueOf(tokens.tokensCacheRead());
                case "tokens_cache_write" ->
                    BigDecimal.valueOf(tokens.tokensCacheWrite5m() + tokens.tokensCacheWrite1h());
                case "tokens_output" -> BigDecimal.valueOf(tokens.tokensOutput());
                case "cpu_seconds" -> quantities.cpuSeconds();
                case "gib_seconds" -> quantities.gibSeconds();
                case "cost_usd" -> entry.charges().total().amount();
                default -> throw new IllegalArgumentException(column);
            };
        });
    }

    private static BigDecimal one(boolean counts) {
        return counts ? BigDecimal.ONE : BigDecimal.ZERO;
    }

    private static RandomLedger.Written only(RandomLedger.Written ledger, Predicate<NewEntry> wanted) {
        return new RandomLedger.Written(
                ledger.tenant(), ledger.entries().stream().filter(wanted).toList());
    }

    private static Instant recorded(NewEntry entry) {
        return LedgerIds.millisecond(entry.id());
    }

    /** Without what is charged lines come as the database writes them; with it they are made one by one. */
    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33})
    void bothWaysToWriteLinesWriteTheSame(long seed) {
        RandomLedger.Written ledger = ledgers.write(seed, ENTRIES);
        var parts = List.of(new ReportPart(
                ledger.tenant(), null, new Span.Days(RandomLedger.Written.from(), RandomLedger.Written.to())));

        for (List<Dimension> by : List.of(
                List.<Dimension>of(),
                List.of(Dimension.TENANT),
                List.of(Dimension.CARD, Dimension.MONTH),
                List.of(Dimension.STAGE, Dimension.KEY, Dimension.MEMBER))) {
            List<NamedCsvRecord> copied =
                    csv(text(new Export(ExportFormat.CSV, parts, ChargebackColumns.LEFT_OUT, by)));
            List<NamedCsvRecord> made = csv(text(new Export(ExportFormat.CSV, parts, ChargebackColumns.SHOWN, by)));

            assertThat(copied).as("%s", by).hasSameSizeAs(made);
            for (int n = 0; n < made.size(); n++) {
                int columns = copied.get(n).getFieldCount();
                assertThat(copied.get(n).getFields())
                        .isEqualTo(made.get(n).getFields().subList(0, columns));
            }
        }
        var nothing = new Span.Days(LocalDate.of(2020, 1, 1), LocalDate.of(2020, 2, 1));
        assertThat(text(new Export(ExportFormat.CSV, List.of(new ReportPart(ledger.tenant(), null, nothing)))))
                .startsWith("date,tenant,project,")
                .endsWith("cost_usd\r\n")
                .hasLineCount(1);
    }

    /** Calls of a later team commit while an earlier one's lines are written. */
    @ParameterizedTest
    @EnumSource(
            value = ExportFormat.class,
            names = {"CSV", "FOCUS"})
    void aFileOfAllTeamsIsOfOneMoment(ExportFormat format) throws Exception {
        RandomLedger.Written first = ledgers.write(41, MORE_THAN_A_BUFFER);
        RandomLedger.Written second = ledgers.write(42, ENTRIES);
        Span span = new Span.Days(RandomLedger.Written.from(), RandomLedger.Written.to());
        var export = new Export(
                format,
                List.of(new ReportPart(first.tenant(), null, span), new ReportPart(second.tenant(), null, span)));
        byte[] before = bytes(export);
        var progress = new ExportProgress();
        var target = new WhileItIsWritten(progress, () -> ledgers.repeatFirst(second));

        exports.write(export, progress, target);

        assertThat(target.happened()).isTrue();
        assertThat(lines(target.toByteArray())).isEqualTo(lines(before));
        assertThat(lines(bytes(export))).as("later").isNotEqualTo(lines(before));
    }

    /** The specification wants one name for one billing account; teams may be called alike. */
    @Test
    void aBillingAccountHasItsOwnNameWhoeverElseIsInTheFile() {
        Span span = new Span.Days(RandomLedger.Written.from(), RandomLedger.Written.to());
        Tenant one = called("Shop", ledgers.write(51, 5).tenant());
        Tenant other = called("Shop", ledgers.write(52, 5).tenant());

        String both = text(new Export(
                ExportFormat.FOCUS, List.of(new ReportPart(one, null, span), new ReportPart(other, null, span))));
        String alone = text(new Export(ExportFormat.FOCUS, List.of(new ReportPart(one, null, span))));

        assertThat(FocusRules.ofFile(both)).isEmpty();
        assertThat(csv(both))
                .extracting(row -> row.getField("BillingAccountName"))
                .containsOnly("Shop (" + one.slug() + ")", "Shop (" + other.slug() + ")");
        assertThat(csv(alone))
                .extracting(row -> row.getField("BillingAccountName"))
                .containsOnly("Shop (" + one.slug() + ")");
    }

    private static Tenant called(String name, Tenant tenant) {
        return new Tenant(
                tenant.id(),
                tenant.slug(),
                name,
                tenant.timeZone(),
                tenant.suspended(),
                tenant.computeRates(),
                tenant.createdAt(),
                tenant.deletionRequestedAt());
    }

    private static List<String> lines(byte[] file) {
        return new String(file, StandardCharsets.UTF_8).lines().sorted().toList();
    }

    /** A statement is of a month, and the ledger spans two. */
    private void statementsAddUp(RandomLedger.Written ledger, @Nullable ProjectId project) throws IOException {
        YearMonth first = YearMonth.from(RandomLedger.Written.from());
        for (YearMonth month : List.of(first, first.plusMonths(1))) {
            List<NewEntry> entries = ledger.entries().stream()
                    .filter(entry -> YearMonth.from(entry.day()).equals(month))
                    .toList();
            BigDecimal cost = sum(entries, entry -> entry.charges().total().amount());
            var statement =
                    StatementText.of(bytes(new Export(ExportFormat.PDF, List.of(month(ledger, project, month)))));

            assertThat(statement.fact("Cost (USD)")).isEqualByComparingTo(cost);
            assertThat(statement.totals())
                    .hasSize(4)
                    .allSatisfy(row -> assertThat(row.getLast()).isEqualByComparingTo(cost));
            assertThat(statement.fact("Calls"))
                    .isEqualByComparingTo(BigDecimal.valueOf(entries.stream()
                            .filter(entry -> entry.kind() == EntryKind.CALL)
                            .count()));
        }
    }

    private static ReportPart month(RandomLedger.Written ledger, @Nullable ProjectId project, YearMonth month) {
        return new ReportPart(
                ledger.tenant(),
                project,
                new Span.Days(month.atDay(1), month.plusMonths(1).atDay(1)));
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void whatIsChargedStandsBesideWhatItCost(long seed) throws IOException, XMLStreamException {
        RandomLedger.Written ledger = ledgers.write(seed, ENTRIES);
        Span span = new Span.Days(RandomLedger.Written.from(), RandomLedger.Written.to());
        LocalDate later = RandomLedger.Written.from().plusDays(20);
        rates.set(
                ADMIN,
                ledger.tenant().id(),
                new Rate(RandomLedger.Written.from().plusDays(10), new BigDecimal("7.5")));
        rates.set(ADMIN, ledger.tenant().id(), new Rate(later, new BigDecimal("-12.3456")));
        BigDecimal expected = sum(ledger.entries(), entry -> {
            BigDecimal cost = entry.charges().total().amount();
            String factor = entry.day().isBefore(RandomLedger.Written.from().plusDays(10))
                    ? "0"
                    : entry.day().isBefore(later) ? "0.075" : "-0.123456";
            return cost.multiply(new BigDecimal(factor));
        });
        var export = new Export(
                ExportFormat.CSV, List.of(new ReportPart(ledger.tenant(), null, span)), ChargebackColumns.SHOWN);

        List<NamedCsvRecord> rows = csv(text(export));
        assertThat(sum(rows, row -> new BigDecimal(row.getField("cost_usd")))).isEqualByComparingTo(ledger.cost());
        assertThat(sum(rows, row -> new BigDecimal(row.getField("markup_usd")))).isEqualByComparingTo(expected);
        assertThat(sum(rows, row -> new BigDecimal(row.getField("charged_usd"))))
                .isEqualByComparingTo(ledger.cost().add(expected));

        JsonNode asJson = json.readTree(text(new Export(ExportFormat.JSON, export.parts(), ChargebackColumns.SHOWN)));
        assertThat(new BigDecimal(asJson.get("total").asString())).isEqualByComparingTo(ledger.cost());
        assertThat(new BigDecimal(asJson.get("total_charged").asString()))
                .isEqualByComparingTo(ledger.cost().add(expected));

        Workbooks.sheets(bytes(new Export(ExportFormat.XLSX, export.parts(), ChargebackColumns.SHOWN)))
                .forEach((name, sheet) -> {
                    Map<String, BigDecimal> sums = Map.of(
                            "cost_usd",
                            ledger.cost(),
                            "markup_usd",
                            expected,
                            "charged_usd",
                            ledger.cost().add(expected));
                    sums.forEach((column, sum) -> {
                        assertThat(Workbooks.exact(sheet.getLast(), sheet.getFirst(), column))
                                .as("%s, total of %s", name, column)
                                .isEqualByComparingTo(sum);
                        assertThat(sum(
                                        sheet.subList(1, sheet.size() - 1),
                                        row -> Workbooks.exact(row, sheet.getFirst(), column)))
                                .as("%s, %s", name, column)
                                .isEqualByComparingTo(sum);
                        assertThat(sum(
                                        sheet.subList(1, sheet.size() - 1),
                                        row -> Workbooks.number(row, sheet.getFirst(), column)))
                                .as("%s, %s as numbers", name, column)
                                .isEqualByComparingTo(sum);
                    });
                });
        focusCarriesWhatIsCharged(ledger, expected, export.parts());
        groupedFilesAddUp(ledger, expected, export.parts());
        chargedStatementsAddUp(ledger, expected);
    }

    private void focusCarriesWhatIsCharged(RandomLedger.Written ledger, BigDecimal markup, List<ReportPart> parts) {
        List<NamedCsvRecord> rows = csv(text(new Export(ExportFormat.FOCUS, parts, ChargebackColumns.SHOWN)));
        var rules = new FocusRules();

        assertThat(rules.ofHeader(rows.getFirst().getHeader())).isEmpty();
        assertThat(rows)
                .allSatisfy(row -> assertThat(rules.ofRow(row.getFieldsAsMap())).isEmpty());
        for (String column : List.of("BilledCost", "EffectiveCost", "ListCost", "ContractedCost")) {
            assertThat(sum(rows, row -> new BigDecimal(row.getField(column)))).isEqualByComparingTo(ledger.cost());
        }
        assertThat(sum(rows, row -> new BigDecimal(row.getField("x_ChargebackMarkup"))))
                .isEqualByComparingTo(markup);
        assertThat(sum(rows, row -> new BigDecimal(row.getField("x_ChargedCost"))))
                .isEqualByComparingTo(ledger.cost().add(markup));
    }

    private void groupedFilesAddUp(RandomLedger.Written ledger, BigDecimal markup, List<ReportPart> parts) {
        for (List<Dimension> by : List.of(
                List.of(Dimension.STAGE),
                List.of(Dimension.CARD, Dimension.MONTH),
                List.of(Dimension.KEY, Dimension.MODEL, Dimension.DAY),
                List.of(Dimension.TENANT),
                List.of(Dimension.MEMBER, Dimension.PROVIDER, Dimension.PROJECT, Dimension.CARD))) {
            List<NamedCsvRecord> rows = csv(text(new Export(ExportFormat.CSV, parts, ChargebackColumns.SHOWN, by)));
            assertThat(sum(rows, row -> new BigDecimal(row.getField("cost_usd"))))
                    .as("%s", by)
                    .isEqualByComparingTo(ledger.cost());
            assertThat(sum(rows, row -> new BigDecimal(row.getField("markup_usd"))))
                    .as("%s", by)
                    .isEqualByComparingTo(markup);
            int texts = by.contains(Dimension.TENANT) ? 1 : by.size() + 1;
            assertThat(rows.stream().map(row -> row.getFields().subList(0, texts)))
                    .as("a group is one line: %s", by)
                    .doesNotHaveDuplicates();
        }
    }

    private void chargedStatementsAddUp(RandomLedger.Written ledger, BigDecimal markup) throws IOException {
        BigDecimal charged = BigDecimal.ZERO;
        YearMonth first = YearMonth.from(RandomLedger.Written.from());
        for (YearMonth month : List.of(first, first.plusMonths(1))) {
            var statement = StatementText.of(
                    bytes(new Export(ExportFormat.PDF, List.of(month(ledger, null, month)), ChargebackColumns.SHOWN)));
            BigDecimal ofMonth = statement.fact("Charged (USD)");
            assertThat(statement.totals())
                    .hasSize(4)
                    .allSatisfy(row -> assertThat(row.getLast()).isEqualByComparingTo(ofMonth));
            charged = charged.add(ofMonth);
        }
        assertThat(charged).isEqualByComparingTo(ledger.cost().add(markup));
    }

    private void csvAddsUp(RandomLedger.Written ledger, String file) {
        List<NamedCsvRecord> rows = csv(file);

        for (String column : QUANTITIES) {
            assertThat(sum(rows, row -> new BigDecimal(row.getField(column))))
                    .as(column)
                    .isEqualByComparingTo(quantity(ledger, column));
        }
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.getFieldCount()).isEqualTo(18);
            for (String column : List.of("stage", "model", "card")) {
                assertThat(row.getField(column))
                        .doesNotStartWith("=")
                        .doesNotStartWith("@")
                        .doesNotStartWith("+");
            }
        });
        assertThat(rows).anySatisfy(row -> assertThat(row.getField("stage")).isEqualTo("two\nlines"));
        assertThat(rows).anySatisfy(row -> assertThat(row.getField("stage")).isEqualTo("with \"quotes\""));
    }

    private void jsonAddsUp(RandomLedger.Written ledger, String file) {
        JsonNode answer = json.readTree(file);

        assertThat(new BigDecimal(answer.get("total").asString())).isEqualByComparingTo(ledger.cost());
        itemsAddUp(ledger, answer, "all");
    }

    private void focusAddsUpAndConforms(RandomLedger.Written ledger, String file) {
        List<NamedCsvRecord> rows = csv(file);
        var rules = new FocusRules();

        assertThat(rules.ofHeader(rows.getFirst().getHeader())).isEmpty();
        for (NamedCsvRecord row : rows) {
            Map<String, String> fields = row.getFieldsAsMap();
            assertThat(rules.ofRow(fields)).as("%s", fields).isEmpty();
        }
        assertThat(rows)
                .extracting(
                        row -> json.readTree(row.getField("Tags")).get("stage").asString())
                .as("values of tags are what was recorded")
                .isSubsetOf(RandomLedger.HOSTILE);
        for (String column : List.of("BilledCost", "EffectiveCost", "ListCost", "ContractedCost")) {
            assertThat(sum(rows, row -> new BigDecimal(row.getField(column)))).isEqualByComparingTo(ledger.cost());
        }
        List<NamedCsvRecord> tokens = rows.stream()
                .filter(row -> row.getField("ConsumedUnit").equals("Tokens"))
                .toList();
        BigDecimal used = sum(
                ledger.entries(),
                entry -> BigDecimal.valueOf(entry.quantities().tokens().tokensPrompt()
                        + entry.quantities().tokens().tokensOutput()));
        assertThat(sum(tokens, row -> new BigDecimal(row.getField("ConsumedQuantity"))))
                .isEqualByComparingTo(used);
        assertThat(sum(tokens, row -> new BigDecimal(row.getField("PricingQuantity")).movePointRight(6)))
                .isEqualByComparingTo(used);
        assertThat(ledger.pairs()).as("calls alike but for their price").isPositive();
        assertThat(tokens)
                .filteredOn(row -> row.getField("SkuId").startsWith("openai/" + RandomLedger.PRICED + "/"))
                .as("two prices are two rows")
                .isNotEmpty()
                .allSatisfy(row -> assertThat(new BigDecimal(row.getField("ListUnitPrice")))
                        .usingComparator(BigDecimal::compareTo)
                        .isIn(RandomLedger.Written.pricesOfAMillion()));
    }

    private static void workbookAddsUp(RandomLedger.Written ledger, String file)
            throws IOException, XMLStreamException {
        Map<String, List<List<String>>> sheets = Workbooks.sheets(file.getBytes(StandardCharsets.ISO_8859_1));

        assertThat(sheets.keySet())
                .containsExactly(
                        "costs",
                        "tenant",
                        "project",
                        "stage",
                        "model",
                        "provider",
                        "card",
                        "key",
                        "member",
                        "day",
                        "month");
        sheets.forEach((name, rows) -> {
            int exact = rows.getFirst().indexOf("inlineStr:cost_usd_exact");
            assertThat(rows.getFirst().get(exact - 1)).isEqualTo("inlineStr:cost_usd");
            assertThat(new BigDecimal(rows.getLast().get(exact).substring("inlineStr:".length())))
                    .as(name)
                    .isEqualByComparingTo(ledger.cost());
            List<List<String>> lines = rows.subList(1, rows.size() - 1);
            assertThat(lines)
                    .as(name)
                    .allSatisfy(line -> assertThat(line.get(exact - 1)).startsWith("n:"));
            for (String column : QUANTITIES) {
                BigDecimal sum = quantity(ledger, column);
                assertThat(sum(lines, line -> Workbooks.number(line, rows.getFirst(), column)))
                        .as("%s, %s", name, column)
                        .isEqualByComparingTo(sum);
                assertThat(Workbooks.number(rows.getLast(), rows.getFirst(), column))
                        .as("%s, total of %s", name, column)
                        .isEqualByComparingTo(sum);
            }
        });
    }

    /** Bytes as characters of the same number, so that a workbook survives. */
    private String file(ReportPart part, ExportFormat format) {
        var export = new Export(format, List.of(part));
        return format == ExportFormat.XLSX ? new String(bytes(export), StandardCharsets.ISO_8859_1) : text(export);
    }

    private String text(Export export) {
        return new String(bytes(export), StandardCharsets.UTF_8);
    }

    private byte[] bytes(Export export) {
        var target = new ByteArrayOutputStream();
        exports.write(export, new ExportProgress(), target);
        return target.toByteArray();
    }

    private static List<NamedCsvRecord> csv(String text) {
        return CsvReader.builder().ofNamedCsvRecord(text).stream().toList();
    }

    private static <T> BigDecimal sum(Iterable<T> all, Function<T, BigDecimal> amount) {
        BigDecimal sum = BigDecimal.ZERO;
        for (T one : all) {
            sum = sum.add(amount.apply(one));
        }
        return sum;
    }
}
