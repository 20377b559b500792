package dev.artemis.shared;

import java.math.BigDecimal;

/** Decimals as the API and files write them. */
public final class Plain {

    private Plain() {}

    /** Digits with neither an exponent nor zeros at the end: "0.0325", "1200", "0". */
    public static String text(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }
}
