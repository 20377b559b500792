package dev.artemis.gates.samples.modules.two;

public record Neighbour(String name) {}
