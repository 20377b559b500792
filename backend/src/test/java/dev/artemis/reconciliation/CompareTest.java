package dev.artemis.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompareTest {

    private static final LocalDate DAY = LocalDate.of(2026, 10, 5);
    private static final BillLayout COSTS = BillLayout.KNOWN.getFirst();
    private static final BillLayout TOKENS = BillLayout.KNOWN.get(1);

    @Test
    void whatIsEqualHasNoReasonAndCentsAreRounding() {
        List<Finding> findings = Compare.of(
                bill(billed(0, "gpt-4o", "1.5"), billed(1, "gpt-4o", "1.504")),
                List.of(recorded(0, "gpt-4o", "1.5"), recorded(1, "gpt-4o", "1.5")));

        assertThat(findings.get(0).reasons()).isEmpty();
        assertThat(findings.get(0).difference()).isEqualByComparingTo("0");
        assertThat(findings.get(1).reasons()).containsExactly(Reason.ROUNDING);
    }

    @Test
    void whatOneSideDoesNotKnowIsSaid() {
        List<Finding> findings = Compare.of(bill(billed(0, "gpt-4o", "2")), List.of(recorded(0, "gpt-4", "3")));

        assertThat(findings).hasSize(2).anySatisfy(finding -> {
            assertThat(finding.model()).isEqualTo("gpt-4o");
            assertThat(finding.reasons()).containsExactly(Reason.NOT_IN_LEDGER);
            assertThat(finding.difference()).isEqualByComparingTo("2");
        });
        assertThat(findings).anySatisfy(finding -> {
            assertThat(finding.model()).isEqualTo("gpt-4");
            assertThat(finding.reasons()).containsExactly(Reason.NOT_BILLED);
            assertThat(finding.difference()).isEqualByComparingTo("-3");
        });
    }

    @Test
    void whatTheNextDayMakesGoodCrossedMidnight() {
        List<Finding> findings = Compare.of(
                bill(billed(0, "gpt-4o", "5"), billed(1, "gpt-4o", "3")),
                List.of(recorded(0, "gpt-4o", "4"), recorded(1, "gpt-4o", "4")));

        assertThat(findings)
                .allSatisfy(finding -> assertThat(finding.reasons().getFirst()).isEqualTo(Reason.NEIGHBOURING_DAY));
    }

    @Test
    void halfOnEveryDayIsABatchsPriceAndAnyOtherMultipleAnotherPrice() {
        List<Finding> half = Compare.of(
                bill(billed(0, "gpt-4o", "2"), billed(2, "gpt-4o", "5")),
                List.of(recorded(0, "gpt-4o", "4"), recorded(2, "gpt-4o", "10")));
        List<Finding> dearer = Compare.of(
                bill(billed(0, "gpt-4o", "5"), billed(2, "gpt-4o", "12.5")),
                List.of(recorded(0, "gpt-4o", "4"), recorded(2, "gpt-4o", "10")));

        assertThat(half)
                .allSatisfy(finding -> assertThat(finding.reasons()).first().isEqualTo(Reason.HALF_PRICE));
        assertThat(dearer)
                .allSatisfy(finding ->
                        assertThat(finding.reasons()).containsExactly(Reason.OTHER_PRICE, Reason.CALLS_MISSING));
    }

    @Test
    void correctionsAreNamed() {
        List<Finding> findings = Compare.of(
                bill(billed(0, "gpt-4o", "5")), List.of(new LedgerDay(DAY, "gpt-4o", new BigDecimal("4"), 0, 1)));

        assertThat(findings.getFirst().reasons()).containsExactly(Reason.CORRECTED, Reason.CALLS_MISSING);
    }

    @Test
    void aBillWithoutModelsIsComparedByDay() {
        List<Finding> findings =
                Compare.of(bill(billed(0, "", "9")), List.of(recorded(0, "gpt-4o", "4"), recorded(0, "gpt-4", "4")));

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.ledger()).isEqualByComparingTo("8");
            assertThat(finding.reasons()).contains(Reason.NO_MODEL);
        });
    }

    @Test
    void aFileOfUsageComparesTokens() {
        var bill = new ReadBill.Bill(TOKENS, List.of(new BillLine(DAY, "gpt-4o-2024-08-06", null, 120L)));

        List<Finding> findings = Compare.of(bill, List.of(new LedgerDay(DAY, "gpt-4o", BigDecimal.ONE, 100, 0)));

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.model()).isEqualTo("gpt-4o");
            assertThat(finding.billed()).isNull();
            assertThat(finding.difference()).isEqualByComparingTo("20");
            assertThat(finding.reasons()).containsExactly(Reason.CALLS_MISSING);
        });
    }

    private static ReadBill.Bill bill(BillLine... lines) {
        return new ReadBill.Bill(COSTS, List.of(lines));
    }

    private static BillLine billed(int day, String model, String cost) {
        return new BillLine(DAY.plusDays(day), model, new BigDecimal(cost), null);
    }

    private static LedgerDay recorded(int day, String model, String cost) {
        return new LedgerDay(DAY.plusDays(day), model, new BigDecimal(cost), 0, 0);
    }
}
