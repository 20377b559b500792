package dev.artemis.sandbox.runner;

/** The protocol's numbers: decimal digits, no sign, no leading zeros. */
final class Numbers {

    private Numbers() {}

    static long parse(String text) {
        boolean digits = !text.isEmpty()
                && text.length() <= 18
                && text.chars().allMatch(c -> c >= '0' && c <= '9')
                && (text.length() == 1 || text.charAt(0) != '0');
        if (!digits) {
            throw new IllegalArgumentException("not a number");
        }
        return Long.parseLong(text);
    }
}
