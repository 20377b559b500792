package dev.artemis.gates;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.springframework.transaction.TransactionManager;

/** What the compiler and the module test do not see. */
final class HouseRules {

    static final ArchRule DEPENDENCIES_COME_THROUGH_THE_CONSTRUCTOR =
            GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION.allowEmptyShould(true);

    /** Time is a {@code Clock} that is handed in. One class makes ids from the system's time and says why. */
    static final ArchRule NOBODY_ASKS_THE_SYSTEM_FOR_THE_TIME = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.artemis.shared.TimeOrderedIds")
            .should(askTheSystemForTheTime())
            .allowEmptyShould(true);

    static final ArchRule MONEY_IS_EXACT = classes()
            .that()
            .resideInAnyPackage(
                    "..shared..",
                    "..ledger..",
                    "..budgets..",
                    "..prices..",
                    "..reports..",
                    "..chargeback..",
                    "..reconciliation..",
                    "..statements..",
                    "..exports..",
                    "..alerts..")
            .and()
            .haveNameNotMatching(".*[.]Pdf[^.]*") // places on paper are binary
            .should(haveNothingBinary())
            .allowEmptyShould(true);

    static final ArchRule NO_DECIMAL_IS_MADE_OF_A_BINARY_NUMBER = noClasses()
            .should()
            .callConstructor(BigDecimal.class, double.class)
            .orShould()
            .callMethod(BigDecimal.class, "valueOf", double.class)
            .allowEmptyShould(true);

    /** A name says what a thing is. What extends Spring's own manager of transactions is one. */
    static final ArchRule NAMES_SAY_SOMETHING = noClasses()
            .that(not(assignableTo(TransactionManager.class)))
            .should()
            .haveNameMatching(".*(Impl|Manager|Utils?|Helper|Base)$")
            .allowEmptyShould(true);

    static final ArchRule THE_BACKEND_KNOWS_NO_PAGES = noClasses()
            .that()
            .resideOutsideOfPackage("dev.artemis.ui..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.vaadin..")
            .allowEmptyShould(true);

    static final ArchRule NULL_IS_DECLARED = classes()
            .that(not(simpleName("package-info")))
            .should(new ArchCondition<>("be in a package that is @NullMarked") {
                @Override
                public void check(JavaClass checked, ConditionEvents events) {
                    if (!checked.getPackage().isAnnotatedWith(NullMarked.class)) {
                        events.add(SimpleConditionEvent.violated(
                                checked, checked.getPackageName() + " has no package-info with @NullMarked"));
                    }
                }
            })
            .allowEmptyShould(true);

    static final Map<String, ArchRule> ALL = Map.of(
            "dependencies come through the constructor", DEPENDENCIES_COME_THROUGH_THE_CONSTRUCTOR,
            "nobody asks the system for the time", NOBODY_ASKS_THE_SYSTEM_FOR_THE_TIME,
            "money is exact", MONEY_IS_EXACT,
            "no decimal is made of a binary number", NO_DECIMAL_IS_MADE_OF_A_BINARY_NUMBER,
            "names say something", NAMES_SAY_SOMETHING,
            "the backend knows no pages", THE_BACKEND_KNOWS_NO_PAGES,
            "null is declared", NULL_IS_DECLARED);

    private static final Set<String> BINARY = Set.of("double", "float", "java.lang.Double", "java.lang.Float");

    private HouseRules() {}

    private static ArchCondition<JavaClass> askTheSystemForTheTime() {
        return new ArchCondition<>("ask the system for the time") {
            @Override
            public void check(JavaClass checked, ConditionEvents events) {
                for (JavaAccess<?> access : checked.getAccessesFromSelf()) {
                    if (access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget target && isClockless(target)) {
                        events.add(SimpleConditionEvent.satisfied(checked, access.getDescription()));
                    }
                }
            }
        };
    }

    private static boolean isClockless(AccessTarget.CodeUnitAccessTarget target) {
        boolean now = target.getOwner().getPackageName().equals("java.time")
                && target.getName().equals("now")
                && target.getRawParameterTypes().stream().noneMatch(type -> type.isEquivalentTo(Clock.class));
        boolean millis = target.getOwner().isEquivalentTo(System.class)
                && target.getName().equals("currentTimeMillis");
        return now || millis;
    }

    private static ArchCondition<JavaClass> haveNothingBinary() {
        return new ArchCondition<>("have no double and no float") {
            @Override
            public void check(JavaClass checked, ConditionEvents events) {
                for (JavaField field : checked.getFields()) {
                    report(field.getFullName(), List.of(field.getRawType()), checked, events);
                }
                for (JavaCodeUnit unit : checked.getCodeUnits()) {
                    report(unit.getFullName(), unit.getRawParameterTypes(), checked, events);
                    report(unit.getFullName(), List.of(unit.getRawReturnType()), checked, events);
                }
            }
        };
    }

    private static void report(String what, List<JavaClass> types, JavaClass checked, ConditionEvents events) {
        if (types.stream().anyMatch(type -> BINARY.contains(type.getName()))) {
            events.add(SimpleConditionEvent.violated(checked, what + " is a binary number"));
        }
    }
}
