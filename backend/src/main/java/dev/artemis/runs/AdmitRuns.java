package dev.artemis.runs;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.sandbox.RunRef;
import dev.artemis.shared.RunId;
import dev.artemis.shared.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Takes the next runs from the queue for one worker. */
@Component
class AdmitRuns {

    private static final Logger log = LoggerFactory.getLogger(AdmitRuns.class);

    /** Some of their runs may be taken by another worker meanwhile. */
    private static final int TEAMS_PER_SLOT = 2;

    private static final int WIDER = 16;

    /** Of a project at the first look: where many teams wait few of each come first. */
    private static final int RUNS_EACH = 8;

    private final RunQueue queue;
    private final TenantTransactions transactions;
    private final FairAdmission fairness;
    private final FullTeams fullTeams;

    AdmitRuns(RunQueue queue, TenantTransactions transactions, RunSettings settings, FullTeams fullTeams) {
        this.queue = queue;
        this.transactions = transactions;
        this.fullTeams = fullTeams;
        this.fairness = new FairAdmission(settings.capacity());
    }

    /**
     * What came of a look at the queue.
     *
     * @param runs that were taken
     * @param outrun whether others took a part of what was chosen meanwhile: there may be more
     */
    record Admitted(List<RunRef> runs, boolean outrun) {}

    /**
     * Takes up to that many runs. On return they are SUBMITTING with attempt and fencing token, and that is committed:
     * whatever happens to the worker now, the attempt is known.
     */
    Admitted admit(UUID worker, String backend, int slots) {
        Admitted admitted = transactions.acrossTenants(() -> {
            // 1. What waits, and what its teams hold; decide, without a lock.
            List<RunId> chosen = chosen(slots);
            // 2. Take what nobody else took meanwhile; limits are looked at once more under lock.
            List<RunRef> taken = chosen.isEmpty() ? List.of() : queue.claim(chosen, worker, backend);
            return new Admitted(taken, taken.size() < chosen.size());
        });
        admitted.runs().forEach(run -> fullTeams.taken(run.tenant()));
        admitted.runs().forEach(run -> log.info("Run claimed, run={} attempt={}", run.run(), run.attempt()));
        return admitted;
    }

    /** What they hold, and how much more of it this worker's sandbox may have room for. */
    private Map<TenantId, FairAdmission.InUse> teams(RunQueue.Waiting waiting) {
        return waiting.teams().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, team -> team.getValue().atMost(fullTeams.room(team.getKey()))));
    }

    /**
     * The teams that use least first; more of them where those may not have what waits, and more of each project's runs
     * where all that were seen are chosen.
     */
    private List<RunId> chosen(int slots) {
        FairAdmission.Shared shared = queue.shared(slots);
        long teams = (long) slots * TEAMS_PER_SLOT;
        int each = Math.min(slots, RUNS_EACH);
        while (true) {
            RunQueue.Waiting waiting = queue.waiting(teams, each);
            FairAdmission.Choice choice = fairness.choose(waiting.runs(), teams(waiting), waiting.rooms(), shared);
            boolean moreTeams = teams < waiting.teamsWaiting();
            boolean moreOfEach = each < slots && hasUsedUp(waiting, choice, each);
            if (choice.runs().size() == slots || choice.kept() || !moreTeams && !moreOfEach) {
                return choice.runs();
            }
            teams = moreTeams ? Math.min(waiting.teamsWaiting(), teams * WIDER) : teams;
            each = moreOfEach ? Math.min(slots, each * WIDER) : each;
        }
    }

    /** Whether a project has as many runs there as were asked for, and all of them are chosen. */
    private static boolean hasUsedUp(RunQueue.Waiting waiting, FairAdmission.Choice choice, int each) {
        Set<RunId> chosen = Set.copyOf(choice.runs());
        return waiting.runs().stream()
                .filter(run -> chosen.contains(run.run()))
                .collect(Collectors.groupingBy(FairAdmission.Waiting::project, Collectors.counting()))
                .containsValue((long) each);
    }
}
