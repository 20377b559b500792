package dev.artemis.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.server.StreamResourceRegistry;
import com.vaadin.flow.server.VaadinService;
import com.vaadin.flow.server.VaadinServletRequest;
import com.vaadin.flow.server.VaadinServletResponse;
import com.vaadin.flow.server.VaadinServletService;
import com.vaadin.flow.server.VaadinSession;
import dev.artemis.OnDatabase;
import dev.artemis.access.Members;
import dev.artemis.access.Users;
import dev.artemis.exports.Export;
import dev.artemis.exports.ExportFormat;
import dev.artemis.exports.ExportProgress;
import dev.artemis.exports.Exports;
import dev.artemis.exports.ReportPart;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Role;
import dev.artemis.shared.Slug;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import dev.artemis.ui.costs.CostPeriod;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.TestConstructor;

/** Large files wait for each other, and the page says how far they are. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class FilesThatWaitTest extends AtThePages {

    private final Projects projects;
    private final Exports exports;
    private final Clock clock;

    FilesThatWaitTest(Tenants tenants, Users users, Members members, Projects projects, Exports exports, Clock clock) {
        super(tenants, users, members);
        this.projects = projects;
        this.exports = exports;
        this.clock = clock;
    }

    @Test
    void whoWaitsSeesHowManyComeBeforeAndThenThatItIsFinished() throws Exception {
        Tenant team = aTeam();
        projects.create(team.id(), new Slug("shop"), "Shop");
        signIn(aMember(team, Role.FINANCE), null);
        open(Paths.costs(team.slug()));
        Callable<Boolean> asked = asked();
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> other = threads.submit(() -> exports.write(aFile(team), new ExportProgress(), held(begun, end)));
            Future<Boolean> file;
            try {
                assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
                file = threads.submit(asked);
                awaitSaid("CSV: waits, 1 before it");
            } finally {
                end.countDown();
            }
            other.get();
            assertThat(file.get()).isTrue();
            awaitSaid("CSV: finished, 0 rows");
        }
    }

    private Export aFile(Tenant team) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), team.timeZone());
        return new Export(
                ExportFormat.CSV,
                List.of(new ReportPart(team, null, CostPeriod.monthOf(today).span())));
    }

    /** Says when its first byte came, and keeps its writer until it may go on. */
    private static OutputStream held(CountDownLatch begun, CountDownLatch end) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                begun.countDown();
                try {
                    end.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        };
    }

    /** What a browser does that follows the link. */
    private Callable<Boolean> asked() {
        Anchor link = find(Anchor.class).withText("CSV").single();
        var service = (VaadinServletService) VaadinService.getCurrent();
        VaadinSession session = VaadinSession.getCurrent();
        var handler = session.getResourceRegistry()
                .getResource(StreamResourceRegistry.ElementStreamResource.class, URI.create(link.getHref()))
                .orElseThrow()
                .getElementRequestHandler();
        return () -> {
            var answer = new MockHttpServletResponse();
            handler.handleRequest(
                    new VaadinServletRequest(new MockHttpServletRequest(), service),
                    new VaadinServletResponse(answer, service),
                    session,
                    link.getElement());
            return answer.getContentAsString().startsWith("date,tenant,project");
        };
    }

    /** What is said comes with the session's lock, which a test has: whoever looks for a component lets it go. */
    private void awaitSaid(String wanted) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!said().contains(wanted)) {
            assertThat(System.nanoTime()).as(said().toString()).isLessThan(deadline);
        }
    }

    private List<String> said() {
        return find(Paragraph.class).all().stream().map(Paragraph::getText).toList();
    }
}
