package dev.artemis.chargeback.web;

import dev.artemis.chargeback.ChargebackRates;
import dev.artemis.chargeback.Rate;
import dev.artemis.idempotency.Idempotency;
import dev.artemis.idempotency.IdempotentRequest;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Page;
import dev.artemis.shared.RequiresRight;
import dev.artemis.shared.Right;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import dev.artemis.tenants.Tenants;
import dev.artemis.web.Required;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/admin/tenants/{tenant}/chargeback-rates")
class ChargebackController {

    private final ChargebackRates rates;
    private final Tenants tenants;
    private final Idempotency idempotency;

    ChargebackController(ChargebackRates rates, Tenants tenants, Idempotency idempotency) {
        this.rates = rates;
        this.tenants = tenants;
        this.idempotency = idempotency;
    }

    @GetMapping
    @RequiresRight(Right.SEE_FINANCE)
    Page<RateBody> all(Caller.ForTenant caller) {
        return Page.whole(rates.all(caller.tenant())).map(RateBody::of);
    }

    @PostMapping
    ResponseEntity<?> set(
            Caller.Admin admin, IdempotentRequest request, @PathVariable Slug tenant, @RequestBody RateBody body) {
        Rate rate = body.rate();
        TenantId team = tenants.named(tenant).id();
        return idempotency.once(
                team, request, () -> ResponseEntity.status(201).body(RateBody.of(rates.set(admin, team, rate))));
    }

    /**
     * A rate as JSON.
     *
     * @param percent above 0 a mark-up, below a discount
     */
    record RateBody(@Nullable LocalDate validFrom, @Nullable BigDecimal percent) {

        static RateBody of(Rate rate) {
            return new RateBody(rate.validFrom(), rate.percent());
        }

        Rate rate() {
            return new Rate(Required.field("valid_from", validFrom), Required.field("percent", percent));
        }
    }
}
