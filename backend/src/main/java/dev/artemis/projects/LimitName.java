package dev.artemis.projects;

import dev.artemis.shared.Problem;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;

/** The limits of a run by their names in the API, with the least, the platform's default and the platform's maximum. */
public enum LimitName {
    CPU("cpu", 3, "0.01", "1", "16"),
    MEMORY_MB("memory_mb", 0, "16", "512", "8192"),
    CPU_SECONDS("cpu_seconds", 3, "0.01", "300", "3600"),
    TIMEOUT_SECONDS("timeout_seconds", 3, "0.01", "600", "7200"),
    FILE_SIZE_MB("file_size_mb", 0, "1", "64", "1024"),
    DISK_MB("disk_mb", 0, "1", "256", "4096"),
    PROCESSES("processes", 0, "1", "64", "1024"),
    OPEN_FILES("open_files", 0, "16", "256", "4096"),
    OUTPUT_BYTES("output_bytes", 0, "2", "1048576", "16777216");

    private final String text;
    private final int decimals;
    private final BigDecimal least;
    private final BigDecimal usual;
    private final BigDecimal most;

    LimitName(String text, int decimals, String least, String usual, String most) {
        this.text = text;
        this.decimals = decimals;
        this.least = new BigDecimal(least);
        this.usual = new BigDecimal(usual);
        this.most = new BigDecimal(most);
    }

    /** The limit of that name in the API. */
    public static Optional<LimitName> of(String text) {
        return Arrays.stream(values()).filter(name -> name.text.equals(text)).findFirst();
    }

    public String text() {
        return text;
    }

    public BigDecimal least() {
        return least;
    }

    public BigDecimal usual() {
        return usual;
    }

    public BigDecimal most() {
        return most;
    }

    /** Whether it is measured in thousandths; else in whole numbers. */
    public boolean hasFractions() {
        return decimals > 0;
    }

    /**
     * The value, without zeros that say nothing.
     *
     * @param field for what is wrong with it
     * @throws Problem 422: it is out of range, or finer than it is measured
     */
    BigDecimal checked(String field, BigDecimal value) {
        Optional<String> refusal = refusal(value, most);
        if (refusal.isPresent()) {
            throw Problem.notAllowed(field, refusal.get());
        }
        BigDecimal plain = value.stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }

    /** Why a value cannot be: it is out of range, up to a most of someone's own, or finer than it is measured. */
    public Optional<String> refusal(BigDecimal value, BigDecimal ownMost) {
        if (value.compareTo(least) < 0 || value.compareTo(ownMost) > 0) {
            return Optional.of("must be within " + least + " and " + ownMost);
        }
        return value.stripTrailingZeros().scale() > decimals
                ? Optional.of(hasFractions() ? "at most 3 decimals" : "a whole number")
                : Optional.empty();
    }
}
