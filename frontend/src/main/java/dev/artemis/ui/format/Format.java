package dev.artemis.ui.format;

import dev.artemis.shared.Usd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** How one reader sees numbers and times: in their language, in the zone of the team they look at. */
public final class Format {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final long MOST_OF_ALL = 99;

    private final Locale locale;
    private final ZoneId zone;
    private final Money money;

    public Format(Locale locale, ZoneId zone) {
        this.locale = locale.getLanguage().equals("de") ? Locale.GERMANY : Locale.US;
        this.zone = zone;
        this.money = new Money(this.locale);
    }

    public ZoneId zone() {
        return zone;
    }

    /** For reading; see {@link Money#text}. */
    public String money(Usd amount) {
        return money.text(amount);
    }

    /** For reading beside another amount, whose digits it keeps to; see {@link Money#text(Usd, Usd)}. */
    public String money(Usd amount, Usd beside) {
        return money.text(amount, beside);
    }

    /** To the last digit. */
    public String exact(Usd amount) {
        return money.exact(amount);
    }

    /** A tick of an axis in US dollars, whose ticks have that many places at most. */
    public String tick(BigDecimal amount, int places) {
        return money.tick(amount, places);
    }

    public String count(long number) {
        return NumberFormat.getIntegerInstance(locale).format(number);
    }

    /** A measured number with up to three places. */
    public String number(BigDecimal number) {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMaximumFractionDigits(3);
        format.setRoundingMode(RoundingMode.HALF_EVEN);
        return format.format(number);
    }

    /** A number to its last digit, whatever it measures. */
    public String digits(BigDecimal number) {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMaximumFractionDigits(Math.max(0, number.scale()));
        return format.format(number);
    }

    /** A share in whole per cent, rounded down so that 100 % means all of it; what is next to nothing or to all is said to be. */
    public String percent(Usd part, Usd whole) {
        long percent = percentOf(part, whole);
        boolean exactly =
                part.amount().multiply(HUNDRED).compareTo(whole.amount().multiply(BigDecimal.valueOf(percent))) == 0;
        String sign = exactly ? "" : percent == 0 ? "<\u00a0" : percent == MOST_OF_ALL ? ">\u00a0" : "";
        return sign + count(sign.startsWith("<") ? 1 : percent) + "\u00a0%";
    }

    /**
     * Shares of a whole in whole per cent, which come to 100 % together: what rounding down takes away goes to those that lost most
     * by it. What is next to nothing or to all is said to be.
     *
     * @param parts which add up to the whole
     */
    public List<String> shares(List<Usd> parts, Usd whole) {
        if (whole.isZero()) {
            return parts.stream().map(part -> percent(part, whole)).toList();
        }
        long[] percents =
                parts.stream().mapToLong(part -> percentOf(part, whole)).toArray();
        List<Integer> byLoss = IntStream.range(0, percents.length)
                .boxed()
                .sorted(Comparator.comparing(
                        (Integer n) -> lost(parts.get(n), whole, percents[n]), Comparator.reverseOrder()))
                .toList();
        long missing = HUNDRED.longValue() - Arrays.stream(percents).sum();
        byLoss.stream().limit(Math.max(0, missing)).forEach(n -> percents[n]++);
        return IntStream.range(0, percents.length)
                .mapToObj(n -> share(percents[n], parts.get(n), whole))
                .toList();
    }

    /** What a share is more than that many per cent, in per cent. */
    private static BigDecimal lost(Usd part, Usd whole, long percent) {
        return part.amount()
                .multiply(HUNDRED)
                .divide(whole.amount(), MathContext.DECIMAL64)
                .subtract(BigDecimal.valueOf(percent));
    }

    private String share(long percent, Usd part, Usd whole) {
        boolean nearlyNothing = percent == 0 && !part.isZero();
        boolean nearlyAll = percent == HUNDRED.longValue() && part.compareTo(whole) != 0;
        return (nearlyNothing ? "<\u00a01" : nearlyAll ? ">\u00a099" : count(percent)) + "\u00a0%";
    }

    /** A whole number of per cent; 100 where there is nothing to share. */
    public static long percentOf(Usd part, Usd whole) {
        return whole.isZero()
                ? 100
                : part.amount()
                        .multiply(HUNDRED)
                        .divide(whole.amount(), 0, RoundingMode.FLOOR)
                        .longValue();
    }

    public String date(LocalDate day) {
        return day.format(DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(locale));
    }

    /** Day and month, for an axis. */
    public String shortDate(LocalDate day) {
        return day.format(DateTimeFormatter.ofPattern(locale.equals(Locale.GERMANY) ? "d. MMM" : "MMM d", locale));
    }

    public String month(YearMonth month) {
        return month.format(DateTimeFormatter.ofPattern("LLLL yyyy", locale));
    }

    /** Date and time to the minute in the team's zone. */
    public String dateTime(Instant at) {
        return at.atZone(zone)
                .format(DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                        .withLocale(locale));
    }

    /** Date and time to the minute with the zone's name: where no team says whose zone it is. */
    public String dateTimeInZone(Instant at) {
        return dateTime(at) + " " + zone.getId();
    }

    /** Time of day to the second in the team's zone. */
    public String time(Instant at) {
        return at.atZone(zone)
                .format(DateTimeFormatter.ofLocalizedTime(FormatStyle.MEDIUM).withLocale(locale));
    }

    /** The same to the second with the zone's name: where it matters which of two came first, or whose clock it was. */
    public String precise(Instant at) {
        return at.atZone(zone)
                        .format(DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM)
                                .withLocale(locale))
                + " " + zone.getId();
    }

    /** "0.42 s", "3 min 5 s". */
    public String duration(Duration duration) {
        if (duration.compareTo(Duration.ofMinutes(1)) < 0) {
            return number(BigDecimal.valueOf(duration.toMillis()).movePointLeft(3)) + "\u00a0s";
        }
        return duration.toMinutes() + "\u00a0min " + duration.toSecondsPart() + "\u00a0s";
    }

    /** "512 MB", in steps of 1024. */
    public String bytes(long bytes) {
        String[] units = {"B", "KB", "MB", "GB", "TB"};
        int unit = 0;
        BigDecimal size = BigDecimal.valueOf(bytes);
        BigDecimal step = BigDecimal.valueOf(1024);
        while (size.compareTo(step) >= 0 && unit < units.length - 1) {
            size = size.divide(step, 1, RoundingMode.HALF_EVEN);
            unit++;
        }
        return number(size) + "\u00a0" + units[unit];
    }
}
