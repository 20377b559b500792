package dev.artemis.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process prints, line by line, as it comes. */
final class Printed {

    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    /** Reads until the process ends, on a thread of its own. */
    static Printed by(Process process) {
        Printed printed = new Printed();
        Thread.ofPlatform().daemon().name("output-" + process.pid()).start(() -> printed.read(process));
        return printed;
    }

    private void read(Process process) {
        try (BufferedReader reader = process.inputReader()) {
            reader.lines().forEach(this::add);
        } catch (IOException | UncheckedIOException e) {
            add("(output ended: " + e.getMessage() + ")");
        }
        end();
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /**
     * Waits for a line in which the pattern is found; answers with its first group.
     *
     * @throws IllegalStateException there was none in that time or to the end; the message has all that was printed
     */
    synchronized String await(Pattern pattern, Duration limit) {
        Optional<String> found = first(pattern);
        long deadline = System.nanoTime() + limit.toNanos();
        while (found.isEmpty() && !ended && System.nanoTime() < deadline) {
            waitUntil(deadline);
            found = first(pattern);
        }
        return found.orElseThrow(
                () -> new IllegalStateException("never printed: " + pattern + "\n" + String.join("\n", lines)));
    }

    /** Waits until the process has printed all that it will. */
    synchronized void awaitEnd(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!ended && System.nanoTime() < deadline) {
            waitUntil(deadline);
        }
    }

    private Optional<String> first(Pattern pattern) {
        return lines.stream()
                .map(pattern::matcher)
                .filter(Matcher::find)
                .map((MatchResult match) -> match.group(1))
                .findFirst();
    }

    private void waitUntil(long deadline) {
        try {
            wait(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a process printed", e);
        }
    }
}
