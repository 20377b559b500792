package dev.artemis.statements;

import dev.artemis.shared.TenantId;
import java.time.YearMonth;

/** A month got its seal that whoever closed it did not come to. */
public record ClosingFinished(TenantId tenant, YearMonth month) {}
