package dev.artemis.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.artemis.ArtemisApplication;
import dev.artemis.gates.samples.modules.SampleApplication;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.core.Violations;

/** The walls between modules, as their package-infos declare them. */
class ModulesTest {

    /** The module "db" of the build is a library to this one; Maven keeps its walls. */
    static final DescribedPredicate<JavaClass> THE_SCHEMAS_JAR =
            JavaClass.Predicates.resideInAPackage("dev.artemis.db..");

    @Test
    void everyModuleCallsOnlyWhomItMay() {
        ApplicationModules modules = ApplicationModules.of(ArtemisApplication.class, THE_SCHEMAS_JAR);

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
