package dev.artemis.exports;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.artemis.shared.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * FOCUS 1.2's requirements of the columns that we write, from the specification's text: which must be there, of which
 * type, where they may and must be null, which values they allow, and what they must agree with.
 */
public final class FocusRules {

    private static final Set<String> MANDATORY = Set.of(
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
            "ContractedCost",
            "EffectiveCost",
            "InvoiceIssuerName",
            "ListCost",
            "PricingQuantity",
            "PricingUnit",
            "ProviderName",
            "PublisherName",
            "ServiceCategory",
            "ServiceName");

    /**
     * Conditional, and their conditions are met: the catalogue publishes prices of units, usage is measured, projects are sub
     * accounts, and charges are tagged. The last two are mandatory from 1.3 on.
     */
    private static final Set<String> REQUIRED_OF_US = Set.of(
            "ListUnitPrice",
            "SkuId",
            "SkuMeter",
            "SkuPriceDetails",
            "SkuPriceId",
            "ConsumedQuantity",
            "ConsumedUnit",
            "SubAccountId",
            "SubAccountName",
            "Tags",
            "HostProviderName",
            "ServiceProviderName");

    private static final Set<String> OTHERS = Set.of("ContractedUnitPrice", "ServiceSubcategory");

    /** Never null in rows of ordinary usage, always in those of taxes. */
    private static final List<String> OF_WHAT_IS_BOUGHT =
            List.of("PricingQuantity", "PricingUnit", "SkuId", "SkuPriceId", "ListUnitPrice", "ContractedUnitPrice");

    private static final Set<String> NEVER_NULL = Set.of(
            "BilledCost",
            "BillingAccountId",
            "BillingAccountName",
            "BillingCurrency",
            "BillingPeriodEnd",
            "BillingPeriodStart",
            "ChargeCategory",
            "ChargeDescription",
            "ChargePeriodEnd",
            "ChargePeriodStart",
            "ContractedCost",
            "EffectiveCost",
            "InvoiceIssuerName",
            "ListCost",
            "ProviderName",
            "PublisherName",
            "ServiceCategory",
            "ServiceName",
            "ServiceSubcategory",
            "HostProviderName",
            "ServiceProviderName");

    /** Each with the cost that it makes. */
    private static final Map<String, String> UNIT_PRICES =
            Map.of("ListUnitPrice", "ListCost", "ContractedUnitPrice", "ContractedCost");

    /** ISO 4217's. */
    private static final Set<String> CURRENCIES =
            Currency.availableCurrencies().map(Currency::getCurrencyCode).collect(Collectors.toUnmodifiableSet());

    private static final Set<String> CATEGORIES = Set.of("Usage", "Purchase", "Tax", "Credit", "Adjustment");

    /** Each subcategory has one parent; the two parents that we use. */
    private static final Map<String, Set<String>> SUBCATEGORIES = Map.of(
            "AI and Machine Learning",
            Set.of(
                    "AI Platforms",
                    "Bots",
                    "Generative AI",
                    "Machine Learning",
                    "Natural Language Processing",
                    "Other (AI and Machine Learning)"),
            "Compute",
            Set.of(
                    "Containers",
                    "End User Computing",
                    "Quantum Compute",
                    "Serverless Compute",
                    "Virtual Machines",
                    "Other (Compute)"));

    /** Scientific notation writes its E large, and no plus. */
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?(E-?\\d+)?");

    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");

    /** The three forms of a unit, made of the units that are recommended; what is counted beyond those we do not use. */
    private static final Pattern UNIT = unit();

    /** What the specification asks of its own names, after the prefix of those that are not its own. */
    private static final Pattern CUSTOM = Pattern.compile("x_([A-Z][a-z0-9]+)+");

    private static final int LONGEST_NAME = 50;

    private final JsonMapper json = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private final Map<String, Map<String, String>> firstSeen = new HashMap<>();

    /** What is wrong with a whole file, its totals apart. */
    public static List<String> ofFile(String csv) {
        var rules = new FocusRules();
        List<NamedCsvRecord> rows =
                CsvReader.builder().ofNamedCsvRecord(csv).stream().toList();
        List<String> faults = new ArrayList<>();
        if (rows.isEmpty()) {
            faults.add("no rows");
        } else {
            faults.addAll(rules.ofHeader(rows.getFirst().getHeader()));
        }
        rows.forEach(row -> rules.ofRow(row.getFieldsAsMap()).forEach(fault -> faults.add(fault + " in " + row)));
        return faults;
    }

    /** What is wrong with the names of the columns. */
    List<String> ofHeader(List<String> header) {
        List<String> faults = new ArrayList<>();
        Stream.concat(MANDATORY.stream(), REQUIRED_OF_US.stream())
                .filter(column -> !header.contains(column))
                .forEach(column -> faults.add("no " + column));
        if (Set.copyOf(header).size() != header.size()) {
            faults.add("a column twice");
        }
        List<String> custom = header.stream().filter(FocusRules::isCustom).toList();
        custom.stream()
                .filter(column -> !CUSTOM.matcher(column).matches() || column.length() > LONGEST_NAME)
                .forEach(column -> faults.add("no Pascal case after x_: " + column));
        if (!header.subList(header.size() - custom.size(), header.size()).equals(custom)) {
            faults.add("custom columns among the specification's");
        }
        List<String> own = header.stream().filter(column -> !isCustom(column)).toList();
        if (!own.stream().sorted().toList().equals(own)
                || !custom.stream().sorted().toList().equals(custom)) {
            faults.add("columns out of order");
        }
        header.stream()
                .filter(column -> !MANDATORY.contains(column)
                        && !REQUIRED_OF_US.contains(column)
                        && !OTHERS.contains(column)
                        && !isCustom(column))
                .forEach(column -> faults.add("unknown " + column));
        return faults;
    }

    /** What is wrong with a row; an empty text is null. */
    List<String> ofRow(Map<String, String> row) {
        List<String> faults = new ArrayList<>();
        NEVER_NULL.stream().filter(column -> isNull(row, column)).forEach(column -> faults.add(column + " is null"));
        types(row, faults);
        values(row, faults);
        nullability(row, faults);
        periods(row, faults);
        UNIT_PRICES.forEach((price, cost) -> prices(row, price, cost, faults));
        costs(row, faults);
        details(row, faults);
        dependencies(row, faults);
        return faults;
    }

    private void types(Map<String, String> row, List<String> faults) {
        row.forEach((column, value) -> {
            if (value.isEmpty()) {
                return;
            }
            if (column.endsWith("Cost") || column.endsWith("Quantity") || column.endsWith("Markup")) {
                expect(NUMBER.matcher(value).matches(), column + " is no decimal: " + value, faults);
            } else if (column.endsWith("Price")) {
                expect(
                        NUMBER.matcher(value).matches() && !value.startsWith("-"),
                        column + " is no decimal of 0 or more: " + value,
                        faults);
            } else if (column.endsWith("Start") || column.endsWith("End")) {
                expect(TIME.matcher(value).matches(), column + " is no UTC time: " + value, faults);
            } else if (column.endsWith("Unit")) {
                expect(UNIT.matcher(value).matches(), column + " is no unit: " + value, faults);
            } else if (column.equals("Tags") || column.equals("SkuPriceDetails")) {
                expect(isFlatObject(value), column + " are no flat object: " + value, faults);
            } else {
                expect(!value.isBlank(), column + " is blank", faults);
            }
        });
    }

    private static void values(Map<String, String> row, List<String> faults) {
        String currency = row.getOrDefault("BillingCurrency", "");
        expect(CURRENCIES.contains(currency), "currency " + currency, faults);
        expect(CATEGORIES.contains(row.get("ChargeCategory")), "category " + row.get("ChargeCategory"), faults);
        expect(Set.of("", "Correction").contains(row.get("ChargeClass")), "class " + row.get("ChargeClass"), faults);
        expect(
                SUBCATEGORIES
                        .getOrDefault(row.get("ServiceCategory"), Set.of())
                        .contains(row.get("ServiceSubcategory")),
                "service " + row.get("ServiceCategory") + " / " + row.get("ServiceSubcategory"),
                faults);
    }

    private void nullability(Map<String, String> row, List<String> faults) {
        boolean used = Set.of("Usage", "Purchase").contains(row.get("ChargeCategory"));
        boolean ordinary = used && isNull(row, "ChargeClass");
        if (ordinary) {
            Stream.concat(OF_WHAT_IS_BOUGHT.stream(), Stream.of("ConsumedQuantity"))
                    .forEach(column -> expect(!isNull(row, column), column + " is null in a row of usage", faults));
            expect(
                    isNull(row, "ConsumedQuantity") || new BigDecimal(row.get("ConsumedQuantity")).signum() > 0,
                    "ConsumedQuantity is not positive",
                    faults);
        }
        if (!"Usage".equals(row.get("ChargeCategory"))) {
            expect(isNull(row, "ConsumedQuantity"), "ConsumedQuantity of what is no usage", faults);
        }
        if ("Tax".equals(row.get("ChargeCategory"))) {
            for (String column : OF_WHAT_IS_BOUGHT) {
                expect(isNull(row, column), column + " of a tax", faults);
            }
        }
        expect(isNull(row, "PricingQuantity") == isNull(row, "PricingUnit"), "pricing unit without quantity", faults);
        expect(isNull(row, "ConsumedQuantity") == isNull(row, "ConsumedUnit"), "unit without quantity", faults);
        expect(isNull(row, "SubAccountId") == isNull(row, "SubAccountName"), "sub account", faults);
        expect(isNull(row, "SkuId") == isNull(row, "SkuMeter"), "a SKU and its meter", faults);
        expect(!isNull(row, "SkuPriceId") || isNull(row, "SkuPriceDetails"), "details of no SKU's price", faults);
    }

    /** What another column decides, in all rows alike. */
    private void dependencies(Map<String, String> row, List<String> faults) {
        once(row, "SkuPriceId", "SkuId", faults);
        once(row, "SkuPriceId", "SkuPriceDetails", faults);
        once(row, "SkuId", "SkuMeter", faults);
        once(row, "SubAccountId", "BillingAccountId", faults);
        once(row, "BillingAccountId", "BillingAccountName", faults);
        once(row, "BillingAccountName", "BillingAccountId", faults);
        once(row, "ServiceName", "ServiceCategory", faults);
        once(row, "ServiceName", "ServiceSubcategory", faults);
    }

    private void once(Map<String, String> row, String column, String decided, List<String> faults) {
        if (isNull(row, column)) {
            return;
        }
        String now = row.getOrDefault(decided, "");
        String first = firstSeen
                .computeIfAbsent(column + ">" + decided, pair -> new HashMap<>())
                .putIfAbsent(row.get(column), now);
        expect(first == null || first.equals(now), column + " " + row.get(column) + " with two of " + decided, faults);
    }

    /** A property that the specification does not name begins with x_, and goes on in Pascal case. */
    private void details(Map<String, String> row, List<String> faults) {
        String text = row.getOrDefault("SkuPriceDetails", "");
        if (!text.isEmpty() && isFlatObject(text)) {
            json.readTree(text)
                    .propertyNames()
                    .forEach(name -> expect(CUSTOM.matcher(name).matches(), "a property " + name, faults));
        }
    }

    /** What is priced by nothing costs what is billed, and so does what is no usage. */
    private static void costs(Map<String, String> row, List<String> faults) {
        UNIT_PRICES.forEach((price, cost) ->
                expect(!isNull(row, price) || isBilled(row, cost), cost + " without a price is not billed", faults));
        expect(
                Set.of("Usage", "Purchase").contains(row.getOrDefault("ChargeCategory", ""))
                        || isBilled(row, "EffectiveCost"),
                "EffectiveCost is not billed",
                faults);
    }

    private static boolean isBilled(Map<String, String> row, String cost) {
        return row.getOrDefault(cost, "").equals(row.getOrDefault("BilledCost", ""));
    }

    private static Pattern unit() {
        String size = "[KMGTPE]i?[bB]";
        String count = "(?:Count|Unit|Request|Token|Connection|Certificate|Domain|Core)";
        String time = "(?:Year|Month|Day|Hour|Minute|Second)";
        String singular = "(?:" + size + "|" + count + ")";
        String plural = "(?:" + size + "|" + count + "s|" + time + "s)";
        return Pattern.compile("(?:[1-9]\\d* )?(?:" + plural + "|" + singular + "-" + time + "s|" + plural + "/" + time
                + ")|" + plural + "/[1-9]\\d* " + time + "s");
    }

    /** A unit price times the pricing quantity is the cost, in the places of money; corrections may differ. */
    private static void prices(Map<String, String> row, String price, String cost, List<String> faults) {
        boolean bound = !"Correction".equals(row.get("ChargeClass"))
                && Stream.of(price, "PricingQuantity", cost)
                        .allMatch(column ->
                                NUMBER.matcher(row.getOrDefault(column, "")).matches());
        if (bound) {
            BigDecimal product = new BigDecimal(row.get(price)).multiply(new BigDecimal(row.get("PricingQuantity")));
            expect(
                    product.setScale(Usd.SCALE, RoundingMode.HALF_EVEN).compareTo(new BigDecimal(row.get(cost))) == 0,
                    price + " times PricingQuantity is " + product + ", not " + cost,
                    faults);
        }
    }

    private static void periods(Map<String, String> row, List<String> faults) {
        try {
            Instant month = Instant.parse(row.get("BillingPeriodStart"));
            Instant start = Instant.parse(row.get("ChargePeriodStart"));
            Instant end = Instant.parse(row.get("ChargePeriodEnd"));
            Instant monthEnd = Instant.parse(row.get("BillingPeriodEnd"));
            expect(
                    month.isBefore(monthEnd) && !start.isBefore(month) && start.isBefore(end) && !end.isAfter(monthEnd),
                    "charge period outside of the billing period",
                    faults);
        } catch (DateTimeParseException e) {
            faults.add("periods cannot be read");
        }
    }

    private static boolean isCustom(String column) {
        return column.startsWith("x_");
    }

    private boolean isFlatObject(String text) {
        try {
            JsonNode node = json.readTree(text);
            return node.isObject() && node.values().stream().noneMatch(JsonNode::isContainer);
        } catch (JacksonException e) {
            return false;
        }
    }

    private static boolean isNull(Map<String, String> row, String column) {
        return row.getOrDefault(column, "").isEmpty();
    }

    private static void expect(boolean holds, String fault, List<String> faults) {
        if (!holds) {
            faults.add(fault);
        }
    }
}
