package dev.artemis.gates.samples;

import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;

public class InjectedField {

    @Autowired
    @Nullable Clock clock;
}
