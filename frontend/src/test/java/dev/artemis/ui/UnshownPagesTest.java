package dev.artemis.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import dev.artemis.OnDatabase;
import dev.artemis.access.Members;
import dev.artemis.access.Users;
import dev.artemis.shared.Role;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import dev.artemis.ui.parts.EmptyState;
import dev.artemis.ui.parts.Link;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestConstructor;

/** Pages that somebody may not see, and pages that could not be made. */
@OnDatabase
@ExtendWith(OutputCaptureExtension.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class UnshownPagesTest extends AtThePages {

    private static final Pattern INCIDENT = Pattern.compile("please report incident ([0-9a-f]{8})\\.");

    UnshownPagesTest(Tenants tenants, Users users, Members members) {
        super(tenants, users, members);
    }

    @Test
    void whatIsNotForARoleSaysWhoCanChangeThat() {
        Tenant team = aTeam();
        signIn(aMember(team, Role.VIEWER), null);

        open(Paths.audit(team.slug()));

        assertThat(find(RefusedView.class).exists()).isTrue();
        assertThat(heading()).isEqualTo("Not for this role");
        assertThat(title()).isEqualTo("Not for this role · Artemis");
        assertThat(said())
                .contains("Your role does not include this page", "An owner of the team can give you another");
        assertThat(wayHome()).isEmpty();
    }

    @Test
    void whatAFaultOfOursKeepsFromBeingShownHasTheNumberUnderWhichItIsFound(CapturedOutput log) {
        Tenant team = aTeam();
        signIn(aMember(team, Role.OWNER), null);
        var broken = new AtomicBoolean(true);
        UI.getCurrent().addBeforeEnterListener(event -> {
            if (broken.getAndSet(false)) {
                event.rerouteToError(new IllegalStateException("jdbc:secret-host"), "secret");
            }
        });

        open(Paths.projects(team.slug()));

        assertThat(find(FailedView.class).exists()).isTrue();
        assertThat(heading()).isEqualTo("Something went wrong");
        assertThat(title()).isEqualTo("Something went wrong · Artemis");
        Matcher incident = INCIDENT.matcher(said());
        assertThat(incident.find()).as(said()).isTrue();
        assertThat(said()).doesNotContain("secret");
        assertThat(log.getOut()).contains("incident=" + incident.group(1), "jdbc:secret-host");
        assertThat(wayHome()).isEmpty();
    }

    /** Of the browser's window. */
    private static String title() {
        return UI.getCurrent().getInternals().getTitle();
    }

    private String said() {
        return find(EmptyState.class).single().getElement().getTextRecursively();
    }

    /** Where one goes on. */
    private String wayHome() {
        return find(Link.class).withText("Back to the start").single().getHref();
    }
}
