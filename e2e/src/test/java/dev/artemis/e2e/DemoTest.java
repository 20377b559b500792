package dev.artemis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What {@code ./artemis up --demo} fills a platform with, on whichever day of the week and hour. */
@Tag("slow")
@ExtendWith(Demo.Shared.class)
class DemoTest {

    private final Api admin;

    DemoTest(Demo demo) {
        this.admin = demo.instance().admin();
    }

    @Test
    void hasATeamThatIsEmptyOneThatIsBusyAndOneOverItsBudget() {
        assertThat(admin.get("admin/tenants").expect(200).json().findValuesAsString("slug"))
                .filteredOn(slug -> !slug.equals(FurnishedTeam.SLUG))
                .containsExactlyInAnyOrder("empty", "busy", "over-budget");
        assertThat(admin.get("admin/tenants/empty/projects").expect(200).json().get("items"))
                .isEmpty();
        assertThat(windows("busy"))
                .hasSize(2)
                .allMatch(window -> amount(window, "spent").signum() > 0
                        && amount(window, "spent").compareTo(amount(window, "limit")) < 0);
        assertThat(windows("over-budget"))
                .hasSize(2)
                .allMatch(window -> amount(window, "spent").compareTo(amount(window, "limit")) > 0);
    }

    @Test
    void hasCostsInEveryMonthOfAYear() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);

        JsonNode costs = admin.with("Artemis-Project", "busy/shop")
                .get("costs?group_by=month&from=" + today.minusMonths(11).withDayOfMonth(1) + "&to="
                        + today.plusDays(1))
                .expect(200)
                .json();

        assertThat(costs.get("items")).hasSize(12);
    }

    private List<JsonNode> windows(String team) {
        return admin.get("admin/tenants/" + team + "/budget")
                .expect(200)
                .json()
                .get("windows")
                .valueStream()
                .toList();
    }

    private static BigDecimal amount(JsonNode window, String field) {
        return new BigDecimal(window.get(field).asString());
    }
}
