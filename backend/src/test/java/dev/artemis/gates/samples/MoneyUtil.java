package dev.artemis.gates.samples;

public class MoneyUtil {}
