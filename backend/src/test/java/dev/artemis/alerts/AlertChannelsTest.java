package dev.artemis.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.budgets.TestTeam;
import dev.artemis.mail.Tongue;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import dev.artemis.tenants.Tenants;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.json.JsonMapper;

@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class AlertChannelsTest {

    private static final Caller TEST = new Caller.Platform("test");
    private static final String TARGET = "ada@example.org";

    private final AlertChannels channels;
    private final TenantId team;

    AlertChannelsTest(MockMvcTester mvc, JsonMapper json, Tenants tenants, AlertChannels channels) {
        this.channels = channels;
        this.team = tenants.named(new Slug(TestTeam.fresh(mvc, json).slug())).id();
    }

    @RepeatedTest(5)
    void ofSeveralThatAddAnAddressOrPutItBackAtOneMomentOneDoes() throws InterruptedException, ExecutionException {
        AlertChannel removed = channels.add(TEST, team, AlertChannel.Kind.EMAIL, TARGET, Tongue.ENGLISH)
                .channel();
        channels.remove(TEST, team, removed.id());
        var together = new CyclicBarrier(4);

        List<String> ends = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> all = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                all.add(threads.submit(() -> end(
                        together, () -> channels.add(TEST, team, AlertChannel.Kind.EMAIL, TARGET, Tongue.ENGLISH))));
                all.add(threads.submit(() -> end(together, () -> channels.putBack(TEST, team, removed.id()))));
            }
            for (Future<String> one : all) {
                ends.add(one.get());
            }
        }

        assertThat(channels.all(team)).hasSize(1);
        assertThat(ends).containsOnlyOnce("done");
        // whoever puts back what another put back finds nothing that is removed
        assertThat(ends).filteredOn(end -> !end.equals("done")).isSubsetOf("409", "404");
    }

    private static String end(CyclicBarrier together, Runnable change) throws Exception {
        together.await();
        try {
            change.run();
            return "done";
        } catch (Problem problem) {
            return Integer.toString(problem.status());
        }
    }
}
