package dev.artemis.scanning.python;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code "%s" % x} and {@code "{}".format(x)} with plain places; anything else stays unknown. */
final class Formats {

    private static final Pattern PERCENT = Pattern.compile("%(.)");
    private static final Pattern BRACES = Pattern.compile("\\{\\{|\\}\\}|\\{([^{}]*)\\}");

    private Formats() {}

    static Value percent(String format, Value right) {
        List<Value> given = right instanceof Value.Items(List<Value> items, long itemsWeight) ? items : List.of(right);
        if (format.length() > Arithmetic.MOST_TEXT) {
            return Value.UNKNOWN;
        }
        Matcher place = PERCENT.matcher(format);
        var text = new StringBuilder();
        int next = 0;
        while (place.find()) {
            String kind = place.group(1);
            if (kind.equals("%")) {
                place.appendReplacement(text, "%");
                continue;
            }
            if (next >= given.size() || !"sdic".contains(kind)) {
                return Value.UNKNOWN;
            }
            Value value = given.get(next++);
            String shown =
                    kind.equals("c") && value instanceof Value.Whole(long point) ? character(point) : shown(value);
            if (shown.isEmpty() && !(value instanceof Value.Text(String same) && same.isEmpty())) {
                return Value.UNKNOWN;
            }
            place.appendReplacement(text, Matcher.quoteReplacement(shown));
            if (text.length() > Arithmetic.MOST_TEXT) {
                return Value.UNKNOWN;
            }
        }
        return next == given.size() ? Value.text(place.appendTail(text).toString()) : Value.UNKNOWN;
    }

    static Value braces(String format, List<Value> given) {
        Matcher place = BRACES.matcher(format);
        var text = new StringBuilder();
        int next = 0;
        while (place.find()) {
            String field = place.group(1);
            if (field == null) {
                place.appendReplacement(
                        text, Matcher.quoteReplacement(place.group().substring(1)));
                continue;
            }
            boolean numbered = field.matches("\\d{1,3}");
            int i = numbered ? Integer.parseInt(field) : next++;
            if ((!numbered && !field.isEmpty()) || i >= given.size()) {
                return Value.UNKNOWN;
            }
            if (!(Arithmetic.asText(given.get(i)) instanceof Value.Text(String shown))) {
                return Value.UNKNOWN;
            }
            place.appendReplacement(text, Matcher.quoteReplacement(shown));
            if (text.length() > Arithmetic.MOST_TEXT) {
                return Value.UNKNOWN;
            }
        }
        return Value.text(place.appendTail(text).toString());
    }

    static String character(long point) {
        return point >= 0 && point <= Character.MAX_CODE_POINT ? Character.toString((int) point) : "";
    }

    private static String shown(Value value) {
        return Arithmetic.asText(value) instanceof Value.Text(String text) ? text : "";
    }
}
