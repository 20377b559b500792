package dev.artemis.ledger;

import java.math.BigDecimal;

/** Running sums of entries that share a group. */
final class RollUp {

    long calls;
    long runs;
    long tokensInput;
    long tokensCacheRead;
    long tokensCacheWrite5m;
    long tokensCacheWrite1h;
    long tokensOutput;
    BigDecimal cpuSeconds = BigDecimal.ZERO;
    BigDecimal gibSeconds = BigDecimal.ZERO;
    BigDecimal cost = BigDecimal.ZERO;
    BigDecimal costInput = BigDecimal.ZERO;
    BigDecimal costCacheRead = BigDecimal.ZERO;
    BigDecimal costCacheWrite5m = BigDecimal.ZERO;
    BigDecimal costCacheWrite1h = BigDecimal.ZERO;
    BigDecimal costOutput = BigDecimal.ZERO;
    BigDecimal costCpu = BigDecimal.ZERO;
    BigDecimal costGib = BigDecimal.ZERO;

    void add(NewEntry entry) {
        switch (entry.kind()) {
            case CALL -> calls++;
            case RUN -> runs++;
            case CORRECTION -> {}
        }
        var tokens = entry.quantities().tokens();
        tokensInput += tokens.tokensInput();
        tokensCacheRead += tokens.tokensCacheRead();
        tokensCacheWrite5m += tokens.tokensCacheWrite5m();
        tokensCacheWrite1h += tokens.tokensCacheWrite1h();
        tokensOutput += tokens.tokensOutput();
        cpuSeconds = cpuSeconds.add(entry.quantities().cpuSeconds());
        gibSeconds = gibSeconds.add(entry.quantities().gibSeconds());
        var charges = entry.charges();
        cost = cost.add(charges.total().amount());
        costInput = costInput.add(charges.tokens().input().amount());
        costCacheRead = costCacheRead.add(charges.tokens().cacheRead().amount());
        costCacheWrite5m = costCacheWrite5m.add(charges.tokens().cacheWrite5m().amount());
        costCacheWrite1h = costCacheWrite1h.add(charges.tokens().cacheWrite1h().amount());
        costOutput = costOutput.add(charges.tokens().output().amount());
        costCpu = costCpu.add(charges.cpu().amount());
        costGib = costGib.add(charges.gib().amount());
    }

    long tokensCacheWrite() {
        return tokensCacheWrite5m + tokensCacheWrite1h;
    }
}
