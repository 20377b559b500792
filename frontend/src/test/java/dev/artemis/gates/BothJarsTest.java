package dev.artemis.gates;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.artemis.ArtemisApplication;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The walls and the house rules over backend and pages together. That each can fail is shown in the backend. */
class BothJarsTest {

    /** The backend's tests are on this class path as a folder or as a jar, depending on how far the build went. */
    private static final ImportOption NO_TESTS =
            location -> !location.contains("-tests.jar") && new ImportOption.DoNotIncludeTests().includes(location);

    @Test
    void everyModuleCallsOnlyWhomItMay() {
        ApplicationModules modules = ApplicationModules.of(
                ArtemisApplication.class,
                location -> NO_TESTS.includes(location) && !location.contains("/dev/artemis/db/"));

        assertThat(modules.getModuleByName("ui")).isPresent();
        assertThat(modules.getModuleByName("budgets")).isPresent();
        modules.verify();
    }

    @Test
    void pagesKeepTheHouseRulesToo() {
        JavaClasses both = new ClassFileImporter().withImportOption(NO_TESTS).importPackages("dev.artemis");

        assertThat(both.contain("dev.artemis.ui.MainLayout")).isTrue();
        assertThat(both.contain("dev.artemis.budgets.Budgets")).isTrue();
        HouseRules.ALL.forEach((name, rule) -> assertThat(
                        rule.evaluate(both).getFailureReport().getDetails())
                .as(name)
                .isEmpty());
    }
}
