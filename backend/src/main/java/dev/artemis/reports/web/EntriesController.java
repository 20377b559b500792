package dev.artemis.reports.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.artemis.ledger.Entries;
import dev.artemis.ledger.EntryKind;
import dev.artemis.ledger.EntryQuery;
import dev.artemis.ledger.EntryView;
import dev.artemis.prices.ServiceTier;
import dev.artemis.reports.Span;
import dev.artemis.reports.Spans;
import dev.artemis.shared.Caller;
import dev.artemis.shared.EntryId;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.Page;
import dev.artemis.shared.Problem;
import dev.artemis.shared.RequiresScope;
import dev.artemis.shared.Scope;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/calls")
class EntriesController {

    private final Entries entries;
    private final Tenants tenants;
    private final Clock clock;

    EntriesController(Entries entries, Tenants tenants, Clock clock) {
        this.entries = entries;
        this.tenants = tenants;
        this.clock = clock;
    }

    /** Newest first; each of the narrowing ones may be empty, for what has none. */
    @GetMapping
    @RequiresScope(Scope.COSTS_READ)
    Page<EntryAnswer> entries(
            Caller.ForProject caller,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String stage,
            @RequestParam(required = false) @Nullable String model,
            @RequestParam(name = "card_id", required = false) @Nullable String card,
            @RequestParam(required = false) @Nullable String provider,
            @RequestParam(required = false) @Nullable String key,
            @RequestParam(required = false) @Nullable String member,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") int limit) {
        if (limit < 1 || limit > Entries.MAX_PAGE) {
            throw Problem.notAllowed("limit", "1 to " + Entries.MAX_PAGE);
        }
        Tenant tenant = tenants.find(caller.tenant()).orElseThrow(() -> Problem.notFound("The team"));
        Spans spans = new Spans(tenant.timeZone(), clock.instant());
        EntryQuery.When when = switch (spans.between(from, to)) {
            case Span.Days(LocalDate first, LocalDate end) -> new EntryQuery.When.Days(first, end);
            case Span.Stretch(Instant start, Instant end) -> new EntryQuery.When.Recorded(start, end);
        };
        Map<EntryQuery.By, String> only = new EnumMap<>(EntryQuery.By.class);
        put(only, EntryQuery.By.STAGE, stage);
        put(only, EntryQuery.By.MODEL, model);
        put(only, EntryQuery.By.CARD, card);
        put(only, EntryQuery.By.PROVIDER, provider);
        put(only, EntryQuery.By.KEY, idOrNone("key", key));
        put(only, EntryQuery.By.MEMBER, idOrNone("member", member));
        return entries.page(new EntryQuery(caller.tenant(), caller.project(), when, only, before(cursor)), limit)
                .map(EntryAnswer::of);
    }

    private static void put(Map<EntryQuery.By, String> only, EntryQuery.By by, @Nullable String value) {
        if (value != null) {
            only.put(by, value);
        }
    }

    private static @Nullable String idOrNone(String field, @Nullable String value) {
        try {
            return value == null || value.isEmpty() ? value : KeyId.parse(value).toString();
        } catch (IllegalArgumentException e) {
            throw Problem.notAllowed(field, "an id, or empty for what has none");
        }
    }

    private static @Nullable EntryId before(@Nullable String cursor) {
        try {
            return cursor == null ? null : EntryId.parse(cursor);
        } catch (IllegalArgumentException e) {
            throw Problem.notAllowed("cursor", "one that this list gave");
        }
    }

    record EntryAnswer(
            String id,
            EntryKind kind,
            String model,
            String provider,
            String stage,
            @Nullable String purpose,
            @Nullable String cardId,
            @Nullable String key,
            @Nullable String member,
            @Nullable String refersTo,
            @Nullable ServiceTier serviceTier,
            long tokensInput,
            long tokensCacheRead,

            @JsonProperty("tokens_cache_write_5m") long tokensCacheWrite5m,

            @JsonProperty("tokens_cache_write_1h") long tokensCacheWrite1h,

            long tokensOutput,
            Usd cost,
            boolean overBudget,
            LocalDate day,
            Instant recordedAt,
            @Nullable Instant occurredAt,
            List<String> unpriced,
            @Nullable String reason,
            @Nullable String closedMonth) {

        static EntryAnswer of(EntryView entry) {
            return new EntryAnswer(
                    entry.id().toString(),
                    entry.kind(),
                    entry.model(),
                    entry.provider(),
                    entry.stage(),
                    entry.purpose(),
                    entry.card(),
                    text(entry.key()),
                    text(entry.member()),
                    text(entry.refersTo()),
                    entry.tier(),
                    entry.tokens().tokensInput(),
                    entry.tokens().tokensCacheRead(),
                    entry.tokens().tokensCacheWrite5m(),
                    entry.tokens().tokensCacheWrite1h(),
                    entry.tokens().tokensOutput(),
                    entry.cost(),
                    entry.overBudget(),
                    entry.day(),
                    entry.recordedAt(),
                    entry.occurredAt(),
                    entry.unpriced(),
                    entry.words() == null ? null : entry.words().reason(),
                    entry.words() == null ? null : text(entry.words().closedMonth()));
        }

        private static @Nullable String text(@Nullable Object id) {
            return id == null ? null : id.toString();
        }
    }
}
