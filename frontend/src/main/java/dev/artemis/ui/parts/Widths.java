package dev.artemis.ui.parts;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/** What a table's columns take, in rem, reckoned from what is written in them: who writes it may not see it yet. */
public final class Widths {

    private static final int PIXELS_A_REM = 16;
    private static final double AROUND = 1.3;
    private static final double AROUND_A_TITLE = 2.2;
    private static final double A_DIGIT = 0.56;
    private static final double A_POINT = 0.28;
    private static final double A_LETTER = 0.51;
    private static final double OF_A_TITLE = 0.48;
    private static final String POINTS = ",.\u00a0";

    private Widths() {}

    /** Of a number in one line; a comma takes less than a digit. */
    public static double number(String text) {
        return AROUND + text.chars().mapToDouble(Widths::ofNumber).sum();
    }

    private static double ofNumber(int letter) {
        return POINTS.indexOf(letter) < 0 ? A_DIGIT : A_POINT;
    }

    /** Of words in one line. */
    public static double line(String text) {
        return AROUND + text.length() * A_LETTER;
    }

    /** Of words below each other. */
    public static double words(String text) {
        return AROUND + longest(text) * A_LETTER;
    }

    /** Of a title that one sorts by, its words below each other. */
    public static double title(String text) {
        return AROUND_A_TITLE + longest(text) * OF_A_TITLE;
    }

    private static int longest(String text) {
        return Arrays.stream(text.split("[ -]")).mapToInt(String::length).max().orElse(0);
    }

    public static String rem(double rem) {
        return String.format(Locale.ROOT, "%.2frem", rem);
    }

    /** Of the longest of them. */
    public static double widest(Collection<String> numbers) {
        return numbers.stream().mapToDouble(Widths::number).max().orElse(0);
    }

    /** Whether that much fits into a panel of a page beside the drawer. */
    public static boolean fit(double rem) {
        return rem * PIXELS_A_REM <= Phone.room();
    }
}
