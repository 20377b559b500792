package dev.artemis.exports;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.artemis.OnDatabase;
import dev.artemis.ledger.Charges;
import dev.artemis.ledger.EntryKind;
import dev.artemis.ledger.EntryLabels;
import dev.artemis.ledger.Labels;
import dev.artemis.ledger.Ledger;
import dev.artemis.ledger.LedgerIds;
import dev.artemis.ledger.NewEntry;
import dev.artemis.ledger.Payer;
import dev.artemis.ledger.Quantities;
import dev.artemis.persistence.Pipeline;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.prices.Cost;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.reports.Span;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.Slug;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestConstructor;

/** One call and one run, field by field, as a reader of FOCUS finds them. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class FocusRowsAsWrittenTest {

    private static final LocalDate DAY = LocalDate.of(2026, 10, 5);
    private static final Instant AT = Instant.parse("2026-10-05T10:00:00Z");

    private final Tenants tenants;
    private final Projects projects;
    private final Labels labels;
    private final Ledger ledger;
    private final TenantTransactions transactions;
    private final JdbcTemplate jdbc;
    private final Exports exports;

    FocusRowsAsWrittenTest(
            Tenants tenants,
            Projects projects,
            Labels labels,
            Ledger ledger,
            TenantTransactions transactions,
            JdbcTemplate jdbc,
            Exports exports) {
        this.tenants = tenants;
        this.projects = projects;
        this.labels = labels;
        this.ledger = ledger;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.exports = exports;
    }

    @Test
    void aCallIsTwoChargesAndARunIsTwo() {
        Tenant team = tenants.create(new Slug("focus-" + UUID.randomUUID()), "=Team", ZoneId.of("Europe/Berlin"));
        Project shop = projects.create(team.id(), new Slug("shop"), "Shop, front");
        KeyId key = KeyId.random();
        Map<String, Integer> numbers = labels.numbers(
                team.id(), List.of("review", "gpt-4o", "openai", "CARD-7", "tests", "sandbox", "artemis"));
        append(
                team,
                new NewEntry(
                        LedgerIds.next(AT, 1),
                        EntryKind.CALL,
                        new Payer(shop.id(), key, null),
                        null,
                        DAY,
                        null,
                        labels(numbers, "review", "gpt-4o", "openai", numbers.get("CARD-7")),
                        null,
                        ServiceTier.STANDARD,
                        Quantities.of(Usage.of(5_000, 2_000)),
                        Charges.of(new Cost(Usd.of("0.0125"), Usd.ZERO, Usd.ZERO, Usd.ZERO, Usd.of("0.02"))),
                        false),
                new NewEntry(
                        LedgerIds.next(AT, 2),
                        EntryKind.RUN,
                        new Payer(shop.id(), null, null),
                        UUID.randomUUID(),
                        DAY,
                        null,
                        labels(numbers, "tests", "sandbox", "artemis", null),
                        null,
                        null,
                        Quantities.ofRun(new BigDecimal("12.5"), new BigDecimal("4")),
                        Charges.ofRun(Usd.of("0.00025"), Usd.of("0.000008")),
                        false));

        List<Map<String, String>> rows = rows(team);

        Map<String, String> call = new TreeMap<>(ofBoth(team, shop));
        call.putAll(Map.of(
                "ConsumedUnit", "Tokens",
                "PricingUnit", "1000000 Tokens",
                "HostProviderName", "openai",
                "ProviderName", "openai",
                "PublisherName", "openai",
                "ServiceProviderName", "openai",
                "ServiceCategory", "AI and Machine Learning",
                "ServiceSubcategory", "Generative AI",
                "ServiceName", "openai API",
                "Tags", "{\"stage\":\"review\",\"card\":\"CARD-7\",\"key\":\"" + key + "\"}"));
        call.put("SkuPriceDetails", "{\"x_ServiceTier\":\"standard\"}");
        Map<String, String> run = new TreeMap<>(ofBoth(team, shop));
        run.putAll(Map.of(
                "HostProviderName", "Artemis",
                "ProviderName", "Artemis",
                "PublisherName", "Artemis",
                "ServiceProviderName", "Artemis",
                "ServiceCategory", "Compute",
                "ServiceSubcategory", "Serverless Compute",
                "ServiceName", "Artemis Sandbox",
                "SkuPriceDetails", "",
                "Tags", "{\"stage\":\"tests\"}"));
        assertThat(rows)
                .containsExactlyInAnyOrder(
                        charge(
                                call,
                                "0.0125",
                                "5000",
                                "0.005",
                                "2.5",
                                "gpt-4o, input tokens",
                                Map.of(
                                        "SkuId", "openai/gpt-4o/input-tokens",
                                        "SkuMeter", "Input Tokens",
                                        "SkuPriceId", "openai/gpt-4o/input-tokens/standard")),
                        charge(
                                call,
                                "0.02",
                                "2000",
                                "0.002",
                                "10",
                                "gpt-4o, output tokens",
                                Map.of(
                                        "SkuId", "openai/gpt-4o/output-tokens",
                                        "SkuMeter", "Output Tokens",
                                        "SkuPriceId", "openai/gpt-4o/output-tokens/standard")),
                        charge(
                                run,
                                "0.00025",
                                "12.5",
                                "12.5",
                                "0.00002",
                                "sandbox, CPU time",
                                Map.of(
                                        "ConsumedUnit", "Core-Seconds",
                                        "PricingUnit", "Core-Seconds",
                                        "SkuId", "artemis/sandbox/CPU-time",
                                        "SkuMeter", "CPU Usage",
                                        "SkuPriceId", "artemis/sandbox/CPU-time")),
                        charge(
                                run,
                                "0.000008",
                                "4",
                                "4",
                                "0.000002",
                                "sandbox, memory",
                                Map.of(
                                        "ConsumedUnit", "GiB-Seconds",
                                        "PricingUnit", "GiB-Seconds",
                                        "SkuId", "artemis/sandbox/memory",
                                        "SkuMeter", "Memory Usage",
                                        "SkuPriceId", "artemis/sandbox/memory")));
    }

    private static Map<String, String> ofBoth(Tenant team, Project shop) {
        return Map.ofEntries(
                Map.entry("BillingAccountId", team.id().toString()),
                Map.entry("BillingAccountName", "'=Team (" + team.slug() + ")"),
                Map.entry("BillingCurrency", "USD"),
                Map.entry("BillingPeriodStart", "2026-09-30T22:00:00Z"),
                Map.entry("BillingPeriodEnd", "2026-10-31T23:00:00Z"),
                Map.entry("ChargePeriodStart", "2026-10-04T22:00:00Z"),
                Map.entry("ChargePeriodEnd", "2026-10-05T22:00:00Z"),
                Map.entry("ChargeCategory", "Usage"),
                Map.entry("ChargeClass", ""),
                Map.entry("InvoiceIssuerName", "Artemis"),
                Map.entry("SubAccountId", shop.id().toString()),
                Map.entry("SubAccountName", "Shop, front"));
    }

    private static Map<String, String> charge(
            Map<String, String> common,
            String cost,
            String consumed,
            String priced,
            String unitPrice,
            String description,
            Map<String, String> own) {
        Map<String, String> all = new TreeMap<>(common);
        List.of("BilledCost", "ContractedCost", "EffectiveCost", "ListCost").forEach(each -> all.put(each, cost));
        List.of("ListUnitPrice", "ContractedUnitPrice").forEach(each -> all.put(each, unitPrice));
        all.put("ConsumedQuantity", consumed);
        all.put("PricingQuantity", priced);
        all.put("ChargeDescription", description);
        all.putAll(own);
        return all;
    }

    private List<Map<String, String>> rows(Tenant team) {
        var file = new ByteArrayOutputStream();
        var october = new Span.Days(DAY.withDayOfMonth(1), DAY.withDayOfMonth(1).plusMonths(1));
        exports.write(
                new Export(ExportFormat.FOCUS, List.of(new ReportPart(team, null, october))),
                new ExportProgress(),
                file);
        return CsvReader.builder().ofNamedCsvRecord(file.toString(StandardCharsets.UTF_8)).stream()
                .map(NamedCsvRecord::getFieldsAsMap)
                .<Map<String, String>>map(TreeMap::new)
                .toList();
    }

    private static EntryLabels labels(
            Map<String, Integer> numbers, String stage, String model, String provider, @Nullable Integer card) {
        return new EntryLabels(
                Objects.requireNonNull(numbers.get(stage)),
                Objects.requireNonNull(numbers.get(model)),
                Objects.requireNonNull(numbers.get(provider)),
                card,
                null);
    }

    private void append(Tenant team, NewEntry... entries) {
        transactions.inTenant(team.id(), () -> {
            var pipeline = new Pipeline();
            ledger.append(pipeline, team.id(), AT, List.of(entries));
            pipeline.run(jdbc);
        });
    }
}
