package dev.artemis.reports;

import dev.artemis.shared.Usd;

/**
 * What a month will have cost. Amounts in US dollars.
 *
 * @param soFar spent this month
 * @param perDay what a day costs lately: the mean of the last seven whole days, or of those that the spending has
 * @param byMonthEnd what the month will have cost if every day left, today's rest included, costs that much
 */
public record Forecast(Usd soFar, Usd perDay, Usd byMonthEnd) {

    /** So many whole days, the last ones, say what a day costs lately. */
    public static final int DAYS = 7;
}
