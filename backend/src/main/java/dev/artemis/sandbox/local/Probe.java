package dev.artemis.sandbox.local;

import dev.artemis.sandbox.Ending;
import dev.artemis.sandbox.Isolation;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.shared.Language;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Finds out what holds on this machine, by trying. */
final class Probe {

    private static final Language NOTHING = Language.ofOurOwn("/usr/bin/true");

    private Probe() {}

    /** What is not installed, with what to do. */
    static Optional<String> missing(LocalSandboxSettings settings) {
        if (!Files.isExecutable(settings.bubblewrap())) {
            return Optional.of("bubblewrap is missing at " + settings.bubblewrap()
                    + ": apt-get install bubblewrap (0.8 or newer)");
        }
        return Optional.empty();
    }

    /** Runs /usr/bin/true in a real sandbox. */
    static Isolation attempt(Workshop workshop) {
        CompletableFuture<Observation> last = new CompletableFuture<>();
        RunRef run = new RunRef(new UUID(0, 0), UUID.randomUUID(), 1, 0);
        new LocalRun(run, SandboxSpec.of(NOTHING, ""), workshop, (ref, observation) -> {
                    if (isLast(observation)) {
                        last.complete(observation);
                    }
                })
                .run();
        return switch (last.join()) {
            case Observation.Finished(var result) when result.ending().equals(new Ending.Exited(0)) -> holds(workshop);
            case Observation.Finished(var result) -> none("/usr/bin/true ended as " + result.ending());
            case Observation.Failed(var failure, var detail, var ofTheRun) -> none(failure + ", " + detail);
            case Observation.Lost(var loss, var detail) -> none(loss + ", " + detail);
            case Observation.Accepted _, Observation.Started _, Observation.Output _ ->
                throw new IllegalStateException("not a last observation");
        };
    }

    private static boolean isLast(Observation observation) {
        return switch (observation) {
            case Observation.Accepted _, Observation.Started _, Observation.Output _ -> false;
            case Observation.Finished _, Observation.Failed _, Observation.Lost _ -> true;
        };
    }

    private static Isolation none(String what) {
        String help = "no sandbox can be made (" + what
                + "); user namespaces must be allowed (sysctl user.max_user_namespaces above 0, kernel.unprivileged_userns_clone=1,"
                + " kernel.apparmor_restrict_unprivileged_userns=0) and bubblewrap be 0.8 or newer";
        return new Isolation(Isolation.Strength.NONE, List.of(), List.of(help));
    }

    private static Isolation holds(Workshop workshop) {
        List<String> holds = new ArrayList<>(List.of(
                "no network, own processes, mounts, users, IPC and host name (namespaces, bubblewrap)",
                "system read-only, host's files not there; work folder in memory, sized",
                "no capabilities, no new privileges, system call filter",
                "wall clock, file size, open files, disk, inodes, output (runner)"));
        List<String> lacks = new ArrayList<>(workshop.cgroups().lacks());
        holds.addAll(workshop.cgroups().holds());
        if (workshop.changesUser()) {
            holds.add("a user id of its own for each run");
        } else {
            lacks.add("runs have the server's own user id (in a user namespace): run the server as root for one each");
        }
        for (Language language : Language.all()) {
            Path program = Path.of(language.command().getFirst());
            if (!Files.isExecutable(program)) {
                lacks.add(language.id() + " cannot run: " + program + " is missing");
            }
        }
        Isolation.Strength strength = lacks.isEmpty() ? Isolation.Strength.FULL : Isolation.Strength.PARTIAL;
        return new Isolation(strength, holds, lacks);
    }
}
