package dev.artemis.sandbox;

/** One of a program's two ways to print. */
public enum Channel {
    STDOUT,
    STDERR
}
