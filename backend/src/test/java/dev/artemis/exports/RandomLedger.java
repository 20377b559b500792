package dev.artemis.exports;

import dev.artemis.ledger.Charges;
import dev.artemis.ledger.EntryKind;
import dev.artemis.ledger.EntryLabels;
import dev.artemis.ledger.Labels;
import dev.artemis.ledger.Ledger;
import dev.artemis.ledger.LedgerIds;
import dev.artemis.ledger.NewEntry;
import dev.artemis.ledger.Payer;
import dev.artemis.ledger.Quantities;
import dev.artemis.persistence.Pipeline;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.prices.Cost;
import dev.artemis.prices.PriceId;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import dev.artemis.projects.Projects;
import dev.artemis.reports.Dimension;
import dev.artemis.shared.EntryId;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.Slug;
import dev.artemis.shared.Usd;
import dev.artemis.shared.UserId;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Teams whose ledgers are full of what exports stumble over, written by the ledger itself: names that are formulas,
 * quotes and line breaks, amounts of 18 places, corrections both ways, days at the edges of zones.
 */
@TestComponent
public class RandomLedger {

    /** What stages and cards are called. */
    static final List<String> HOSTILE = List.of(
            "plain",
            "=cmd|' /C calc'!A0",
            "+1+1",
            "-2",
            "@SUM(A1)",
            "with, comma",
            "with \"quotes\"",
            "two\nlines",
            "carriage\r\nreturn",
            "\ttab first",
            "'apostrophe",
            "ünïcödé €",
            "</v><x>&amp;",
            "{\"json\": true}",
            ";semi;colon",
            "  spaces  ",
            "x;=cmd|' /C calc'!A0");

    /** Providers, and models that are called as they are. */
    private static final List<String> OTHERS = List.of("openai", "artemis", "sandbox", "gpt-4o");

    private static final List<String> ZONES = List.of(
            "UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Berlin", "America/New_York", "Asia/Kolkata");

    /** Two prices of one model, US dollars a token: input, cached read, cache writes, output. */
    private static final List<List<String>> PRICES = List.of(
            List.of("0.0000025", "0.00000125", "0.000003125", "0.000005", "0.00001"),
            List.of("0.00000375", "0.000000375", "0.0000046875", "0.0000075", "0.000015000000000001"));

    private static final PriceId A_PRICE = new PriceId(1_000_000_001);
    private static final PriceId OTHER_PRICE = new PriceId(1_000_000_002);

    /** The model that has those prices, and no other cost. */
    static final String PRICED = "gpt-4o";

    private static final LocalDate FIRST = LocalDate.of(2026, 9, 20);
    private static final int DAYS = 40;
    private static final int LATER = 4_000;
    private static final int ANOTHER = 2_000;

    private final Tenants tenants;
    private final Projects projects;
    private final Labels labels;
    private final Ledger ledger;
    private final TenantTransactions transactions;
    private final JdbcTemplate jdbc;

    RandomLedger(
            Tenants tenants,
            Projects projects,
            Labels labels,
            Ledger ledger,
            TenantTransactions transactions,
            JdbcTemplate jdbc) {
        this.tenants = tenants;
        this.projects = projects;
        this.labels = labels;
        this.ledger = ledger;
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /** What was written. */
    record Written(Tenant tenant, List<NewEntry> entries) {

        static LocalDate from() {
            return FIRST;
        }

        static LocalDate to() {
            return FIRST.plusDays(DAYS);
        }

        /** What a million tokens of the priced model may cost, of one kind or another. */
        static List<BigDecimal> pricesOfAMillion() {
            return PRICES.stream()
                    .flatMap(List::stream)
                    .map(price -> new BigDecimal(price).movePointRight(6))
                    .toList();
        }

        /** Calls that are alike but for their price. */
        long pairs() {
            return entries.stream()
                    .filter(entry -> OTHER_PRICE.equals(entry.price()))
                    .count();
        }

        BigDecimal cost() {
            return entries.stream()
                    .map(entry -> entry.charges().total().amount())
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }

    Written write(long seed, int entries) {
        var random = new Random(seed);
        return write(random, seed, entries, ZoneId.of(pick(random, ZONES)));
    }

    Written write(long seed, int entries, ZoneId zone) {
        return write(new Random(seed), seed, entries, zone);
    }

    private Written write(Random random, long seed, int entries, ZoneId zone) {
        Tenant tenant = tenants.create(new Slug("random-" + UUID.randomUUID()), "=Team, \"" + seed + "\"", zone);
        List<ProjectId> shops = List.of("one", "two").stream()
                .map(slug -> projects.create(tenant.id(), new Slug(slug), "@Project, " + slug)
                        .id())
                .toList();
        List<KeyId> keys = List.of(KeyId.random(), KeyId.random());
        UserId member = UserId.random();
        List<String> texts = new ArrayList<>(HOSTILE);
        texts.addAll(OTHERS);
        Map<String, Integer> numbers = labels.numbers(tenant.id(), texts);
        List<NewEntry> written = new ArrayList<>();
        for (int n = 0; n < entries; n++) {
            Payer payer = new Payer(
                    pick(random, shops),
                    random.nextInt(3) == 0 ? null : pick(random, keys),
                    random.nextInt(3) == 0 ? member : null);
            LocalDate day = FIRST.plusDays(random.nextInt(DAYS));
            Instant at = (random.nextBoolean()
                            ? day.atStartOfDay(zone)
                            : day.plusDays(1).atStartOfDay(zone).minusNanos(1_000_000))
                    .toInstant();
            NewEntry entry = entry(random, payer, day, LedgerIds.next(at, n), numbers, written);
            List<NewEntry> alike = new ArrayList<>(List.of(entry));
            if (entry.price() != null && random.nextBoolean()) {
                alike.add(atTheOtherPrice(entry, LedgerIds.next(at, ANOTHER + n)));
            }
            written.addAll(alike);
            transactions.inTenant(tenant.id(), () -> {
                var pipeline = new Pipeline();
                ledger.append(pipeline, tenant.id(), at, alike);
                pipeline.run(jdbc);
            });
        }
        return new Written(tenant, written);
    }

    private static NewEntry atTheOtherPrice(NewEntry first, EntryId id) {
        return new NewEntry(
                id,
                first.kind(),
                first.payer(),
                null,
                first.day(),
                null,
                first.labels(),
                OTHER_PRICE,
                first.tier(),
                first.quantities(),
                Charges.of(priced(first.quantities().tokens(), PRICES.getLast())),
                first.overBudget());
    }

    private static Cost priced(Usage usage, List<String> price) {
        return new Cost(
                times(usage.tokensInput(), price.get(0)),
                times(usage.tokensCacheRead(), price.get(1)),
                times(usage.tokensCacheWrite5m(), price.get(2)),
                times(usage.tokensCacheWrite1h(), price.get(3)),
                times(usage.tokensOutput(), price.get(4)));
    }

    private static Usd times(long tokens, String price) {
        return new Usd(new BigDecimal(price).multiply(BigDecimal.valueOf(tokens)));
    }

    /** What an entry of that ledger has there, as costs say it: empty for none. */
    Function<NewEntry, String> values(Written ledger, Dimension dimension) {
        List<String> texts = new ArrayList<>(HOSTILE);
        texts.addAll(OTHERS);
        Map<Integer, String> called = labels.numbers(ledger.tenant().id(), texts).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
        return entry -> {
            @Nullable Object value = switch (dimension) {
                case STAGE -> called.get(entry.labels().stage());
                case MODEL -> called.get(entry.labels().model());
                case PROVIDER -> called.get(entry.labels().provider());
                case CARD -> entry.labels().card() instanceof Integer card ? called.get(card) : null;
                case KEY -> entry.payer().key();
                case MEMBER -> entry.payer().member();
                case TENANT, PROJECT, DAY, MONTH -> throw new IllegalArgumentException(dimension.toString());
            };
            return Objects.toString(value, "");
        };
    }

    /** The first entry of a ledger, once more. */
    void repeatFirst(Written before) {
        repeat(before, before.entries().getFirst(), 0);
    }

    /** An entry once more, recorded so many days after the day that it belongs to, as settles that come late are. */
    NewEntry repeat(Written before, NewEntry first, int daysLate) {
        Instant at = first.day()
                .plusDays(daysLate)
                .atStartOfDay(before.tenant().timeZone())
                .toInstant();
        var again = new NewEntry(
                LedgerIds.next(at, LATER + daysLate),
                first.kind(),
                first.payer(),
                first.refersTo(),
                first.day(),
                first.occurredAt(),
                first.labels(),
                first.price(),
                first.tier(),
                first.quantities(),
                first.charges(),
                first.overBudget());
        transactions.inTenant(before.tenant().id(), () -> {
            var pipeline = new Pipeline();
            ledger.append(pipeline, before.tenant().id(), at, List.of(again));
            pipeline.run(jdbc);
        });
        return again;
    }

    private static NewEntry entry(
            Random random,
            Payer payer,
            LocalDate day,
            EntryId id,
            Map<String, Integer> numbers,
            List<NewEntry> before) {
        int stage = number(numbers, HOSTILE.get(before.size() % HOSTILE.size()));
        @Nullable Integer card = random.nextInt(3) == 0 ? null : numbers.get(pick(random, HOSTILE));
        int kind = random.nextInt(10);
        if (kind == 0 && !before.isEmpty()) {
            NewEntry corrected = pick(random, before);
            return new NewEntry(
                    id,
                    EntryKind.CORRECTION,
                    corrected.payer(),
                    corrected.id().value(),
                    day,
                    null,
                    corrected.labels(),
                    null,
                    null,
                    Quantities.NONE,
                    Charges.ofCorrection(amount(random, true)),
                    false);
        }
        if (kind <= 2) {
            BigDecimal cpu = BigDecimal.valueOf(1 + random.nextInt(1_000_000), 6);
            var quantities = Quantities.ofRun(cpu, BigDecimal.valueOf(1 + random.nextInt(1_000), 9));
            return new NewEntry(
                    id,
                    kind == 1 ? EntryKind.CORRECTION : EntryKind.RUN,
                    payer,
                    UUID.randomUUID(),
                    day,
                    null,
                    new EntryLabels(stage, number(numbers, "sandbox"), number(numbers, "artemis"), card, null),
                    null,
                    null,
                    quantities,
                    Charges.ofRun(amount(random, false), amount(random, false)),
                    false);
        }
        var usage = new Usage(
                random.nextInt(100_000), random.nextInt(3), random.nextInt(2), random.nextInt(2), random.nextInt(5));
        boolean catalogued = random.nextBoolean();
        var cost = catalogued
                ? priced(usage, PRICES.getFirst())
                : new Cost(
                        charge(random, usage.tokensInput()),
                        charge(random, usage.tokensCacheRead()),
                        charge(random, usage.tokensCacheWrite5m()),
                        charge(random, usage.tokensCacheWrite1h()),
                        charge(random, usage.tokensOutput()));
        return new NewEntry(
                id,
                EntryKind.CALL,
                payer,
                null,
                day,
                null,
                new EntryLabels(
                        stage,
                        number(numbers, catalogued ? PRICED : pick(random, HOSTILE)),
                        number(numbers, "openai"),
                        card,
                        null),
                catalogued ? A_PRICE : null,
                random.nextInt(4) == 0 ? ServiceTier.BATCH : ServiceTier.STANDARD,
                Quantities.of(usage),
                Charges.of(cost),
                random.nextBoolean());
    }

    private static int number(Map<String, Integer> numbers, String text) {
        return Objects.requireNonNull(numbers.get(text));
    }

    private static Usd charge(Random random, long tokens) {
        return tokens == 0 ? Usd.ZERO : amount(random, false);
    }

    /** From 10^-18 to some thousand dollars. */
    private static Usd amount(Random random, boolean eitherWay) {
        int digits = 1 + random.nextInt(21);
        BigDecimal amount = new BigDecimal(new BigInteger(3 * digits, random).add(BigInteger.ONE), Usd.SCALE);
        return new Usd(eitherWay && random.nextBoolean() ? amount.negate() : amount);
    }

    private static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
