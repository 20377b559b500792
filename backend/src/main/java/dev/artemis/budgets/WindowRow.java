package dev.artemis.budgets;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** A window as the database keeps it. Amounts in US dollars. */
record WindowRow(
        WindowKey key,
        Instant startsAt,
        Instant endsAt,
        BigDecimal spent,
        BigDecimal reserved,
        List<BigDecimal> alerted) {}
