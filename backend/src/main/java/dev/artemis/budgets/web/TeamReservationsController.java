package dev.artemis.budgets.web;

import dev.artemis.budgets.HeldMoney;
import dev.artemis.budgets.HeldQuery;
import dev.artemis.budgets.HoldStatus;
import dev.artemis.budgets.Reservations;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Page;
import dev.artemis.shared.Problem;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.ReservationId;
import dev.artemis.shared.Slug;
import dev.artemis.shared.Usd;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is held, and was, for a whole team's calls and runs: what its reserved money is made of. For its members. */
@RestController
@RequestMapping("/api/v1/admin/tenants/{tenant}/reservations")
class TeamReservationsController {

    private final Reservations reservations;
    private final Projects projects;

    TeamReservationsController(Reservations reservations, Projects projects) {
        this.reservations = reservations;
        this.projects = projects;
    }

    /** Those of all projects, or of one; newest first. */
    @GetMapping
    Page<HeldLine> list(
            Caller.ForTenant caller,
            @RequestParam(required = false) @Nullable Slug project,
            @RequestParam(required = false) @Nullable List<String> status,
            @RequestParam(required = false) @Nullable String stage,
            @RequestParam(required = false) @Nullable String model,
            @RequestParam(name = "card_id", required = false) @Nullable String card,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") int limit) {
        if (limit < 1 || limit > Reservations.MAX_PAGE) {
            throw Problem.notAllowed("limit", "1 to " + Reservations.MAX_PAGE);
        }
        Map<ProjectId, Slug> of = projects.slugs(caller.tenant(), project);
        var query = new HeldQuery(
                caller.tenant(),
                List.copyOf(of.keySet()),
                statuses(status),
                new HeldQuery.Only(stage, model, card),
                before(cursor));
        return reservations.page(query, limit).map(held -> HeldLine.of(held, of));
    }

    private static Set<HoldStatus> statuses(@Nullable List<String> wanted) {
        return wanted == null
                ? Set.of()
                : wanted.stream().map(TeamReservationsController::status).collect(Collectors.toSet());
    }

    private static HoldStatus status(String text) {
        return Arrays.stream(HoldStatus.values())
                .filter(status -> status.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> Problem.notAllowed(
                        "status",
                        Arrays.stream(HoldStatus.values())
                                .map(HoldStatus::toString)
                                .collect(Collectors.joining(", "))));
    }

    private static @Nullable ReservationId before(@Nullable String cursor) {
        try {
            return cursor == null ? null : ReservationId.parse(cursor);
        } catch (IllegalArgumentException e) {
            throw Problem.notAllowed("cursor", "one that this list gave");
        }
    }

    /** @param kind "call" or "run"; what is held for a run has the run's id */
    record HeldLine(
            String id,
            String kind,
            Slug project,
            @Nullable String key,
            @Nullable String member,
            String status,
            String provider,
            String model,
            String stage,
            @Nullable String purpose,
            @Nullable String cardId,
            Usd reserved,
            @Nullable Usd cost,
            Instant createdAt,
            @Nullable Instant expiresAt) {

        static HeldLine of(HeldMoney held, Map<ProjectId, Slug> projects) {
            return new HeldLine(
                    held.id().toString(),
                    held.run() == null ? "call" : "run",
                    Objects.requireNonNull(projects.get(held.project())),
                    text(held.key()),
                    text(held.member()),
                    held.status().toString(),
                    held.provider(),
                    held.model(),
                    held.stage(),
                    held.purpose(),
                    held.card(),
                    held.reserved(),
                    held.cost(),
                    held.createdAt(),
                    held.expiresAt());
        }

        private static @Nullable String text(@Nullable Object id) {
            return id == null ? null : id.toString();
        }
    }
}
