package dev.artemis.idempotency;

import dev.artemis.persistence.Pipeline;
import dev.artemis.persistence.SqlArray;
import dev.artemis.persistence.SqlRows;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Problem;
import dev.artemis.shared.TenantId;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** First answers, kept at least 24 hours by key. See the package for the words. */
@Service
public class Idempotency {

    /** The header that says an answer is a repeat's. */
    public static final String REPLAYED = "Idempotency-Replayed";

    private final JdbcClient jdbc;
    private final TenantTransactions transactions;
    private final JsonMapper json;

    Idempotency(JdbcClient jdbc, TenantTransactions transactions, JsonMapper json) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.json = json;
    }

    /**
     * Does work of a team once: in one transaction of that team, which the work joins, together with its record. A
     * repeat that comes while the first still works waits for it.
     *
     * @return the work's answer, or the first one with the header {@value #REPLAYED}
     * @throws Problem 422 {@code idempotency-conflict}: the same key came with another body
     */
    public ResponseEntity<?> once(TenantId tenant, IdempotentRequest request, Supplier<ResponseEntity<?>> work) {
        return once(tenant, request, work, UnaryOperator.identity());
    }

    /**
     * The same for work that needs something first which takes time: it is prepared before the transaction begins, holds no
     * connection meanwhile, and not at all where the first answer is kept. Of two of a kind that come at once both are
     * prepared, and one is done.
     */
    public <P> ResponseEntity<?> onceAfter(
            TenantId tenant, IdempotentRequest request, Supplier<P> preparation, Function<P, ResponseEntity<?>> work) {
        Optional<KeptAnswer> kept =
                request.key() == null ? Optional.empty() : transactions.inTenant(tenant, () -> find(request));
        if (kept.isPresent()) {
            return replayed(kept.get());
        }
        P prepared = preparation.get();
        return once(tenant, request, () -> work.apply(prepared));
    }

    /** The same for work of no team. */
    public <P> ResponseEntity<?> onceAfter(
            IdempotentRequest request, Supplier<P> preparation, Function<P, ResponseEntity<?>> work) {
        Optional<KeptAnswer> kept =
                request.key() == null ? Optional.empty() : transactions.acrossTenants(() -> find(request));
        if (kept.isPresent()) {
            return replayed(kept.get());
        }
        P prepared = preparation.get();
        return once(request, () -> work.apply(prepared));
    }

    /** The same, where what is kept differs from what is answered: a secret is shown once and never kept. */
    public <T> ResponseEntity<?> once(
            TenantId tenant, IdempotentRequest request, Supplier<ResponseEntity<?>> work, UnaryOperator<T> kept) {
        return request.key() == null
                ? work.get()
                : transactions.inTenant(tenant, () -> claimed(tenant, request, work, kept));
    }

    /** The same for work of no team. The work may not begin a team's transaction. */
    public ResponseEntity<?> once(IdempotentRequest request, Supplier<ResponseEntity<?>> work) {
        return request.key() == null
                ? work.get()
                : transactions.acrossTenants(() -> claimed(null, request, work, UnaryOperator.identity()));
    }

    /** The same for an administrator's work that makes the team which its transaction acts for. */
    public ResponseEntity<?> onceMaking(TenantId tenant, IdempotentRequest request, Supplier<ResponseEntity<?>> work) {
        return request.key() == null
                ? work.get()
                : transactions.inTenant(tenant, () -> claimed(null, request, work, UnaryOperator.identity()));
    }

    /**
     * For modules that do their own transaction: the answer kept for this request, seen by the running transaction.
     *
     * @throws Problem 422 {@code idempotency-conflict}: the same key came with another body
     */
    public Optional<KeptAnswer> find(IdempotentRequest request) {
        if (request.key() == null) {
            return Optional.empty();
        }
        return jdbc.sql("""
                        select fingerprint, status, body, location
                        from idempotent_answers
                        where caller = :caller and path = :path and key = :key""")
                .param("caller", request.caller())
                .param("path", request.path())
                .param("key", request.key())
                .query((row, number) -> {
                    if (!request.fingerprint().equals(row.getString("fingerprint"))) {
                        throw conflict();
                    }
                    return new KeptAnswer(row.getInt("status"), row.getString("body"), row.getString("location"));
                })
                .optional();
    }

    /**
     * What was kept under a name.
     *
     * @param fingerprint of the body that came first; another one is a conflict
     */
    public record Kept(String fingerprint, KeptAnswer answer) {}

    /** For modules that do their own transaction: reads what is kept for these requests along with other statements. */
    public static Pipeline.Rows<Map.Entry<IdempotentRequest.Name, Kept>> findAll(
            Pipeline reading, Collection<IdempotentRequest> requests) {
        return reading.query(
                """
                select caller, path, key, fingerprint, status, body, location
                from unnest(?::uuid[], ?::text[], ?::text[]) as asked (caller, path, key)
                join idempotent_answers using (caller, path, key)""",
                row -> Map.entry(
                        new IdempotentRequest.Name(row.getObject(1, UUID.class), row.getString(2), row.getString(3)),
                        new Kept(row.getString(4), new KeptAnswer(row.getInt(5), row.getString(6), row.getString(7)))),
                SqlArray.of("uuid", requests, IdempotentRequest::caller),
                SqlArray.of("text", requests, IdempotentRequest::path),
                SqlArray.of("text", requests, IdempotentRequest::key));
    }

    /**
     * For modules that do their own transaction: keeps answers in the running one, along with other statements. Requests
     * without a key are passed over. Where another transaction kept an answer to one of them first, running the pipeline
     * throws {@link org.springframework.dao.DuplicateKeyException}: roll back, and find it.
     */
    public static void keepAll(Pipeline writing, TenantId tenant, Map<IdempotentRequest, KeptAnswer> answers) {
        List<Map.Entry<IdempotentRequest, KeptAnswer>> keyed = answers.entrySet().stream()
                .filter(entry -> entry.getKey().key() != null)
                .toList();
        if (keyed.isEmpty()) {
            return;
        }
        SqlRows<Map.Entry<IdempotentRequest, KeptAnswer>> rows = SqlRows.of(keyed)
                .column("uuid", entry -> entry.getKey().caller())
                .column("text", entry -> entry.getKey().path())
                .column("text", entry -> entry.getKey().key())
                .column("text", entry -> entry.getKey().fingerprint())
                .column("int", entry -> entry.getValue().status())
                .column("text", entry -> entry.getValue().body())
                .column("text", entry -> entry.getValue().location());
        writing.update(rows.statement("""
                insert into idempotent_answers (tenant_id, caller, path, key, fingerprint, status, body, location)
                select ?, * from %s"""), rows.parametersAfter(tenant.value()));
    }

    /** A repeat's answer. */
    public static ResponseEntity<String> replayed(KeptAnswer answer) {
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_JSON);
        headers.set(REPLAYED, "true");
        if (answer.location() != null) {
            headers.setLocation(URI.create(answer.location()));
        }
        return ResponseEntity.status(answer.status()).headers(headers).body(answer.body());
    }

    private <T> ResponseEntity<?> claimed(
            @Nullable TenantId tenant,
            IdempotentRequest request,
            Supplier<ResponseEntity<?>> work,
            UnaryOperator<T> kept) {
        if (!claim(tenant, request)) {
            return replayed(find(request).orElseThrow(() -> new IllegalStateException("a claim vanished")));
        }
        ResponseEntity<?> answer = work.get();
        keep(request, answer, kept);
        return answer;
    }

    /** Waits while another transaction holds the same claim. Returns whether it is ours. */
    private boolean claim(@Nullable TenantId tenant, IdempotentRequest request) {
        return jdbc.sql("""
                        insert into idempotent_answers (tenant_id, caller, path, key, fingerprint)
                        values (:tenant, :caller, :path, :key, :fingerprint)
                        on conflict (caller, path, key) do nothing""")
                        .param("tenant", tenant == null ? null : tenant.value(), java.sql.Types.OTHER)
                        .param("caller", request.caller())
                        .param("path", request.path())
                        .param("key", request.key())
                        .param("fingerprint", request.fingerprint())
                        .update()
                == 1;
    }

    @SuppressWarnings("unchecked") // the caller names the type of its own answer's body
    private <T> void keep(IdempotentRequest request, ResponseEntity<?> answer, UnaryOperator<T> kept) {
        URI location = answer.getHeaders().getLocation();
        Object body = answer.getBody();
        jdbc.sql("""
                        update idempotent_answers set status = :status, body = :body, location = :location
                        where caller = :caller and path = :path and key = :key""")
                .param("status", answer.getStatusCode().value())
                .param("body", body == null ? "" : json.writeValueAsString(kept.apply((T) body)))
                .param("location", location == null ? null : location.toString(), java.sql.Types.VARCHAR)
                .param("caller", request.caller())
                .param("path", request.path())
                .param("key", request.key())
                .update();
    }

    /** The same key came with another body. */
    public static Problem conflict() {
        return Problem.of(
                422, "idempotency-conflict", "This Idempotency-Key came before with another body; use a new one.");
    }
}
