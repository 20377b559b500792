package dev.artemis.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.shared.TenantId;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A closed month is sealed with its lines in their order, which must not hang on the language of a database. */
class CostSqlTest {

    private static final CostQuery QUERY = new CostQuery(
            new TenantId(new UUID(0, 1)),
            null,
            new Span.Days(LocalDate.of(2026, 10, 1), LocalDate.of(2026, 11, 1)),
            List.of(Dimension.DAY, Dimension.PROJECT, Dimension.STAGE, Dimension.CARD));

    @Test
    void textsAreSortedByCodePoints() {
        assertThat(order(TextOrder.CODE_POINTS))
                .isEqualTo("sums.day, p.slug collate \"C\", coalesce(l_stage.text, '') collate \"C\","
                        + " coalesce(l_card.text, '') collate \"C\"");
        assertThat(CostSql.of(QUERY).sql())
                .isEqualTo(CostSql.of(QUERY, TextOrder.CODE_POINTS).sql());
    }

    @Test
    void orAsTheDatabaseSortsForMonthsThatWereSealedSo() {
        assertThat(order(TextOrder.DATABASE))
                .isEqualTo("sums.day, p.slug, coalesce(l_stage.text, ''), coalesce(l_card.text, '')");
    }

    private static String order(TextOrder texts) {
        String sql = CostSql.of(QUERY, texts).sql();
        return sql.substring(sql.lastIndexOf("order by ") + "order by ".length());
    }
}
