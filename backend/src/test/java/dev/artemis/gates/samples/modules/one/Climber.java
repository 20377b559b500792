package dev.artemis.gates.samples.modules.one;

import dev.artemis.gates.samples.modules.two.Neighbour;

/** Its module may call nobody. */
public record Climber(Neighbour neighbour) {}
