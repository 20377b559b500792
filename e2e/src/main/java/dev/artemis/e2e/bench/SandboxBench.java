package dev.artemis.e2e.bench;

import dev.artemis.e2e.Instance;
import dev.artemis.e2e.Runs;
import dev.artemis.e2e.Teams;
import dev.artemis.e2e.Teams.Team;
import dev.artemis.e2e.TemporaryHome;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/** Runs of the smallest Python program, from submission to result, in the local sandbox. */
final class SandboxBench {

    private SandboxBench() {}

    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        try (TemporaryHome home = TemporaryHome.create();
                Instance instance = Instance.start(home.path())) {
            System.out.println("Sandbox: print(\"hello\") by POST /runs until its result is there, "
                    + Runtime.getRuntime().availableProcessors() + " processors");
            Team team = Teams.create(instance);
            System.out.println("warming  " + Load.of(2, 10, () -> run(team)));
            boolean right = true;
            for (int workers : new int[] {1, 4, 16}) {
                Load load = Load.of(workers, 96 / workers, () -> run(team));
                System.out.println("measured " + load);
                right &= load.answers().keySet().equals(Set.of(200));
            }
            if (!right) {
                throw new IllegalStateException("not what was expected");
            }
        }
    }

    /** 200 for the right result, 500 for any other. */
    private static int run(Team team) {
        var run = Runs.await(team.api(), Runs.PRINT_HELLO);
        return run.get("stdout").asString().equals("hello\n") ? 200 : 500;
    }
}
