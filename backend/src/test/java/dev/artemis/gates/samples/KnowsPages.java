package dev.artemis.gates.samples;

import com.vaadin.sample.Page;

public record KnowsPages(Page page) {}
