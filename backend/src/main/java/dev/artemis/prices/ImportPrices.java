package dev.artemis.prices;

import dev.artemis.audit.Action;
import dev.artemis.audit.Audit;
import dev.artemis.audit.Change;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Caller;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Takes a community list into the catalogue, all of it in one transaction. Models that the list no longer has stay as
 * they are. What looks wrong is left out and said; see {@link PriceSanity}.
 */
@Component
class ImportPrices {

    private static final String TWICE = "the list has the model twice with different prices: the dearer counts";

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
            intake.sort();
            rows.end(intake.ended, now);
            rows.insert(intake.drafts, now, admin.name());
            ImportReport report = intake.report();
            audit.record(admin, new Change(Action.PRICES_IMPORTED, null, "list", null, report));
            return report;
        });
    }

    /**
     * What the list says of one model.
     *
     * @param said as it is listed
     * @param judged without what looks wrong
     */
    private record Listed(String name, Tariff said, Tariff judged, List<String> doubts) {

        static Listed of(String name, ListedPrice.Readable price) {
            PriceSanity.Judged judged = PriceSanity.judge(price.tariff());
            return new Listed(
                    name,
                    price.tariff(),
                    judged.tariff(),
                    Stream.concat(price.doubts().stream(), judged.doubts().stream())
                            .toList());
        }

        /** Of two the dearer counts: too much is noticed, too little is not. */
        Listed or(Listed twin) {
            return new Listed(
                    name,
                    Tariff.dearer(said, twin.said),
                    Tariff.dearer(judged, twin.judged),
                    Stream.of(doubts, twin.doubts, List.of(TWICE))
                            .flatMap(List::stream)
                            .distinct()
                            .toList());
        }
    }

    /** One import under way: sorts each model of the list into one of the report's four. */
    private static final class Intake {

        private final Catalogue known;
        private final Instant now;
        private final List<CatalogueRows.Draft> drafts = new ArrayList<>();
        private final List<PriceId> ended = new ArrayList<>();
        private final Map<Catalogue.Key, Listed> listed = new LinkedHashMap<>();
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

        private void take(String name, ListedPrice.Readable price) {
            Listed one = Listed.of(name, price);
            Listed twin = listed.get(price.key());
            if (twin == null) {
                listed.put(price.key(), one);
            } else if (twin.said().equals(price.tariff())) {
                unchanged++;
            } else {
                listed.put(price.key(), twin.or(one));
                flag(name, List.of(TWICE));
            }
        }

        /** Decides about each model of the list, once all of it was taken. */
        void sort() {
            listed.forEach(this::sort);
        }

        private void sort(Catalogue.Key key, Listed said) {
            Optional<Price> inForce = known.inForce(key, now);
            List<String> doubts = new ArrayList<>(said.doubts());
            Tariff tariff = inForce.map(price -> withKnown(said.judged(), said.said(), price.tariff()))
                    .orElse(said.judged());
            boolean free = inForce.map(Price::free).orElse(false) && tariff.isZeroBothWays();
            if (tariff.isZeroBothWays() && !free) {
                doubts.add("zero both ways: refused for calls until an administrator marks it free");
            }
            String kept = inForce.map(price -> whyKept(price, tariff)).orElseGet(() -> whyEnded(key));
            boolean same = inForce.map(price -> price.tariff().equals(tariff)).orElse(false);
            if (!kept.isEmpty()) {
                doubts.add(kept);
            } else if (!same) {
                put(key, tariff, inForce, free);
            }
            if (!doubts.isEmpty()) {
                flag(said.name(), doubts);
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
            if (inForce.isUsable() && PriceSanity.moved(inForce.tariff(), listed)) {
                return "moved more than 10 times: the price in force is kept";
            }
            return "";
        }

        /** Why a model without a price in force stays without; empty where it gets one. Only administrators end a price for good. */
        private String whyEnded(Catalogue.Key key) {
            boolean ended = known.history(key).stream()
                    .anyMatch(price -> !price.validFrom().isAfter(now));
            return ended ? "an administrator ended its price: kept ended" : "";
        }

        /** An end that an administrator set for later holds for the new price too. */
        private void put(Catalogue.Key key, Tariff tariff, Optional<Price> inForce, boolean free) {
            inForce.ifPresent(price -> ended.add(price.id()));
            List<Price> history = known.history(key);
            // the first price that is known of a model counts for calls of the past too
            Instant from = history.isEmpty() ? Prices.SINCE_EVER : now;
            ChangePrices.Span span = ChangePrices.Span.fit(
                    history, from, inForce.map(Price::validTo).orElse(null));
            drafts.add(new CatalogueRows.Draft(
                    key.provider(), key.model(), tariff, span.from(), span.to(), free, Price.Source.IMPORTED));
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
                Optional<RateTier> before = known.same(tier);
                Rates said = listed.same(tier).orElse(tier).rates();
                tiers.add(before.map(old -> completed(tier, said, old.rates(), sameBasis))
                        .orElse(tier));
            }
            for (RateTier old : known.tiers()) {
                boolean leftOut = listed.same(old).isPresent();
                if (judged.same(old).isEmpty() && (leftOut || sameBasis)) {
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

        private static @Nullable BigDecimal orKnown(
                @Nullable BigDecimal kept, @Nullable BigDecimal said, @Nullable BigDecimal old, boolean sameBasis) {
            boolean leftOut = kept == null && said != null;
            return leftOut || (kept == null && sameBasis) ? old : kept;
        }
    }
}
