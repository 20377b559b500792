package dev.artemis.prices;

import dev.artemis.persistence.TenantTransactions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/**
 * The prices that come with the software ({@code prices/shipped.json}, in the community's form). A model that the
 * catalogue has in any version is left alone, so that a start changes nothing that an administrator decided.
 */
@Component
class ShippedPrices {

    private static final Resource LIST = new ClassPathResource("prices/shipped.json");

    private final CatalogueRows rows;
    private final TenantTransactions transactions;
    private final Clock clock;

    ShippedPrices(CatalogueRows rows, TenantTransactions transactions, Clock clock) {
        this.rows = rows;
        this.transactions = transactions;
        this.clock = clock;
    }

    void write() {
        List<CommunityList.Entry> shipped = read();
        if (missing(shipped, rows.load()).isEmpty()) {
            return;
        }
        transactions.acrossTenants(() -> {
            rows.nextVersion();
            // again behind the lock: another instance may have started at the same moment
            return rows.insert(missing(shipped, rows.load()), clock.instant(), "Artemis");
        });
    }

    private static List<CatalogueRows.Draft> missing(List<CommunityList.Entry> shipped, Catalogue known) {
        List<CatalogueRows.Draft> drafts = new ArrayList<>();
        Set<Catalogue.Key> seen = new HashSet<>();
        for (CommunityList.Entry entry : shipped) {
            if (entry.price() instanceof ListedPrice.Readable(var key, var tariff, var doubts)
                    && known.history(key).isEmpty()
                    && seen.add(key)) {
                drafts.add(new CatalogueRows.Draft(
                        key.provider(), key.model(), tariff, Prices.SINCE_EVER, null, false, Price.Source.SHIPPED));
            }
        }
        return drafts;
    }

    private static List<CommunityList.Entry> read() {
        try (InputStream list = LIST.getInputStream()) {
            return new CommunityList().read(list);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
