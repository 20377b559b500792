package dev.artemis.shared;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;

/**
 * An exact amount of US dollars, to {@value #SCALE} places after the point (a token can cost less than 10^-12). Never
 * rounded silently: whoever computes something finer says so with {@link #rounded(BigDecimal)}, the one place where
 * money is rounded (half even).
 *
 * @param amount in US dollars; may be negative (a correction, an overspent remainder)
 */
public record Usd(BigDecimal amount) implements Comparable<Usd> {

    /** Places after the point that are kept, here and in the database. */
    public static final int SCALE = 18;

    private static final int MAX_INTEGER_DIGITS = 20;

    public static final Usd ZERO = new Usd(BigDecimal.ZERO);

    public Usd {
        if (amount.signum() == 0) {
            amount = BigDecimal.ZERO;
        } else {
            amount = amount.stripTrailingZeros();
        }
        if (amount.scale() > SCALE) {
            throw new IllegalArgumentException("more than " + SCALE + " places after the point");
        }
        if (amount.precision() - amount.scale() > MAX_INTEGER_DIGITS) {
            throw new IllegalArgumentException("more than " + MAX_INTEGER_DIGITS + " digits before the point");
        }
    }

    /**
     * Reads a decimal string such as "0.0325".
     *
     * @throws IllegalArgumentException it is none, or has too many digits
     */
    @JsonCreator
    public static Usd of(String decimal) {
        if (decimal.length() > 64 || !decimal.matches("-?\\d+(\\.\\d+)?")) {
            throw new IllegalArgumentException("not a decimal amount such as \"12.50\"");
        }
        return new Usd(new BigDecimal(decimal));
    }

    /** Rounds to what is kept, half even. */
    public static Usd rounded(BigDecimal exact) {
        return new Usd(exact.setScale(SCALE, RoundingMode.HALF_EVEN));
    }

    public static Usd sum(Collection<Usd> amounts) {
        return amounts.stream().reduce(ZERO, Usd::plus);
    }

    public Usd plus(Usd other) {
        return new Usd(amount.add(other.amount));
    }

    public Usd minus(Usd other) {
        return new Usd(amount.subtract(other.amount));
    }

    public Usd min(Usd other) {
        return compareTo(other) <= 0 ? this : other;
    }

    public Usd max(Usd other) {
        return compareTo(other) >= 0 ? this : other;
    }

    public boolean isNegative() {
        return amount.signum() < 0;
    }

    public boolean isZero() {
        return amount.signum() == 0;
    }

    @Override
    public int compareTo(Usd other) {
        return amount.compareTo(other.amount);
    }

    /** Plain notation, no trailing zeros: "0.0325", "0". */
    @Override
    @JsonValue
    public String toString() {
        return amount.toPlainString();
    }
}
