package dev.artemis.gates.samples.unmarked;

public class Unmarked {}
