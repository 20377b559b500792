package dev.artemis.ui.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.router.QueryParameters;
import dev.artemis.reports.Dimension;
import org.junit.jupiter.api.Test;

class DashboardQueryTest {

    @Test
    void whatIsUsualStandsNotInTheAddress() {
        DashboardQuery usual = DashboardQuery.of(QueryParameters.empty());

        assertThat(usual).isEqualTo(new DashboardQuery(null, DashboardQuery.Period.MONTH, Dimension.STAGE));
        assertThat(usual.parameters()).isEqualTo(QueryParameters.empty());
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        var query = new DashboardQuery("shop", DashboardQuery.Period.DAYS_30, Dimension.MODEL);

        assertThat(query.parameters().getQueryString().split("&"))
                .containsExactlyInAnyOrder("project=shop", "period=days-30", "by=model");
        assertThat(DashboardQuery.of(query.parameters())).isEqualTo(query);
    }

    @Test
    void nonsenseIsTheUsual() {
        assertThat(DashboardQuery.of(QueryParameters.fromString("period=never&by=tenant")))
                .isEqualTo(DashboardQuery.of(QueryParameters.empty()));
    }
}
