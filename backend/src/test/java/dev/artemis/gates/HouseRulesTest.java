package dev.artemis.gates;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.EvaluationResult;
import dev.artemis.gates.samples.AsksTheSystem;
import dev.artemis.gates.samples.BinaryDecimal;
import dev.artemis.gates.samples.InjectedField;
import dev.artemis.gates.samples.KnowsPages;
import dev.artemis.gates.samples.MoneyUtil;
import dev.artemis.gates.samples.ledger.BinaryMoney;
import dev.artemis.gates.samples.unmarked.Unmarked;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class HouseRulesTest {

    private static final JavaClasses ours = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.artemis");

    static final Map<String, Class<?>> SAMPLES = Map.of(
            "dependencies come through the constructor", InjectedField.class,
            "nobody asks the system for the time", AsksTheSystem.class,
            "money is exact", BinaryMoney.class,
            "no decimal is made of a binary number", BinaryDecimal.class,
            "names say something", MoneyUtil.class,
            "the backend knows no pages", KnowsPages.class,
            "null is declared", Unmarked.class);

    static final java.util.Set<String> NAMES = HouseRules.ALL.keySet();

    @ParameterizedTest
    @FieldSource("NAMES")
    void weKeepTheRule(String name) {
        EvaluationResult result =
                Objects.requireNonNull(HouseRules.ALL.get(name)).evaluate(ours);

        assertThat(result.getFailureReport().getDetails()).as(name).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void theRuleCanFail(String name) {
        JavaClasses sample = new ClassFileImporter().importClasses(Objects.requireNonNull(SAMPLES.get(name)));

        assertThat(Objects.requireNonNull(HouseRules.ALL.get(name))
                        .evaluate(sample)
                        .hasViolation())
                .as(name)
                .isTrue();
    }

    @Test
    void theRulesSeeTheWholeHouse() {
        assertThat(ours).hasSizeGreaterThan(100);
        assertThat(SAMPLES.keySet()).isEqualTo(HouseRules.ALL.keySet());
    }
}
