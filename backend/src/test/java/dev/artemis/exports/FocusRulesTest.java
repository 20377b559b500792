package dev.artemis.exports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        row.put("SkuPriceDetails", "{\"x_ServiceTier\": \"batch\"}");
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
        for (String column : List.of(
                "BilledCost",
                "ChargeClass",
                "ListUnitPrice",
                "PricingUnit",
                "ServiceName",
                "ConsumedUnit",
                "HostProviderName",
                "SkuMeter",
                "SkuPriceDetails",
                "SubAccountName",
                "Tags")) {
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

    @Test
    void columnsOutOfOrderAreSeen() {
        List<String> swapped = new ArrayList<>(FocusFormat.COLUMNS);
        Collections.swap(swapped, 4, 5);

        assertThat(new FocusRules().ofHeader(swapped)).containsExactly("columns out of order");
    }

    /** Each is right for itself, and not beside the good row. */
    @ParameterizedTest
    @CsvSource({
        "SkuId,other,SkuPriceId x with two of SkuId",
        "SkuMeter,other,SkuId x with two of SkuMeter",
        "SkuPriceDetails,'{\"x_ServiceTier\": \"flex\"}',SkuPriceId x with two of SkuPriceDetails",
        "BillingAccountId,other,BillingAccountName x with two of BillingAccountId",
        "BillingAccountName,other,BillingAccountId x with two of BillingAccountName",
        "ServiceSubcategory,Containers,ServiceName x with two of ServiceSubcategory"
    })
    void whatContradictsAnotherRowIsSeen(String column, String value, String fault) {
        Map<String, String> row = aGoodRow();
        row.put(column, value);

        assertThat(new FocusRules().ofRow(row)).isEmpty();
        var rules = new FocusRules();
        assertThat(rules.ofRow(aGoodRow())).isEmpty();
        assertThat(rules.ofRow(row)).contains(fault);
    }

    @Test
    void anAdjustmentCostsWhatIsBilledAndHasNoPrice() {
        Map<String, String> row = aGoodRow();
        row.put("ChargeCategory", "Adjustment");
        List.of(
                        "PricingQuantity",
                        "PricingUnit",
                        "SkuId",
                        "SkuMeter",
                        "SkuPriceId",
                        "SkuPriceDetails",
                        "ListUnitPrice",
                        "ContractedUnitPrice",
                        "ConsumedQuantity",
                        "ConsumedUnit")
                .forEach(column -> row.put(column, ""));
        assertThat(new FocusRules().ofRow(row)).isEmpty();

        for (String cost : List.of("ListCost", "ContractedCost", "EffectiveCost")) {
            Map<String, String> other = new HashMap<>(row);
            other.put(cost, "0.4");
            assertThat(new FocusRules().ofRow(other)).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000000 Tokens", "Core-Seconds", "GiB-Seconds", "GB", "Requests/Day", "Units/3 Months"})
    void aUnitOfTheSpecificationIsRight(String unit) {
        Map<String, String> row = aGoodRow();
        row.put("PricingUnit", unit);

        assertThat(new FocusRules().ofRow(row)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "BilledCost,''",
        "BilledCost,1.000.000",
        "BilledCost,$5",
        "BilledCost,5E+7",
        "BilledCost,5e7",
        "BilledCost,+5",
        "BillingCurrency,usd",
        "BillingCurrency,XYZ",
        "ChargeCategory,Spend",
        "ChargeClass,Fix",
        "ServiceCategory,Thinking",
        "ServiceSubcategory,Generative AI",
        "PricingQuantity,''",
        "PricingUnit,''",
        "PricingUnit,million tokens",
        "PricingUnit,1000000 Token",
        "PricingUnit,Cores-Second",
        "PricingUnit,gib-seconds",
        "PricingUnit,1.5 Tokens",
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
        "Tags,'{\"a\": 1, \"a\": 2}'",
        "SkuMeter,''",
        "SkuPriceDetails,batch",
        "SkuPriceDetails,'{\"ServiceTier\": \"batch\"}'",
        "SkuPriceDetails,'{\"x_service_tier\": \"batch\"}'",
        "BillingPeriodEnd,2026-10-01T00:00:00Z",
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
