package dev.artemis.ui;

import com.vaadin.flow.i18n.I18NProvider;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a field allows, in the reader's language. Façades say it once, in English, for programs and pages alike; what is not
 * known here is shown as they say it.
 */
public final class Rules {

    private static final String NUMBER = "(-?[0-9][0-9.,]*)";

    /** The first that fits; what stands in brackets is put into the words. */
    private static final Map<Pattern, String> KEYS = keys();

    private Rules() {}

    private static Map<Pattern, String> keys() {
        Map<Pattern, String> keys = new LinkedHashMap<>();
        keys.put(Pattern.compile("is (?:required|missing)"), "required");
        keys.put(
                Pattern.compile(NUMBER + " to " + NUMBER + " characters(?:, no control characters)?"),
                "rule.characters");
        keys.put(Pattern.compile("at most " + NUMBER + " characters"), "rule.characters-most");
        keys.put(Pattern.compile("at most " + NUMBER + " characters, without a query"), "rule.no-query");
        keys.put(
                Pattern.compile(
                        "an https:// URL of at most " + NUMBER + " characters, without a user's name or a fragment"),
                "rule.https");
        keys.put(Pattern.compile("at most " + NUMBER), "rule.most");
        keys.put(Pattern.compile(NUMBER + " to " + NUMBER), "rule.range");
        keys.put(Pattern.compile("must be within " + NUMBER + " and " + NUMBER), "rule.range");
        keys.put(Pattern.compile(NUMBER + " or more(?:; null for no limit of its own)?"), "rule.least");
        keys.put(Pattern.compile("at most " + NUMBER + " places after the point"), "rule.places");
        keys.put(Pattern.compile(NUMBER + " to " + NUMBER + " US dollars a token"), "rule.dollars-a-token");
        keys.put(Pattern.compile("an e-mail address(?: of at most [0-9]+ characters)?"), "rule.email");
        keys.put(Pattern.compile("after valid_from"), "rule.after-begin");
        keys.put(Pattern.compile("a price that has an end cannot be made longer"), "rule.price-ends");
        keys.put(Pattern.compile("a time in the future"), "rule.future");
        keys.put(Pattern.compile("not in the future"), "rule.not-future");
        keys.put(Pattern.compile("at least one of .*"), "rule.one-of-them");
        keys.put(Pattern.compile("is not the current password"), "rule.password-wrong");
        keys.put(Pattern.compile("not one that is guessed first.*"), "rule.password-guessed");
        keys.put(Pattern.compile("is not right, or was used before"), "rule.code-wrong");
        keys.put(Pattern.compile("at most " + NUMBER + " channels"), "rule.channels");
        keys.put(Pattern.compile("one of the ledger's: (.+)"), "rule.one-of-the-ledgers");
        return keys;
    }

    /** The rule for a reader. */
    public static String say(String rule) {
        for (Map.Entry<Pattern, String> each : KEYS.entrySet()) {
            Matcher found = each.getKey().matcher(rule);
            if (found.matches()) {
                Object[] numbers = new Object[found.groupCount()];
                for (int n = 0; n < numbers.length; n++) {
                    numbers[n] = found.group(n + 1);
                }
                return I18NProvider.translate(each.getValue(), numbers);
            }
        }
        return Phrases.say(rule);
    }

    /** The keys of all words that it may need. */
    static Iterable<String> keysOfWords() {
        return KEYS.values();
    }
}
