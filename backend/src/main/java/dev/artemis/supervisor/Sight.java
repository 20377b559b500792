package dev.artemis.supervisor;

import dev.artemis.runs.HeldRun;
import dev.artemis.sandbox.Live;
import dev.artemis.sandbox.RunRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What one sweep sees.
 *
 * @param backend the kind of this process's sandbox
 * @param live what that sandbox has
 * @param held what all workers hold, by the database
 * @param longestStart how long that sandbox lets a start take
 * @param longestRemoval how long that sandbox, here or of another worker, takes to remove what has ended
 * @param mayJudge whether silent workers had the time to be heard
 * @param longestBreak since the sweep before, beyond which nobody could look, and what is seen is seen for the first time
 */
record Sight(
        String backend,
        List<Live> live,
        List<HeldRun> held,
        Duration longestStart,
        Duration longestRemoval,
        boolean mayJudge,
        Duration longestBreak) {

    Map<RunRef, Live> liveByRef() {
        return live.stream().collect(Collectors.toMap(Live::run, Function.identity(), (one, same) -> one));
    }

    Set<RunRef> heldRefs() {
        return held.stream().map(HeldRun::ref).collect(Collectors.toSet());
    }
}
