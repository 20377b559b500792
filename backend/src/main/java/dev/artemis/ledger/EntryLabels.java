package dev.artemis.ledger;

import org.jspecify.annotations.Nullable;

/** What an entry is about, as numbers of {@link Labels}. */
public record EntryLabels(
        int stage,
        int model,
        int provider,
        @Nullable Integer card,
        @Nullable Integer purpose) {}
