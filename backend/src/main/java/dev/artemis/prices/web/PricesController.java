package dev.artemis.prices.web;

import dev.artemis.idempotency.Idempotency;
import dev.artemis.idempotency.IdempotentRequest;
import dev.artemis.prices.Price;
import dev.artemis.prices.PriceAlias;
import dev.artemis.prices.PriceId;
import dev.artemis.prices.PriceQuery;
import dev.artemis.prices.Prices;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Page;
import dev.artemis.shared.Problem;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/admin/prices")
class PricesController {

    private final Prices prices;
    private final Idempotency idempotency;
    private final Clock clock;

    PricesController(Prices prices, Idempotency idempotency, Clock clock) {
        this.prices = prices;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    /**
     * What to change of a price: its end, or that zero both ways is meant.
     */
    record PriceChange(
            @Nullable OffsetDateTime validTo, @Nullable Boolean free) {}

    @GetMapping
    Page<PriceDocument> search(
            Caller.Admin admin,
            @RequestParam(defaultValue = "") String model,
            @RequestParam(required = false) @Nullable String provider,
            @RequestParam(defaultValue = "false") boolean inForce,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") int limit) {
        return prices.search(new PriceQuery(model, provider, inForce ? clock.instant() : null), cursor, limit)
                .map(PriceDocument::of);
    }

    @PostMapping
    ResponseEntity<?> add(Caller.Admin admin, IdempotentRequest request, @RequestBody NewPriceRequest body) {
        return idempotency.once(request, () -> {
            Price price = prices.add(admin, body.price());
            return ResponseEntity.created(URI.create("/api/v1/admin/prices/" + price.id()))
                    .body(PriceDocument.of(price));
        });
    }

    @GetMapping("/{id}")
    PriceDocument find(Caller.Admin admin, @PathVariable String id) {
        return prices.find(priceId(id)).map(PriceDocument::of).orElseThrow(() -> Problem.notFound("The price"));
    }

    @PatchMapping("/{id}")
    PriceDocument change(Caller.Admin admin, @PathVariable String id, @RequestBody PriceChange change) {
        PriceId price = priceId(id);
        if (Boolean.FALSE.equals(change.free())) {
            throw Problem.notAllowed("free", "true; end the price instead");
        }
        if (change.free() == null && change.validTo() == null) {
            throw Problem.invalidRequest("body", "valid_to or free");
        }
        if (change.free() != null) {
            prices.markFree(admin, price);
        }
        if (change.validTo() != null) {
            prices.end(admin, price, change.validTo().toInstant());
        }
        return find(admin, id);
    }

    @GetMapping("/aliases")
    Page<PriceAlias> aliases(Caller.Admin admin) {
        return Page.whole(prices.aliases());
    }

    /** The name is a parameter since it may have slashes. */
    @DeleteMapping("/aliases")
    ResponseEntity<Void> removeAlias(Caller.Admin admin, @RequestParam String alias) {
        prices.removeAlias(admin, alias);
        return ResponseEntity.noContent().build();
    }

    @PostMapping(path = "/import", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> importList(Caller.Admin admin, IdempotentRequest request, InputStream body) {
        return idempotency.once(request, () -> ResponseEntity.ok(prices.importList(admin, body)));
    }

    private static PriceId priceId(String text) {
        try {
            return PriceId.parse(text);
        } catch (IllegalArgumentException e) {
            throw Problem.notFound("The price");
        }
    }
}
