package com.vaadin.sample;

/** Stands for the pages' library, which the backend's class path does not have. */
public record Page(String name) {}
