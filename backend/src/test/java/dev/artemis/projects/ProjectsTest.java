package dev.artemis.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.artemis.OnDatabase;
import dev.artemis.shared.Slug;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;

@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class ProjectsTest {

    private static final AtomicInteger count = new AtomicInteger();

    private final Tenants tenants;
    private final Projects projects;

    ProjectsTest(Tenants tenants, Projects projects) {
        this.tenants = tenants;
        this.projects = projects;
    }

    @Test
    void aProjectBelongsToItsTeamAlone() {
        Tenant mine = aTenant();
        Tenant theirs = aTenant();
        Project project = projects.create(mine.id(), new Slug("shop"), "Shop");

        assertThat(projects.all(mine.id())).containsExactly(project);
        assertThat(projects.all(theirs.id())).isEmpty();
        assertThat(projects.find(theirs.id(), project.id())).isEmpty();
    }

    @Test
    void twoTeamsMayUseTheSameSlugButOneTeamMayNotTwice() {
        Tenant mine = aTenant();
        projects.create(mine.id(), new Slug("shop"), "Shop");
        projects.create(aTenant().id(), new Slug("shop"), "Shop");

        assertThatThrownBy(() -> projects.create(mine.id(), new Slug("shop"), "Again"))
                .hasMessageContaining("already");
    }

    private Tenant aTenant() {
        return tenants.create(new Slug("team-" + count.incrementAndGet()), "Team", ZoneId.of("Europe/Berlin"));
    }
}
