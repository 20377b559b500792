package dev.artemis.exports;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One charge of the FinOps Open Cost and Usage Specification (FOCUS), as what the ledger knows.
 *
 * @param period when the charge was incurred and in which month it is billed
 * @param kind what was used
 * @param tier the provider's service tier; null for what has none
 * @param aboveTokens the length of prompt that its rates begin above; 0 where they hold for every length
 * @param price how much was used and what each of it cost; null: an amount that no quantity explains
 * @param cost US dollars, exact
 */
record FocusRow(
        Account account,
        Period period,
        Kind kind,
        Correction correction,
        Labels labels,
        @Nullable String tier,
        long aboveTokens,
        @Nullable FocusPrice price,
        BigDecimal cost) {

    /** Who is billed: the team, and its project. */
    record Account(String teamId, String teamName, String projectId, String projectName) {}

    /** The team's day, and bounds, of which the ends are exclusive. */
    record Period(LocalDate day, Instant dayStart, Instant dayEnd, Instant monthStart, Instant monthEnd) {}

    /** What it was spent on; empty where there is none. */
    record Labels(String provider, String model, String stage, String card, String key) {

        /** Whether it was spent on our own sandbox: a model of somebody else may bear that name too. */
        boolean isCompute() {
            return provider.equals("artemis") && model.equals("sandbox");
        }
    }

    /** Whether it puts something right. */
    enum Correction {
        /** An ordinary charge. */
        NONE,
        /** It corrects a charge of the same month, which was not billed yet. */
        OF_THIS_MONTH,
        /** It corrects a charge of an earlier month, or comes late for one. */
        OF_AN_EARLIER_MONTH
    }

    /** What a quantity counts. */
    enum Kind {
        INPUT("input tokens", "Input Tokens"),
        CACHE_READ("cached input tokens", "Cached Input Tokens"),
        CACHE_WRITE_5M("tokens written to a five-minute cache", "Five-Minute Cache Writes"),
        CACHE_WRITE_1H("tokens written to a one-hour cache", "One-Hour Cache Writes"),
        OUTPUT("output tokens", "Output Tokens"),
        CPU("CPU time", "CPU Usage"),
        MEMORY("memory", "Memory Usage"),
        AMOUNT("correction", "Correction");

        private final String words;
        private final String meter;

        Kind(String words, String meter) {
            this.words = words;
            this.meter = meter;
        }

        /** As a heading. */
        String meter() {
            return meter;
        }

        String words() {
            return words;
        }
    }
}
