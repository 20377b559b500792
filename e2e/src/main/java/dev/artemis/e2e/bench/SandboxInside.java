package dev.artemis.e2e.bench;

import dev.artemis.sandbox.Ending;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.sandbox.local.LocalSandbox;
import dev.artemis.sandbox.local.LocalSandboxSettings;
import dev.artemis.scanning.ScanReport;
import dev.artemis.scanning.ScanRules;
import dev.artemis.scanning.Scanner;
import dev.artemis.scanning.Verdict;
import dev.artemis.shared.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** The sandbox itself, from what it accepted to the final record, and the scanner, without the platform around them. */
final class SandboxInside {

    private static final int ROUNDS = 8;
    private static final int IN_PAIRS = 50;
    private static final int WARMING = 100;
    private static final double LEAST_SHARE = 0.4;

    private static final int SCANS = 15;
    private static final int MEGABYTE = 1 << 20;
    private static final double MOST_SCAN_MS = 250;
    private static final String TYPICAL = """
            def handler(request, response=None, *args, **kwargs):
                \"""Handle the request and return something useful for callers.\"""
                result = []
                for item in request.items:
                    if item.name and item.value > 10:
                        result.append({"name": item.name, "value": compute(item.value, scale=2.5)})
                    else:
                        # a comment that says why
                        result.append(None)
                return json.dumps(result, indent=2)

            """;

    private final LocalSandbox sandbox;
    private final Map<RunRef, CompletableFuture<Observation>> ends = new ConcurrentHashMap<>();

    private SandboxInside(LocalSandbox sandbox) {
        this.sandbox = sandbox;
        sandbox.open(this::observed);
    }

    /** @param arguments none that matter */
    public static void main(String[] arguments) throws InterruptedException, ExecutionException, IOException {
        LocalSandboxSettings settings = new LocalSandboxSettings(
                Path.of("/usr/bin/bwrap"), Path.of("/tmp"), 1_879_060_000, 256, LocalSandboxSettings.CgroupUse.AUTO);
        try (LocalSandbox sandbox = LocalSandbox.on(settings)) {
            System.out.println("isolation: " + sandbox.isolation().strength());
            boolean good = new SandboxInside(sandbox).inPairs() & scans();
            if (!good) {
                throw new IllegalStateException("not what was expected");
            }
        }
    }

    private boolean inPairs() throws InterruptedException, ExecutionException {
        Load.of(2, WARMING, this::run);
        double[] bare = new double[ROUNDS];
        double[] held = new double[ROUNDS];
        double[] shares = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            bare[round] = Load.of(2, IN_PAIRS, BareProcess::pass).perSecond();
            held[round] = Load.of(2, IN_PAIRS, this::run).perSecond();
            shares[round] = held[round] / bare[round];
        }
        System.out.printf(
                "the sandbox alone, 2 at a time, a second: bare %.1f, runs %.1f: share %.2f (at least %.1f); of each round %s%n",
                SandboxBench.median(bare),
                SandboxBench.median(held),
                SandboxBench.median(shares),
                LEAST_SHARE,
                Arrays.stream(shares).mapToObj("%.2f"::formatted).toList());
        return SandboxBench.median(shares) >= LEAST_SHARE;
    }

    /** 200 for the right result. */
    private int run() {
        RunRef run = new RunRef(UUID.randomUUID(), UUID.randomUUID(), 1, 1);
        CompletableFuture<Observation> end = new CompletableFuture<>();
        ends.put(run, end);
        sandbox.start(run, SandboxSpec.of(Language.PYTHON, "pass"));
        Observation last = end.join();
        sandbox.forget(run);
        if (!(last instanceof Observation.Finished finished)
                || !finished.result().ending().equals(new Ending.Exited(0))) {
            throw new IllegalStateException("not the right result: " + last);
        }
        return 200;
    }

    private void observed(RunRef run, Observation observation) {
        switch (observation) {
            case Observation.Accepted accepted -> {}
            case Observation.Started started -> {}
            case Observation.Output output -> {}
            case Observation.Finished finished -> end(run, finished);
            case Observation.Failed failed -> end(run, failed);
            case Observation.Lost lost -> end(run, lost);
        }
    }

    private void end(RunRef run, Observation last) {
        CompletableFuture<Observation> waiting = ends.remove(run);
        if (waiting != null) {
            waiting.complete(last);
        }
    }

    private static boolean scans() throws IOException {
        String typical = TYPICAL.repeat(MEGABYTE / TYPICAL.length() + 1);
        return scans("one function, many times", typical) & scans("this machine's own modules", modules());
    }

    private static boolean scans(String what, String megabyte) {
        Scanner scanner = new Scanner();
        double[] took = new double[SCANS];
        ScanReport report = scanner.scan("python", megabyte, ScanRules.DEFAULT);
        for (int i = -SCANS; i < SCANS; i++) {
            long began = System.nanoTime();
            report = scanner.scan("python", megabyte, ScanRules.DEFAULT);
            if (i >= 0) {
                took[i] = (System.nanoTime() - began) / 1e6;
            }
        }
        System.out.printf(
                "scanning %.2f MB of Python, %s, %d findings: median %.0f ms, most %.0f (at most %.0f)%n",
                megabyte.length() / (double) MEGABYTE,
                what,
                report.findings().size(),
                SandboxBench.median(took),
                Arrays.stream(took).max().orElseThrow(),
                MOST_SCAN_MS);
        return report.verdict() != Verdict.UNPARSABLE && SandboxBench.median(took) <= MOST_SCAN_MS;
    }

    /** As many of Python's own modules as make a megabyte, one after another: no two alike. Without those that ask for something at their head. */
    private static String modules() throws IOException {
        StringBuilder joined = new StringBuilder();
        try (Stream<Path> files = Files.walk(newestPython())) {
            for (Path file : files.filter(one -> one.toString().endsWith(".py"))
                    .filter(one -> !one.toString().contains("/test"))
                    .sorted()
                    .toList()) {
                if (joined.length() + Files.size(file) < MEGABYTE) {
                    String module = Files.readString(file);
                    joined.append(module.contains("__future__") ? "" : module + "\n");
                }
            }
        }
        return joined.toString();
    }

    private static Path newestPython() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
            return folders.filter(folder -> Files.exists(folder.resolve("argparse.py")))
                    .max(Comparator.comparing((Path folder) -> folder.toString().length())
                            .thenComparing(Comparator.naturalOrder()))
                    .orElseThrow(() -> new IllegalStateException("no modules of Python below /usr/lib"));
        }
    }
}
