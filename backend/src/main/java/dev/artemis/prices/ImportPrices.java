package dev.artemis.prices;

import dev.artemis.audit.Audit;
import dev.artemis.audit.Change;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Caller;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Takes a community list into the catalogue, all of it in one transaction. Models that the list no longer has stay as
 * they are. What looks wrong is left out and said; see {@link PriceSanity}.
 */
@Component
class ImportPrices {

    private final CatalogueRows rows;
    private final TenantTransactions transactions;
    private final Audit audit;
    private final Clock clock;

    ImportPrices(CatalogueRows rows, TenantTransactions transactions, Audit audit, Clock clock) {
        this.rows = rows;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    ImportReport take(Caller.Admin admin, List<CommunityList.Entry> list) {
        return transactions.acrossTenants(() -> {
            rows.nextVersion();
            Instant now = clock.instant();
            var intake = new Intake(rows.load(), now);
            list.forEach(intake::take);
            rows.end(intake.ended, now);
            rows.insert(intake.drafts, now, admin.name());
            ImportReport report = intake.report();
            audit.record(admin, new Change("prices.imported", null, "list", null, report));
            return report;
        });
    }

    /** One import under way: sorts each model of the list into one of the report's four. */
    private static final class Intake {

        private final Catalogue known;
        private final Instant now;
        private final List<CatalogueRows.Draft> drafts = new ArrayList<>();
        private final List<PriceId> ended = new ArrayList<>();
        private final Map<Catalogue.Key, Tariff> taken = new HashMap<>();
        private final List<ImportReport.Remark> flagged = new ArrayList<>();
        private final List<ImportReport.Remark> rejected = new ArrayList<>();
        private int imported;
        private int unchanged;

        Intake(Catalogue known, Instant now) {
            this.known = known;
            this.now = now;
        }

        void take(CommunityList.Entry entry) {
            switch (entry.price()) {
                case ListedPrice.Unreadable(String why) -> rejected.add(new ImportReport.Remark(entry.name(), why));
                case ListedPrice.Readable listed -> take(entry.name(), listed);
            }
        }

        private void take(String name, ListedPrice.Readable listed) {
            Tariff twin = taken.putIfAbsent(listed.key(), listed.tariff());
            if (twin != null) {
                if (twin.equals(listed.tariff())) {
                    unchanged++;
                } else {
                    flag(name, List.of("the list has the model twice with different prices: the first counts"));
                }
                return;
            }
            Optional<Price> inForce = known.inForce(listed.key(), now);
            PriceSanity.Judged judged = PriceSanity.judge(listed.tariff());
            List<String> doubts = new ArrayList<>(listed.doubts());
            doubts.addAll(judged.doubts());
            Tariff tariff = inForce.map(price -> withKnown(judged.tariff(), listed.tariff(), price.tariff()))
                    .orElse(judged.tariff());
            String kept = inForce.map(price -> whyKept(price, tariff)).orElse("");
            boolean same = inForce.map(price -> price.tariff().equals(tariff)).orElse(false);
            if (!kept.isEmpty()) {
                doubts.add(kept);
            } else if (!same) {
                put(listed.key(), tariff, inForce);
            }
            if (!doubts.isEmpty()) {
                flag(name, doubts);
            } else if (same) {
                unchanged++;
            } else {
                imported++;
            }
        }

        /** Why the price in force stays although the list says otherwise; empty where it does not stay. */
        private static String whyKept(Price inForce, Tariff listed) {
            if (inForce.tariff().equals(listed)) {
                return "";
            }
            if (inForce.source() == Price.Source.ADMIN) {
                return "an administrator set another price: kept";
            }
            if (inForce.isUsable() && PriceSanity.moved(inForce.tariff().basis(), listed.basis())) {
                return "moved more than 10 times: the price in force is kept";
            }
            return "";
        }

        private void put(Catalogue.Key key, Tariff tariff, Optional<Price> inForce) {
            inForce.ifPresent(price -> ended.add(price.id()));
            List<Price> history = known.history(key);
            // the first price that is known of a model counts for calls of the past too
            Instant from = history.isEmpty() ? Prices.SINCE_EVER : now;
            ChangePrices.Span span = ChangePrices.Span.fit(history, from, null);
            drafts.add(new CatalogueRows.Draft(
                    key.provider(), key.model(), tariff, span.from(), span.to(), false, Price.Source.IMPORTED));
        }

        private void flag(String name, List<String> doubts) {
            flagged.add(new ImportReport.Remark(name, String.join("; ", doubts)));
        }

        ImportReport report() {
            return new ImportReport(imported, unchanged, flagged, rejected);
        }

        /**
         * Completes what is listed by what is in force: a rate that was left out as wrong keeps its value; and while
         * input and output cost what they did, so does everything that the list says nothing about.
         */
        private static Tariff withKnown(Tariff judged, Tariff listed, Tariff known) {
            boolean sameBasis = judged.basis().input().equals(known.basis().input())
                    && judged.basis().output().equals(known.basis().output());
            List<RateTier> tiers = new ArrayList<>();
            for (RateTier tier : judged.tiers()) {
                Optional<RateTier> before = same(known, tier);
                Rates said = same(listed, tier).orElse(tier).rates();
                tiers.add(before.map(old -> completed(tier, said, old.rates(), sameBasis))
                        .orElse(tier));
            }
            for (RateTier old : known.tiers()) {
                boolean leftOut = same(listed, old).isPresent();
                if (same(judged, old).isEmpty() && (leftOut || sameBasis)) {
                    tiers.add(old);
                }
            }
            return new Tariff(tiers);
        }

        private static RateTier completed(RateTier tier, Rates said, Rates old, boolean sameBasis) {
            Rates rates = tier.rates();
            return new RateTier(
                    tier.service(),
                    tier.abovePromptTokens(),
                    new Rates(
                            rates.input(),
                            orKnown(rates.cacheRead(), said.cacheRead(), old.cacheRead(), sameBasis),
                            orKnown(rates.cacheWrite5m(), said.cacheWrite5m(), old.cacheWrite5m(), sameBasis),
                            orKnown(rates.cacheWrite1h(), said.cacheWrite1h(), old.cacheWrite1h(), sameBasis),
                            rates.output()));
        }

        private static Optional<RateTier> same(Tariff tariff, RateTier tier) {
            return tariff.tiers().stream()
                    .filter(other ->
                            other.service() == tier.service() && other.abovePromptTokens() == tier.abovePromptTokens())
                    .findFirst();
        }

        private static @Nullable BigDecimal orKnown(
                @Nullable BigDecimal kept, @Nullable BigDecimal said, @Nullable BigDecimal old, boolean sameBasis) {
            boolean leftOut = kept == null && said != null;
            return leftOut || (kept == null && sameBasis) ? old : kept;
        }
    }
}
