package dev.artemis.ui.format;

import dev.artemis.shared.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/**
 * US dollars as text. Nothing that was spent ever reads as zero: amounts below a dollar show as many digits as they
 * need.
 */
public final class Money {

    private static final int CENTS = 2;
    private static final int FINER = 4;
    private static final BigDecimal DOLLAR = BigDecimal.ONE;
    private static final BigDecimal CENT = new BigDecimal("0.01");

    private final Locale locale;

    public Money(Locale locale) {
        this.locale = locale;
    }

    /** For reading: cents from a dollar upwards, four places from a cent upwards, below that the first three digits. */
    public String text(Usd amount) {
        BigDecimal exact = amount.amount();
        BigDecimal size = exact.abs();
        if (size.signum() == 0 || size.compareTo(DOLLAR) >= 0) {
            return written(exact, CENTS, CENTS);
        }
        if (size.compareTo(CENT) >= 0) {
            return written(exact, FINER, FINER);
        }
        int firstDigit = size.scale() - size.precision() + 1;
        return written(exact, CENTS, firstDigit + 2);
    }

    /** The same beside another amount: where that one is read in cents, so is this, if it has any. */
    public String text(Usd amount, Usd beside) {
        boolean cents = beside.amount().abs().compareTo(DOLLAR) >= 0
                && amount.amount().abs().compareTo(CENT) >= 0;
        return cents ? written(amount.amount(), CENTS, CENTS) : text(amount);
    }

    /** To the last digit, at least cents. */
    public String exact(Usd amount) {
        return written(amount.amount(), CENTS, Usd.SCALE);
    }

    /** For an axis whose ticks have that many places at most: no cents where no tick has any. */
    public String tick(BigDecimal amount, int places) {
        int shown = places == 0 ? 0 : Math.max(CENTS, places);
        return written(amount, shown, shown);
    }

    private String written(BigDecimal amount, int fewest, int most) {
        boolean symbolLast = locale.getLanguage().equals("de");
        var format = new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(locale));
        format.setMinimumFractionDigits(fewest);
        format.setMaximumFractionDigits(most);
        format.setRoundingMode(RoundingMode.HALF_EVEN);
        String digits = format.format(amount.abs());
        String sign = amount.signum() < 0 ? "\u2212" : "";
        return symbolLast ? sign + digits + "\u00a0$" : sign + "$" + digits;
    }
}
