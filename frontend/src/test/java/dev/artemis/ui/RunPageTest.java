package dev.artemis.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.dom.Element;
import dev.artemis.OnDatabase;
import dev.artemis.access.Members;
import dev.artemis.access.Users;
import dev.artemis.db.Database;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.runs.RunRequest;
import dev.artemis.runs.Runs;
import dev.artemis.runs.Submission;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Role;
import dev.artemis.shared.RunId;
import dev.artemis.shared.Scope;
import dev.artemis.shared.Slug;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import dev.artemis.ui.parts.Note;
import dev.artemis.ui.parts.OutputView;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;

/** What a run's page says of how it went. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class RunPageTest extends AtThePages {

    private final Projects projects;
    private final Runs runs;
    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final Database database;

    RunPageTest(
            Tenants tenants,
            Users users,
            Members members,
            Projects projects,
            Runs runs,
            TenantTransactions transactions,
            JdbcClient jdbc,
            Database database) {
        super(tenants, users, members);
        this.projects = projects;
        this.runs = runs;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.database = database;
    }

    @Test
    void outputThatWasCutSaysSoAndWhatWasKeptIsADownload() {
        Tenant team = aTeam();
        RunId run = aRun(team);
        transactions.inTenant(team.id(), () -> {
            jdbc.sql("""
                    update runs set status = 'SUCCEEDED', exit_code = 0, finished_at = now(), stdout_total = 3000000
                    where run_id = :run""").param("run", run.value()).update();
        });
        signIn(aMember(team, Role.VIEWER), null);

        open(Paths.run(team.slug(), new Slug("shop"), run));

        assertThat(remarks(find(OutputView.class).single()))
                .as("in the first answer, which nothing is waited for")
                .contains("\"stdout\":\"Shortened: the first and the last part of 2.9\u00a0MB were kept.\"");
        assertThat(find(Note.class).all()).hasSize(1);
        assertThat(find(Anchor.class).withText("Download").all())
                .extracting(link -> link.getElement().getAttribute("aria-label"))
                .containsExactly("Download: Output", "Download: Errors");
        assertThat(find(Anchor.class).withText("Download").all())
                .allSatisfy(link -> assertThat(link.getHref()).isNotBlank());
    }

    @Test
    void whatHappenedToAnEndedRunComesLaterWhereItCannotBeReadAtFirst() throws SQLException {
        Tenant team = aTeam();
        RunId run = aRun(team);
        transactions.inTenant(team.id(), () -> {
            jdbc.sql("update runs set status = 'SUCCEEDED', exit_code = 0, finished_at = now() where run_id = :run")
                    .param("run", run.value())
                    .update();
        });
        lastNews(run, "TORN");
        signIn(aMember(team, Role.VIEWER), null);

        open(Paths.run(team.slug(), new Slug("shop"), run));

        assertThat(heading()).startsWith("Run ");
        assertThat(notes()).hasSize(2).anyMatch(note -> note.contains("could not be read just now"));
        lastNews(run, "QUEUED");
        awaitUntil(() -> notes().size() == 1);
        assertThat(notes()).noneMatch(note -> note.contains("could not be read just now"));
        assertThat(find(ListItem.class).all()).isNotEmpty();
    }

    /** The application's own role may not write over what happened. */
    private void lastNews(RunId run, String status) throws SQLException {
        try (Connection owner = DriverManager.getConnection(
                        database.owner().url(),
                        database.owner().username(),
                        database.owner().password());
                PreparedStatement writing =
                        owner.prepareStatement("update artemis.run_news set status = ? where run_id = ?")) {
            writing.setString(1, status);
            writing.setObject(2, run.value());
            assertThat(writing.executeUpdate()).isEqualTo(1);
        }
    }

    private List<String> notes() {
        return find(Note.class).all().stream()
                .map(note -> note.getElement().getTextRecursively())
                .toList();
    }

    @Test
    void codeThatIsNotItsLanguageSaysWhyAndWhereAndThatNobodyExcusesIt() {
        Tenant team = aTeam();
        RunId run = aBlockedRun(team, "x = 1\ndef f(:\n");
        signIn(aMember(team, Role.OWNER), null);

        open(Paths.run(team.slug(), new Slug("shop"), run));

        assertThat(text())
                .contains("Is not Python: a bracket is not closed.", "code-unparsable")
                .anyMatch(said -> said.startsWith("The code could not be read as the language that it claims to be"))
                .noneMatch(said -> said.contains("excuse the rules"));
        assertThat(buttons()).contains("Line 2");
    }

    @Test
    void theLargestFileStandsBesideWhatOneMayBe() {
        Tenant team = aTeam();
        RunId run = aRun(team);
        transactions.inTenant(team.id(), () -> {
            jdbc.sql("""
                    update runs set status = 'FAILED', exit_code = 1, finished_at = now(), max_file_bytes = 3145728, max_inodes = 1500,
                      memory_kills = 2
                    where run_id = :run""").param("run", run.value()).update();
        });
        signIn(aMember(team, Role.VIEWER), null);

        open(Paths.run(team.slug(), new Slug("shop"), run));

        assertThat(text()).contains("Largest file", "3\u00a0MB of 64\u00a0MB");
        assertThat(text()).contains("Number of files and folders", "1,500 of 65,536");
        assertThat(text()).contains("Processes", "not measured, at most 64");
        assertThat(text()).contains("Processes of it that the system ended for want of memory: 2");
    }

    @Test
    void aSecondAttemptStandsInTheTimelineWithWhyTheFirstWasNone() {
        Tenant team = aTeam();
        RunId run = aRun(team);
        transactions.inTenant(team.id(), () -> {
            jdbc.sql("""
                    insert into run_news (run_id, number, tenant_id, at, attempt, status, detail, kind)
                    select run_id, news + moved.number, tenant_id, now() + moved.number * interval '1 second', moved.attempt,
                      moved.status, moved.detail, 'STATUS'
                    from runs,
                      (values (1, 1, 'RUNNING', null), (2, 1, 'QUEUED', 'NODE_LOST'), (3, 2, 'RUNNING', null),
                        (4, 2, 'SUCCEEDED', null)) as moved (number, attempt, status, detail)
                    where run_id = :run""").param("run", run.value()).update();
            jdbc.sql("""
                    update runs set status = 'SUCCEEDED', exit_code = 0, attempt = 2, finished_at = now(), news = news + 4
                    where run_id = :run""").param("run", run.value()).update();
        });
        signIn(aMember(team, Role.VIEWER), null);

        open(Paths.run(team.slug(), new Slug("shop"), run));

        assertThat(timeline().subList(timeline().size() - 3, timeline().size()))
                .containsExactly(
                        "WaitingAttempt 1The machine that ran it was lost.1\u00a0s later",
                        "RunningAttempt 21\u00a0s later",
                        "SucceededAttempt 21\u00a0s later");
    }

    @Test
    void untilARunThatGoesOnIsHeardOfItsPageSaysThatItLoads() {
        Tenant team = aTeam();
        RunId run = aRun(team);
        transactions.inTenant(team.id(), () -> {
            jdbc.sql("update runs set status = 'RUNNING', worker_id = gen_random_uuid() where run_id = :run")
                    .param("run", run.value())
                    .update();
        });
        signIn(aMember(team, Role.VIEWER), null);

        open(Paths.run(team.slug(), new Slug("shop"), run));
        // what comes later comes with the session's lock, which a test has until it looks for something
        String first = loading();
        Note sentence = find(Note.class).single();

        assertThat(first).isEqualTo("Loading …");
        awaitUntil(() -> !timeline().isEmpty());
        assertThat(loading()).isEmpty();
        assertThat(find(Note.class).single())
                .as("the same words are not read out again")
                .isSameAs(sentence);
    }

    private String loading() {
        return UI.getCurrent().getInternals().getActiveRouterTargetsChain().stream()
                .map(Component.class::cast)
                .flatMap(view -> below(view.getElement()))
                .filter(element -> element.getText().equals("Loading …") && element.isVisible())
                .map(Element::getText)
                .findFirst()
                .orElse("");
    }

    private static Stream<Element> below(Element element) {
        return element.isTextNode()
                ? Stream.of()
                : Stream.concat(Stream.of(element), element.getChildren().flatMap(RunPageTest::below));
    }

    private List<String> timeline() {
        return find(OrderedList.class)
                .withCondition(list -> list.hasClassName("artemis-timeline"))
                .single()
                .getChildren()
                .map(line -> line.getElement().getTextRecursively())
                .toList();
    }

    @Test
    void findingsThatAreNotListedAreCounted() {
        Tenant team = aTeam();
        RunId run = aBlockedRun(team, "eval(1)\n".repeat(1_234));
        signIn(aMember(team, Role.OWNER), null);

        open(Paths.run(team.slug(), new Slug("shop"), run));

        assertThat(text()).contains("234 further findings are not listed; none of them says more than these.");
    }

    private static String remarks(OutputView output) {
        return String.valueOf(output.getElement().getPropertyRaw("notes"));
    }

    /** What is said in words: sentences and findings. */
    private List<String> text() {
        return Stream.concat(
                        find(Paragraph.class).all().stream().map(Paragraph::getText),
                        find(Span.class).all().stream().map(Span::getText))
                .toList();
    }

    private RunId aRun(Tenant team) {
        return ((Submission.Queued) runs.submit(callerOf(team), RunRequest.of("shell", "true")))
                .run()
                .summary()
                .id();
    }

    private RunId aBlockedRun(Tenant team, String code) {
        return ((Submission.Blocked) runs.submit(callerOf(team), RunRequest.of("python", code)))
                .run()
                .summary()
                .id();
    }

    private Caller.ForProject callerOf(Tenant team) {
        Project project = projects.create(team.id(), new Slug("shop"), "Shop");
        return new Caller.ForProject(
                team.id(), project.id(), null, null, EnumSet.allOf(Scope.class), "developer@example.org");
    }
}
