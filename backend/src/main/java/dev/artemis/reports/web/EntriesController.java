package dev.artemis.reports.web;

import dev.artemis.reports.Narrowing;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Page;
import dev.artemis.shared.RequiresScope;
import dev.artemis.shared.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/calls")
class EntriesController {

    private final EntryPages pages;

    EntriesController(EntryPages pages) {
        this.pages = pages;
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
        return pages.page(
                        caller.tenant(),
                        List.of(caller.project()),
                        new EntryPages.Asked(from, to, cursor, limit),
                        new Narrowing(stage, model, card, provider, key, member))
                .map(each -> EntryAnswer.of(each.entry()));
    }
}
