package dev.artemis.gates.samples.ledger;

public record BinaryMoney(double amount) {}
