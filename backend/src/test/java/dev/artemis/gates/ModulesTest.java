package dev.artemis.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ImportOption;
import dev.artemis.ArtemisApplication;
import dev.artemis.gates.samples.modules.SampleApplication;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.core.Violations;

/** The walls between modules, as their package-infos declare them. */
class ModulesTest {

    @Test
    void everyModuleCallsOnlyWhomItMay() {
        ApplicationModules modules = ApplicationModules.of(ArtemisApplication.class);

        assertThat(modules).hasSizeGreaterThan(8);
        modules.verify();
    }

    @Test
    void aWallThatIsClimbedIsSeen() {
        ApplicationModules modules =
                ApplicationModules.of(SampleApplication.class, new ImportOption.OnlyIncludeTests());

        assertThatThrownBy(modules::verify).isInstanceOf(Violations.class);
    }
}
