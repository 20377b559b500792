package dev.artemis.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.db.Database;
import dev.artemis.projects.Projects;
import dev.artemis.shared.TenantId;
import dev.artemis.tenants.Tenants;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;

@WorkerOnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class LeaveDepartedTest {

    private final LeaveDeparted leaveDeparted;
    private final SandboxInMemory sandbox;
    private final Database database;
    private final RunsFixture fixture;

    LeaveDepartedTest(
            LeaveDeparted leaveDeparted,
            SandboxInMemory sandbox,
            Database database,
            Tenants tenants,
            Projects projects) {
        this.leaveDeparted = leaveDeparted;
        this.sandbox = sandbox;
        this.database = database;
        this.fixture = new RunsFixture(tenants, projects);
    }

    @Test
    void whatIsKeptForATeamGoesOnceItIsErasedAndNoOther() throws SQLException {
        TenantId stays = fixture.aDeveloper().tenant();
        TenantId leaves = fixture.aDeveloper().tenant();
        // of another installation, perhaps: not ours to judge
        UUID unknown = UUID.randomUUID();
        sandbox.keepsFor(stays.value());
        sandbox.keepsFor(leaves.value());
        sandbox.keepsFor(unknown);

        leaveDeparted.leaveThoseThatLeft();
        assertThat(sandbox.tenants()).contains(stays.value(), leaves.value(), unknown);

        erase(leaves);
        leaveDeparted.leaveThoseThatLeft();

        assertThat(sandbox.tenants()).contains(stays.value(), unknown).doesNotContain(leaves.value());
    }

    private void erase(TenantId tenant) throws SQLException {
        try (Connection owner = DriverManager.getConnection(
                        database.owner().url(),
                        database.owner().username(),
                        database.owner().password());
                PreparedStatement update =
                        owner.prepareStatement("update artemis.tenants set erased_at = now() where tenant_id = ?")) {
            update.setObject(1, tenant.value());
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }
}
