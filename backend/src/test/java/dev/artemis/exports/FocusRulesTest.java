package dev.artemis.exports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A checker that finds nothing wrong anywhere would be none. */
class FocusRulesTest {

    private static Map<String, String> aGoodRow() {
        Map<String, String> row = new HashMap<>();
        FocusFormat.COLUMNS.forEach(column -> row.put(column, "x"));
        List.of("BilledCost", "ListCost", "ContractedCost", "EffectiveCost").forEach(column -> row.put(column, "0.5"));
        List.of("ListUnitPrice", "ContractedUnitPrice").forEach(column -> row.put(column, "500"));
        row.putAll(Map.of(
                "BillingCurrency",
                "USD",
                "ChargeCategory",
                "Usage",
                "ChargeClass",
                "",
                "ServiceCategory",
                "Compute",
                "ServiceSubcategory",
                "Serverless Compute",
                "PricingQuantity",
                "0.001",
                "PricingUnit",
                "1000000 Tokens",
                "ConsumedQuantity",
                "1000",
                "ConsumedUnit",
                "Tokens",
                "Tags",
                "{\"stage\": \"a\"}"));
        row.putAll(Map.of(
                "BillingPeriodStart",
                "2026-10-01T00:00:00Z",
                "BillingPeriodEnd",
                "2026-11-01T00:00:00Z",
                "ChargePeriodStart",
                "2026-10-31T00:00:00Z",
                "ChargePeriodEnd",
                "2026-11-01T00:00:00Z"));
        return row;
    }

    @Test
    void aGoodRowHasNoFaults() {
        assertThat(new FocusRules().ofHeader(FocusFormat.COLUMNS)).isEmpty();
        assertThat(new FocusRules().ofRow(aGoodRow())).isEmpty();
    }

    @Test
    void aMissingColumnIsSeen() {
        for (String column : List.of("BilledCost", "ChargeClass", "ListUnitPrice", "PricingUnit", "ServiceName")) {
            List<String> header = new ArrayList<>(FocusFormat.COLUMNS);
            header.remove(column);

            assertThat(new FocusRules().ofHeader(header)).containsExactly("no " + column);
        }
    }

    @Test
    void aCustomColumnOfAnotherFormOrPlaceIsSeen() {
        List<String> good = new ArrayList<>(FocusFormat.COLUMNS);
        good.addAll(FocusFormat.CUSTOM);
        List<String> misnamed = new ArrayList<>(FocusFormat.COLUMNS);
        misnamed.add("x_markup_usd");
        List<String> inFront = new ArrayList<>(FocusFormat.COLUMNS);
        inFront.addFirst("x_ChargedCost");

        assertThat(new FocusRules().ofHeader(good)).isEmpty();
        assertThat(new FocusRules().ofHeader(misnamed)).containsExactly("no Pascal case after x_: x_markup_usd");
        assertThat(new FocusRules().ofHeader(inFront)).containsExactly("custom columns among the specification's");
    }

    @ParameterizedTest
    @CsvSource({
        "BilledCost,''",
        "BilledCost,1.000.000",
        "BilledCost,$5",
        "BillingCurrency,usd",
        "ChargeCategory,Spend",
        "ChargeClass,Fix",
        "ServiceCategory,Thinking",
        "ServiceSubcategory,Generative AI",
        "PricingQuantity,''",
        "PricingUnit,''",
        "PricingUnit,million tokens",
        "ConsumedQuantity,0",
        "ConsumedUnit,''",
        "SkuPriceId,''",
        "ListUnitPrice,''",
        "ListUnitPrice,-500",
        "ListUnitPrice,499.999",
        "ContractedUnitPrice,501",
        "PricingQuantity,0.0011",
        "Tags,stage=a",
        "Tags,'{\"a\": {}}'",
        "ChargePeriodStart,2026-09-30T00:00:00Z",
        "ChargePeriodEnd,2026-11-01",
        "BillingAccountName,''",
        "ProviderName,' '"
    })
    void aWrongValueIsSeen(String column, String value) {
        Map<String, String> row = aGoodRow();
        row.put(column, value);

        assertThat(new FocusRules().ofRow(row)).isNotEmpty();
    }
}
