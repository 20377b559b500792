package dev.artemis.exports;

import dev.artemis.shared.Plain;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * FOCUS 1.2 (FinOps Foundation) as CSV: its mandatory columns, those on quantities and prices, and of 1.3 who serves and
 * who hosts. Null is an empty field. List, contracted, effective and billed cost are one: what a model costs is what the
 * catalogue says, and nobody commits to anything. What a team is charged is no cost of FOCUS: it stands in custom columns
 * after all of the specification's, and only where it is asked for (ADR-0025).
 */
final class FocusFormat implements Format {

    /** In the order of the file: by name, as the specification would have it. */
    static final List<String> COLUMNS = List.of(
            "BilledCost",
            "BillingAccountId",
            "BillingAccountName",
            "BillingCurrency",
            "BillingPeriodEnd",
            "BillingPeriodStart",
            "ChargeCategory",
            "ChargeClass",
            "ChargeDescription",
            "ChargePeriodEnd",
            "ChargePeriodStart",
            "ConsumedQuantity",
            "ConsumedUnit",
            "ContractedCost",
            "ContractedUnitPrice",
            "EffectiveCost",
            "HostProviderName",
            "InvoiceIssuerName",
            "ListCost",
            "ListUnitPrice",
            "PricingQuantity",
            "PricingUnit",
            "ProviderName",
            "PublisherName",
            "ServiceCategory",
            "ServiceName",
            "ServiceProviderName",
            "ServiceSubcategory",
            "SkuId",
            "SkuMeter",
            "SkuPriceDetails",
            "SkuPriceId",
            "SubAccountId",
            "SubAccountName",
            "Tags");

    /** Custom ones begin with x_, as the specification says of what it does not define. */
    static final List<String> CUSTOM = List.of("x_ChargebackMarkup", "x_ChargedCost");

    private static final String PLATFORM = "Artemis";
    private static final int BUFFER = 1 << 16;

    private final JsonMapper json;

    /** As they are written: a file has a handful of them, in nearly every row. */
    private final Map<Map<String, String>, String> details = new HashMap<>();

    FocusFormat(JsonMapper json) {
        this.json = json;
    }

    @Override
    public void write(ReportRows rows, OutputStream target) throws IOException {
        List<String> columns = new ArrayList<>(COLUMNS);
        if (rows.showsChargeback()) {
            columns.addAll(CUSTOM);
        }
        StringBuilder text = new StringBuilder(String.join(",", columns)).append("\r\n");
        rows.focus(charge -> {
            Map<String, @Nullable String> values = values(charge.row());
            if (charge.markup() != null) {
                values.put("x_ChargebackMarkup", Plain.text(charge.markup()));
                values.put("x_ChargedCost", Plain.text(charge.row().cost().add(charge.markup())));
            }
            append(text, columns, values);
            if (text.length() > BUFFER) {
                flush(text, target);
            }
        });
        flush(text, target);
        target.flush();
    }

    private Map<String, @Nullable String> values(FocusRow row) {
        boolean compute = switch (row.kind()) {
            case CPU, MEMORY -> true;
            case AMOUNT -> row.labels().isCompute();
            case INPUT, CACHE_READ, CACHE_WRITE_5M, CACHE_WRITE_1H, OUTPUT -> false;
        };
        String cost = Plain.text(row.cost());
        String provider = compute ? PLATFORM : row.labels().provider();
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        values.put("BilledCost", cost);
        values.put("ListCost", cost);
        values.put("ContractedCost", cost);
        values.put("EffectiveCost", cost);
        values.put("BillingCurrency", "USD");
        values.put("BillingAccountId", row.account().teamId());
        values.put("BillingAccountName", row.account().teamName());
        values.put("SubAccountId", row.account().projectId());
        values.put("SubAccountName", row.account().projectName());
        values.put("BillingPeriodStart", time(row.period().monthStart()));
        values.put("BillingPeriodEnd", time(row.period().monthEnd()));
        values.put("ChargePeriodStart", time(row.period().dayStart()));
        values.put("ChargePeriodEnd", time(row.period().dayEnd()));
        values.put("ChargeCategory", row.kind() == FocusRow.Kind.AMOUNT ? "Adjustment" : "Usage");
        values.put(
                "ChargeClass",
                switch (row.correction()) {
                    case NONE, OF_THIS_MONTH -> null;
                    case OF_AN_EARLIER_MONTH -> "Correction";
                });
        values.put("ChargeDescription", description(row));
        values.put("InvoiceIssuerName", PLATFORM);
        values.put("ProviderName", provider);
        values.put("PublisherName", provider);
        values.put("ServiceProviderName", provider);
        values.put("HostProviderName", provider);
        values.put("ServiceCategory", compute ? "Compute" : "AI and Machine Learning");
        values.put("ServiceSubcategory", compute ? "Serverless Compute" : "Generative AI");
        values.put("ServiceName", compute ? "Artemis Sandbox" : provider + " API");
        quantities(values, row);
        values.put("Tags", tags(row.labels()));
        return values;
    }

    /** All or none: a quantity has its unit and its price, and what has no quantity was priced by nothing. */
    private void quantities(Map<String, @Nullable String> values, FocusRow row) {
        FocusPrice price = row.price();
        if (price == null) {
            return;
        }
        boolean tokens = switch (row.kind()) {
            case INPUT, CACHE_READ, CACHE_WRITE_5M, CACHE_WRITE_1H, OUTPUT -> true;
            case CPU, MEMORY, AMOUNT -> false;
        };
        String unit = switch (row.kind()) {
            case INPUT, CACHE_READ, CACHE_WRITE_5M, CACHE_WRITE_1H, OUTPUT -> "Tokens";
            case CPU -> "Core-Seconds";
            case MEMORY, AMOUNT -> "GiB-Seconds";
        };
        values.put("ConsumedQuantity", Plain.text(price.consumed()));
        values.put("ConsumedUnit", unit);
        values.put("PricingQuantity", Plain.text(price.quantity()));
        values.put("PricingUnit", tokens ? "1000000 Tokens" : unit);
        values.put("ListUnitPrice", Plain.text(price.unit()));
        values.put("ContractedUnitPrice", Plain.text(price.unit()));
        FocusSku sku = FocusSku.of(row);
        values.put("SkuId", sku.id());
        values.put("SkuMeter", sku.meter());
        values.put("SkuPriceId", sku.priceId());
        values.put(
                "SkuPriceDetails",
                sku.details().isEmpty() ? null : details.computeIfAbsent(sku.details(), json::writeValueAsString));
    }

    private static String description(FocusRow row) {
        String what = row.labels().model() + ", " + row.kind().words();
        return row.tier() == null || row.tier().equals("standard") ? what : what + ", " + row.tier();
    }

    private String tags(FocusRow.Labels labels) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("stage", labels.stage());
        if (!labels.card().isEmpty()) {
            tags.put("card", labels.card());
        }
        if (!labels.key().isEmpty()) {
            tags.put("key", labels.key());
        }
        // a value must not be altered: where a spreadsheet may begin a cell, JSON has another way to write the same
        return json.writeValueAsString(tags).replace(";", "\\u003b");
    }

    /** ISO 8601 in UTC, to the second. */
    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static void append(StringBuilder text, List<String> columns, Map<String, @Nullable String> values) {
        String separator = "";
        for (String column : columns) {
            text.append(separator);
            separator = ",";
            String value = values.get(column);
            if (value != null) {
                if (isNumber(column)) {
                    text.append(value);
                } else {
                    CsvCells.text(text, value);
                }
            }
        }
        text.append("\r\n");
    }

    private static boolean isNumber(String column) {
        return column.endsWith("Cost")
                || column.endsWith("Quantity")
                || column.endsWith("Price")
                || column.endsWith("Markup");
    }

    private static void flush(StringBuilder text, OutputStream target) {
        try {
            target.write(text.toString().getBytes(StandardCharsets.UTF_8));
            text.setLength(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
