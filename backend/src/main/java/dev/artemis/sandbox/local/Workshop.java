package dev.artemis.sandbox.local;

import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.sandbox.runner.Nonce;
import dev.artemis.sandbox.runner.RunnerJob;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Where sandboxes are made: the folder with the runner, the cgroups, the user ids. */
final class Workshop implements AutoCloseable {

    /** The runner's own memory beside its two output rings and the job. */
    private static final long RUNNER_BYTES = 6L * 1024 * 1024;
    /** After the wall clock the runner has this long to end all and to tell. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    private final PrivateFolder folder;
    private final Bubblewrap bubblewrap;
    private final Cgroups cgroups;
    private final Optional<UserIds> users;

    private Workshop(PrivateFolder folder, Bubblewrap bubblewrap, Cgroups cgroups, Optional<UserIds> users) {
        this.folder = folder;
        this.bubblewrap = bubblewrap;
        this.cgroups = cgroups;
        this.users = users;
    }

    static Workshop open(LocalSandboxSettings settings) throws IOException {
        PrivateFolder folder = PrivateFolder.create(settings.folder());
        boolean root = ServerProcess.userId() == 0;
        Optional<UserIds> users =
                root ? Optional.of(new UserIds(settings.firstUserId(), settings.userIds())) : Optional.empty();
        return new Workshop(folder, new Bubblewrap(settings.bubblewrap(), folder), cgroups(settings), users);
    }

    private static Cgroups cgroups(LocalSandboxSettings settings) {
        return switch (settings.cgroups()) {
            case AUTO -> Cgroups.ofThisMachine();
            case OFF -> new NoCgroups();
        };
    }

    Cgroups cgroups() {
        return cgroups;
    }

    boolean changesUser() {
        return users.isPresent();
    }

    /** A place for one run; empty when all user ids are taken. */
    Optional<Place> place() {
        if (users.isEmpty()) {
            return Optional.of(new Place(OptionalInt.empty()));
        }
        OptionalInt id = users.get().take();
        return id.isPresent() ? Optional.of(new Place(id)) : Optional.empty();
    }

    byte[] job(RunRef run, SandboxSpec spec, Nonce nonce) {
        RunnerJob.HeldBy memory = cgroups.holdMemory() ? RunnerJob.HeldBy.KERNEL : RunnerJob.HeldBy.RUNNER;
        return new RunnerJob(
                        run,
                        spec,
                        Optional.of(nonce),
                        Bubblewrap.WORK_FOLDER,
                        memory,
                        RunnerJob.HeldBy.KERNEL,
                        spec.limits().outputBytes(),
                        Optional.empty(),
                        List.of())
                .encode();
    }

    /** Clears up after a launcher that was killed from outside: it could not do so itself, nor tell what was counted. */
    Measured clearUpAfter(RunRef run) {
        Measured measured = cgroups.measured(cgroup(run));
        cgroups.release(cgroup(run));
        return measured;
    }

    private static String cgroup(RunRef run) {
        return run.name() + "." + run.fencingToken();
    }

    @Override
    public void close() throws IOException {
        cgroups.close();
        folder.close();
    }

    /** One run's user id, given back when it is closed. */
    final class Place implements AutoCloseable {

        private final OptionalInt user;

        private Place(OptionalInt user) {
            this.user = user;
        }

        /** Starts the launcher. Its environment is empty: a sandbox's first process shows what it was started with. */
        Process launch(RunRef run, SandboxSpec spec, int jobBytes) throws IOException {
            folder.mend();
            long overhead = RUNNER_BYTES + spec.limits().outputBytes() + jobBytes;
            Held held = cgroups.hold(cgroup(run), spec.limits(), overhead);
            List<String> words = new ArrayList<>(List.of(folder.runner().toString(), "launch"));
            words.addAll(held.launcher());
            user.ifPresent(id -> words.addAll(List.of("--uid", Integer.toString(id))));
            Duration deadline = spec.limits().wallTimeout().plus(GRACE);
            words.addAll(List.of("--deadline-ms", Long.toString(deadline.toMillis()), "--"));
            words.addAll(bubblewrap.command(spec.limits()));
            words.addAll(held.runner());
            ProcessBuilder builder =
                    new ProcessBuilder(words).directory(Path.of("/").toFile());
            builder.environment().clear();
            return builder.start();
        }

        @Override
        public void close() {
            user.ifPresent(id -> users.ifPresent(all -> all.giveBack(id)));
        }
    }
}
