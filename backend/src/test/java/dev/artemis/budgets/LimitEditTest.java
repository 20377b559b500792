package dev.artemis.budgets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.artemis.shared.Problem;
import dev.artemis.shared.Usd;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitEditTest {

    private static final Limits SEEN = Limits.of(Usd.of("5"), Usd.of("50"));

    @Test
    void whatIsNotTouchedStaysAsAnotherSetIt() {
        var edit = new LimitEdit(SEEN, Limits.of(Usd.of("6"), Usd.of("50")));
        var now = new Limits(Usd.of("5"), null, List.of(BigDecimal.TEN));

        assertThat(edit.onto(now)).isEqualTo(new Limits(Usd.of("6"), null, List.of(BigDecimal.TEN)));
    }

    @Test
    void whatTwoTouchIsRefused() {
        var edit = new LimitEdit(SEEN, Limits.of(null, Usd.of("50")));

        assertThatThrownBy(() -> edit.onto(Limits.of(Usd.of("7"), Usd.of("50"))))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("limits-changed"));
        assertThat(edit.onto(Limits.of(null, Usd.of("50"))))
                .as("both wanted the same")
                .isEqualTo(Limits.of(null, Usd.of("50")));
    }

    @Test
    void reversedTakesOnesOwnChangeBackAlone() {
        var edit = new LimitEdit(SEEN, Limits.of(Usd.of("6"), Usd.of("50")));

        assertThat(edit.reversed().onto(Limits.of(Usd.of("6"), Usd.of("70"))))
                .isEqualTo(Limits.of(Usd.of("5"), Usd.of("70")));
    }
}
