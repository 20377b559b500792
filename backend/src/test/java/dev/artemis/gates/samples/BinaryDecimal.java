package dev.artemis.gates.samples;

import java.math.BigDecimal;

public class BinaryDecimal {

    public BigDecimal half() {
        return BigDecimal.valueOf(0.5);
    }
}
